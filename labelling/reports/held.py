"""Which criteria were really held, as a report says it: nothing said is not « none of them »."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labelling.grids.words import CriterionWords, say
from labelling.models import Criterion, Label
from territories.pages.translations import said_in

# Primary keys; empty: none of them was held. None: nobody answered.
Held = Collection[int] | None

NONE = "none"


class HeldField(forms.MultipleChoiceField):
    """The criteria of a label, and one box for none of them. No box ticked: nobody answered."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, label: Label) -> None:
        found = [(str(one.pk), name_of_criterion(one)) for one in criteria_of(label)]
        self.choices = [*found, (NONE, _("Rien de tout cela"))]

    def clean(self, value: Any) -> Held:
        ticked = super().clean(value)
        if not ticked:
            return None
        if NONE in ticked and len(ticked) > 1:
            raise forms.ValidationError(
                _("Cochez ce qui a été fait, ou « Rien de tout cela » : pas les deux.")
            )
        return [] if NONE in ticked else sorted(int(one) for one in ticked)


def boxes(held: Held) -> list[str]:
    """Those to tick for what a report holds."""
    return [] if held is None else [str(pk) for pk in held] or [NONE]


def criteria_of(label: Label) -> Sequence[Criterion]:
    """Those that the label was given for, the mandatory ones first."""
    return list(Criterion.objects.filter(checks__label=label).order_by("kind", "number", "pk"))


def name_of_criterion(criterion: Criterion) -> str:
    """In the visitor's language where it is said there, and as French where it is not."""
    words = say(CriterionWords, criterion, get_language() or "")
    return said_in(words.name, words.language)


def names_held(held: Held, names: Mapping[int, str]) -> list[str] | None:
    """By name, in the order of `names`; None where nobody answered."""
    return None if held is None else [name for pk, name in names.items() if pk in held]


def names_of(criteria: Iterable[Criterion]) -> dict[int, str]:
    return {one.pk: one.name for one in criteria}
