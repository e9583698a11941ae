from django.utils.translation import gettext_lazy as _

from territories.plugins import PluginConfig


class LabellingConfig(PluginConfig):
    name = "labelling"
    verbose_name = _("Label")
    summary = _("Le label Cité de l’emploi : des critères partagés, un badge, une place en avant.")
    requires = ("agenda",)
