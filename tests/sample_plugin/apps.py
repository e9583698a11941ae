from django.utils.translation import gettext_lazy as _

from territories.plugins import PluginConfig


class SamplePluginConfig(PluginConfig):
    name = "sample_plugin"
    verbose_name = _("Petites annonces")
    summary = _("Un module d’essai qui apporte une contribution de chaque sorte.")
