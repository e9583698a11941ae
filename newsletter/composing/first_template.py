"""The first template that each territory has, so that a newcomer begins with something good."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from newsletter.models import NewsletterIndexPage, NewsletterPage
from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE

from .filling import block_names


def make_first_template(index: NewsletterIndexPage) -> None:
    """Where the territory has none. Safe to run twice."""
    territory = index.territory
    letters = NewsletterPage.objects.child_of(index)
    if territory is None or letters.filter(is_template=True).exists():
        return
    with override(SOURCE_LANGUAGE):
        template = NewsletterPage(
            title=_("La lettre de la quinzaine"),
            slug="modele-quinzaine",
            preheader=_("Les rendez-vous et les aides du moment, en deux minutes de lecture."),
            is_template=True,
            live=False,
            locale=index.locale,
        )
        template.body = first_body(template, territory)
        index.add_child(instance=template)


def first_body(template: NewsletterPage, territory: Territory) -> list[tuple[str, dict]]:
    """A word of welcome, then what each plugin usually puts in a letter."""
    known = template.body.stream_block.child_blocks
    welcome = _(
        "<p>Bonjour,</p><p>Voici ce qui se passe près de chez vous dans les quinze jours qui "
        "viennent. Faites passer : dans le hall, au marché, dans vos groupes de messages.</p>"
    )
    usual = [
        (name, value)
        for name in block_names(territory)
        if (value := known[name].usual_in_letters()) is not None
    ]
    return [("text", {"text": welcome}), *usual]
