"""What the label gives, in a letter or on a page: public figures, read when they are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from labelling.models import Label
from territories.blocks.base import SharedBlock, territory_of
from territories.models import Territory
from territories.territory import zone_of

from .masking import masked
from .measures import SHORT, Counts, Number, aggregates
from .selection import Selection, year_of
from .sheets import masking_words
from .tables import words
from .totals import counted

FIRST_YEAR, LAST_YEAR = 2015, 2099


class LabelFiguresBlock(SharedBlock):
    """Masked as on `/label/chiffres/`, of the same year: the two say the same."""

    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    year = blocks.IntegerBlock(
        label=_("année"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        help_text=_("Vide : l’année en cours."),
    )

    class Meta:
        label = _("Chiffres du label")
        icon = "table"
        description = _(
            "Labels donnés, personnes venues, personnes retenues : les chiffres de l’année. Ils se "
            "mettent à jour tout seuls."
        )
        preview_value = {"title": _("Ce que le label a donné"), "year": None}
        template = "labelling/figures/block.html"
        mail_template = "labelling/figures/block.mjml"

    def usual_in_letters(self):
        return {"title": gettext("Ce que le label a donné"), "year": None}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        territory = territory_of(context)
        year = value.get("year") or timezone.localdate(timezone=zone_of(territory)).year
        context["shown"] = figures_of_the_year(territory, year, value.get("title") or "")
        return context


def figures_of_the_year(
    territory: Territory | None, year: int, title: str
) -> dict[str, Any] | None:
    """As « Chiffres clés » are written; None when nothing was labelled that year. Two queries,
    one more for the portal."""
    span = year_of(year)
    own = [territory] if territory else list(Territory.objects.with_plugin("labelling"))
    chosen = Selection(own, span, span.moved(-1))
    labels = given(chosen, span.first, span.last)
    total = masked(Counts.of(counted(chosen, span).aggregate(**aggregates(SHORT)), SHORT))
    if not labels and not total.reports:
        return None
    return {
        "title": title,
        "figures": [
            figure(labels, ngettext("label donné", "labels donnés", labels)),
            figure(total["reached"], gettext("personnes venues")),
            figure(
                total["retained"], gettext("retenues pour un emploi, une formation ou un stage")
            ),
        ],
        "note": gettext("Bilans des rendez-vous de %(year)s. %(masking)s")
        % {"year": year, "masking": masking_words()},
        "reports": total.reports or None,
    }


def given(chosen: Selection, first: date, last: date) -> int:
    return Label.objects.filter(territory__in=chosen.keys, granted_on__range=(first, last)).count()


def figure(number: Number, text: str) -> dict[str, str]:
    return {"number": "" if number is None else words(number), "label": text, "source": ""}
