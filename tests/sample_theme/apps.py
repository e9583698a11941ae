from django.utils.translation import gettext_lazy as _

from territories.plugins import PluginConfig


class SampleThemeConfig(PluginConfig):
    name = "sample_theme"
    verbose_name = _("Thème papier")
    summary = _("Un thème d’essai : des angles droits, un pied de page plus court.")
