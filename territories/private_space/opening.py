from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from .documents import make_private_collection
from .pages import PrivateSpacePage

if TYPE_CHECKING:
    from territories.models import Territory

SLUG = "espace-pro"


def prepare_space(territory: Territory, homes: Sequence[Page]) -> None:
    """The space of a territory, a draft until its coordinator opens it, and its collection.

    Safe to run twice.
    """
    make_private_collection(territory)
    home = homes[0]
    if PrivateSpacePage.objects.child_of(home).exists():
        return
    is_taken = home.get_children().filter(slug=SLUG).exists()
    with override(home.locale.language_code):
        space = PrivateSpacePage(
            title=_("Espace des professionnels"),
            # Left to Wagtail when a page written by hand has it already.
            slug="" if is_taken else SLUG,
            introduction=_("Ce que les partenaires de la Cité de l’emploi préparent ensemble."),
            locale=home.locale,
            live=False,
        )
    home.add_child(instance=space)
    space.save_revision()
