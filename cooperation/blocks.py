from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from resources_directory.blocks import MOST_NEW, RecordsBlock, published_since
from territories.models import Term
from territories.plugins.contributions import ContentBlock

from .actions import dressed
from .models import ActionPage
from .models.actions import today_of


def axis_choices() -> list[tuple[str, str]]:
    """Read when a form is shown, never when blocks are declared: the vocabulary is data."""
    found = Term.objects.of(Term.Kind.AXIS).filter(is_retired=False)
    return [(term.code, term.words) for term in found]


class ActionsBlock(RecordsBlock):
    axis = blocks.ChoiceBlock(
        label=_("axe du plan d’action"),
        choices=axis_choices,
        required=False,
        help_text=_("Vide : tous."),
    )

    class Meta:
        label = _("Actions de la Cité")
        icon = "clipboard-list"
        template = "cooperation/blocks/actions.html"
        mail_template = "cooperation/blocks/actions.mjml"

    def records(self, territory, value):
        found = ActionPage.objects.findable().in_territory(territory).current(today_of(territory))
        return found.filter(axis__code=value["axis"]) if value.get("axis") else found

    def dress(self, records):
        return dressed(records.select_related("locale", "territory__site"))

    def new_since(self, territory, since):
        found = ActionPage.objects.findable().in_territory(territory).current(today_of(territory))
        count = published_since(found, since)
        if not count:
            return None
        return {"title": gettext("De nouvelles actions"), "axis": "", "count": min(count, MOST_NEW)}


BLOCKS = [ContentBlock("cooperation_actions", ActionsBlock)]
