from django.utils.translation import gettext_lazy as _

from territories.pages.homes import HomePage


class PortalHomePage(HomePage):
    """The national portal's home: the territories, what is next everywhere, one search."""

    max_count_per_parent = 1

    class Meta:
        verbose_name = _("accueil du portail national")
        verbose_name_plural = _("accueils du portail national")

    def find_territory_id(self) -> None:
        return None
