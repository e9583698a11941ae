from django.utils.translation import gettext_lazy as _

from territories.plugins import PluginConfig


class NewsletterConfig(PluginConfig):
    name = "newsletter"
    verbose_name = _("Lettre d’information")
    summary = _("Une lettre faite de ce que le site contient déjà.")

    def ready(self) -> None:
        from .composing.publication import connect
        from .sending import checks  # noqa: F401

        connect()
