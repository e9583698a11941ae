"""What a page of figures says, for whom, and where its files are: the admin's, or the public's."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from territories.appearance.theme import NATIONAL
from territories.models import Territory

from .charts import Chart, all_charts
from .choices import OwnForm, PublicForm, names_of
from .masking import masked_figures
from .tables import Table, all_tables, words
from .totals import Figures, figures_of


@dataclass(frozen=True)
class Headline:
    """`number`: already written, "" when nobody knows it. `before`: of the other period."""

    number: str
    text: str
    before: str = ""


@dataclass(frozen=True)
class Board:
    """`territory`: None for all of them together. `base`: the address that its files begin with."""

    figures: Figures
    form: PublicForm
    territory: Territory | None
    base: str
    is_public: bool = False

    @cached_property
    def charts(self) -> list[Chart]:
        return all_charts(self.figures)

    @cached_property
    def tables(self) -> list[Table]:
        return all_tables(self.figures)

    @property
    def whose(self) -> str:
        return self.territory.full_name if self.territory else _("Toutes les Cités de l’emploi")

    @property
    def colours(self) -> tuple[str, str]:
        one = self.territory
        return (one.first_colour, one.second_colour) if one else NATIONAL

    @property
    def period(self) -> str:
        return self.figures.selection.span.words

    @property
    def narrowed(self) -> list[str]:
        """What was chosen beside the period."""
        chosen = self.figures.selection
        subject = self.form.chosen("pour")
        found = [
            chosen.theme and chosen.theme.words,
            chosen.neighbourhood and chosen.neighbourhood.name,
            chosen.criterion,
            subject and dict(self.form.fields["pour"].choices)[subject],
        ]
        return [str(one) for one in found if one]

    @property
    def query(self) -> str:
        """What was chosen, as an address says it."""
        query = QueryDict(mutable=True)
        for name in self.form.fields:
            if value := self.form.data.get(name):
                query[name] = value
        return query.urlencode()

    @property
    def headlines(self) -> list[Headline]:
        figures, total = self.figures, self.figures.total
        earlier = figures.selection.before.words

        def people(name: str, text: str) -> Headline:
            number, before = total[name], figures.before[name]
            said = "" if before is None else _("(%(number)s en %(period)s)") % {
                "number": words(before), "period": earlier
            }  # fmt: skip
            return Headline("" if number is None else words(number), text, said)

        return [
            Headline(
                words(figures.labels),
                ngettext("label donné", "labels donnés", figures.labels),
                _("(%(number)s en %(period)s)")
                % {"number": words(figures.labels_before), "period": earlier},
            ),
            people("reached", _("personnes venues")),
            people("retained", _("retenues pour un emploi, une formation ou un stage")),
            Headline(delay_words(figures.delay), _("entre une demande et la réponse")),
        ]

    @property
    def resting(self) -> str:
        figures = self.figures
        if not figures.expected:
            return _("Aucun bilan n’était attendu sur cette période.")
        return ngettext(
            "Ces totaux reposent sur %(reports)s bilan sur %(expected)s.",
            "Ces totaux reposent sur %(reports)s bilans sur %(expected)s.",
            figures.total.reports,
        ) % {"reports": figures.total.reports, "expected": figures.expected}

    @property
    def awaited(self) -> str:
        missing = self.figures.missing
        if not missing:
            return ""
        return ngettext(
            "%(number)s bilan attendu n’est pas encore arrivé.",
            "%(number)s bilans attendus ne sont pas encore arrivés.",
            missing,
        ) % {"number": missing}

    def file_name(self, name: str) -> str:
        """« label-mois-grand-mirail-2026 »: still understood in a folder of downloads."""
        span = self.figures.selection.span
        whose = self.territory.slug if self.territory else "portail"
        days = f"{span.first}-{span.last}"
        when = str(span.first.year) if span.words == str(span.first.year) else days
        return f"label-{name}-{whose}-{when}"


def delay_words(delay: timedelta | None) -> str:
    """Rounded up, as `review/delays.py` tells it to whoever asks for the label."""
    if delay is None:
        return ""
    return _("%(days)s j") % {"days": max(1, math.ceil(delay / timedelta(days=1)))}


def own_board(
    territories: Sequence[Territory],
    data: Mapping[str, Any],
    *,
    territory: Territory | None,
    today: date,
    base: str,
) -> Board:
    """Exact figures, for whoever reads the reports."""
    names = names_of(territories, is_national=territory is None)
    form = OwnForm(data, names=names, today=today)
    chosen = form.selection(territories)
    figures = figures_of(chosen, names, today, events=territory is not None)
    return Board(figures, form, territory, base)


def public_board(
    territories: Sequence[Territory],
    data: Mapping[str, Any],
    *,
    territory: Territory | None,
    today: date,
    base: str,
) -> Board:
    """What anybody may read: see `masking.py`."""
    names = names_of(territories, is_national=territory is None)
    form = PublicForm(data, names=names, today=today)
    figures = figures_of(form.selection(territories), names, today, events=False)
    return Board(masked_figures(figures), form, territory, base, is_public=True)
