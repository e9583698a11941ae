from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from territories.provisioning.languages import make_index

from .pages import ContactPage

if TYPE_CHECKING:
    from territories.models import Territory

SLUG = "contact"
# Where a page written by hand is at that address already.
OTHER_SLUG = "nous-ecrire"
SUBJECTS = _("Un rendez-vous\nUne aide\nLe site\nJe travaille avec la Cité de l’emploi")


def make_contact_page(territory: Territory | None, homes: Sequence[Page]) -> None:
    """The contact page in every language, the portal's too. The foot of each page leads there: it
    stands in no menu."""
    taken = Page.objects.exclude(content_type__model=ContactPage._meta.model_name).filter(
        slug=SLUG, depth=homes[0].depth + 1
    )
    is_taken = any(page.is_child_of(home) for page in taken for home in homes)
    make_index(
        homes[0],
        ContactPage(
            title=_("Nous écrire"),
            slug=OTHER_SLUG if is_taken else SLUG,
            introduction=_("Une question, une idée, une erreur sur le site ? Dites-le-nous."),
            subjects=SUBJECTS,
        ),
        in_menus=False,
    )
