from django.utils.translation import gettext_lazy as _

from territories.plugins import PluginConfig


class NewsroomConfig(PluginConfig):
    name = "newsroom"
    verbose_name = _("Actualités et parcours")
    summary = _("Ce qui est nouveau sur le territoire, et des habitants qui racontent leur chemin.")
    requires = ("resources_directory",)

    def ready(self) -> None:
        from . import signals  # noqa: F401
