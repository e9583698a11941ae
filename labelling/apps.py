from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from territories.plugins import PluginConfig


class LabellingConfig(PluginConfig):
    name = "labelling"
    verbose_name = _("Label")
    summary = _("Le label Cité de l’emploi : des critères partagés, un badge, une place en avant.")
    requires = ("agenda",)

    def ready(self) -> None:
        from . import signals  # noqa: F401
        from .loading import load_grids_after_migrate

        post_migrate.connect(load_grids_after_migrate, sender=self)
