from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from resources_directory.blocks import RecordsBlock
from territories.blocks.base import SharedBlock, territory_of
from territories.models import Term
from territories.plugins.contributions import ContentBlock

from .actions import dressed
from .groups import doors_of
from .models import ActionPage, Partner
from .models.actions import today_of
from .partners import partners_of


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
        description = _("Ce que la Cité fait en ce moment. La liste se met à jour toute seule.")
        preview_value = {"title": _("Ce que nous faisons"), "count": 3, "axis": ""}
        template = "cooperation/blocks/actions.html"
        mail_template = "cooperation/blocks/actions.mjml"

    def records(self, territory, value):
        found = ActionPage.objects.findable().in_territory(territory).current(today_of(territory))
        return found.filter(axis__code=value["axis"]) if value.get("axis") else found

    def dress(self, records):
        return dressed(records.select_related("locale", "territory__site"))

    def new_since(self, territory, since):
        found = ActionPage.objects.findable().in_territory(territory).current(today_of(territory))
        return self.news(gettext("De nouvelles actions"), found, territory, since, axis="")


class CorrespondentsBlock(SharedBlock):
    """The people named on the page of the working groups, by neighbourhood."""

    is_of_one_place = True

    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)

    class Meta:
        label = _("À qui parler dans mon quartier")
        icon = "user"
        description = _("Les correspondants, par quartier. Ils viennent de la page des groupes.")
        preview_value = {"title": _("À qui parler dans mon quartier")}
        template = "cooperation/blocks/correspondents.html"
        mail_template = "cooperation/blocks/correspondents.mjml"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["doors"] = doors_of(territory_of(parent_context or {}))
        return context


class PartnersBlock(SharedBlock):
    is_of_one_place = True

    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    category = blocks.ChoiceBlock(
        label=_("famille"),
        choices=Partner.Category.choices,
        required=False,
        help_text=_("Vide : toutes."),
    )

    class Meta:
        label = _("Nos partenaires")
        icon = "group"
        description = _("Les partenaires, par famille. Ils viennent de la page des partenaires.")
        preview_value = {"title": _("Nos partenaires"), "category": ""}
        template = "cooperation/blocks/partners.html"
        mail_template = "cooperation/blocks/partners.mjml"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        territory = territory_of(parent_context or {})
        context["families"] = partners_of(territory, value.get("category") or "")
        return context


BLOCKS = [
    ContentBlock("cooperation_actions", ActionsBlock),
    ContentBlock("cooperation_correspondents", CorrespondentsBlock),
    ContentBlock("cooperation_partners", PartnersBlock),
]
