from django.utils.translation import gettext_lazy as _

from territories.plugins import PluginConfig


class AgendaConfig(PluginConfig):
    name = "agenda"
    verbose_name = _("Agenda")
    summary = _("Les rendez-vous du territoire, en liste et dans le téléphone des habitants.")
    requires = ("resources_directory",)

    def ready(self) -> None:
        from .registration import signals  # noqa: F401
