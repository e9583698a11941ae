from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "portal_search"
    verbose_name = _("Recherche")
    # Read by the plugin registry: the index is kept up by a scheduled job.
    contributes = True

    def ready(self) -> None:
        from . import checks, signals  # noqa: F401
        from .alerts import signals as _alerts  # noqa: F401
