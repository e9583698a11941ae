from django.utils.translation import gettext_lazy as _

from territories.plugins import PluginConfig


class CooperationConfig(PluginConfig):
    name = "cooperation"
    verbose_name = _("Actions et partenaires")
    summary = _(
        "Les actions par quartier, les groupes de travail et leurs correspondants, les appels à "
        "projets, les formations des professionnels, les partenaires."
    )
    requires = ("resources_directory",)
