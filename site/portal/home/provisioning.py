"""Making the national portal: its site, home, index pages in every language, and its team."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page, Site

from portal.home.models import PortalHomePage
from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.registry import GROUND, plugins
from territories.plugins.switching import run_setup_steps
from territories.provisioning.languages import enabled_locales, make_translations
from territories.tenancy.rights import put_right

TITLE = _("Cités de l’emploi")
HEADLINE = _("Un travail, une formation, un coup de main : près de chez vous.")
INTRODUCTION = _("Choisissez votre territoire, ou cherchez dans tous à la fois.")


@transaction.atomic
def provision_portal(*, hostname: str, port: int) -> PortalHomePage:
    """Make or complete the portal at this address. Safe to run twice."""
    home = PortalHomePage.objects.filter(locale__language_code=SOURCE_LANGUAGE).first()
    if home is None:
        home = make_home()
    make_translations(home, title=TITLE, headline=HEADLINE, introduction=INTRODUCTION)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.site_name = hostname, port, "Cités de l’emploi"
    site.root_page = home
    site.save()
    forget_welcome_page()
    for label in (GROUND, *plugins()):
        run_setup_steps(plugin=label, territory=None)
    put_right(None)
    return home


def make_home() -> PortalHomePage:
    locale = next(locale for locale in enabled_locales() if locale.language_code == SOURCE_LANGUAGE)
    with override(SOURCE_LANGUAGE):
        home = PortalHomePage(
            title=str(TITLE),
            slug="portail",
            headline=str(HEADLINE),
            introduction=str(INTRODUCTION),
            locale=locale,
        )
    Page.get_first_root_node().add_child(instance=home)
    return home


def forget_welcome_page() -> None:
    """Wagtail's own first migration leaves a "Welcome" page behind the portal's home."""
    Page.objects.filter(depth=2, content_type__model="page", sites_rooted_here=None).delete()
