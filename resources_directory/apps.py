from django.utils.translation import gettext_lazy as _

from territories.plugins import PluginConfig


class ResourcesDirectoryConfig(PluginConfig):
    name = "resources_directory"
    verbose_name = _("Guide et carte")
    summary = _("Les structures, leurs services, le guide par besoin et la carte des lieux.")

    def ready(self) -> None:
        from . import signals  # noqa: F401
