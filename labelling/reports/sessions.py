"""The figures of a form, session by session: one is open at a time, and says what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from territories.words import day_words

from .figures import read_figure

if TYPE_CHECKING:
    from .form import ReportForm

GROUPS = (
    (gettext_lazy("Combien de monde ?"), ("actions", "reached")),
    (gettext_lazy("Qui est venu ?"), ("women", "men", "young", "seniors", "in_qpv")),
    (
        gettext_lazy("Et ensuite ?"),
        ("interviewed", "hired", "trained", "interned", "directed"),
    ),
)


@dataclass(frozen=True)
class Section:
    """The figures of one session, or of the whole (`day` is None), as the template shows them.

    `said`: in a few words, what it holds; "" where nothing is known of it yet. `same`: the box that
    takes the figures of the first session, for what is left empty in another one.
    """

    day: date | None
    title: str
    groups: Sequence[tuple[Any, Sequence[forms.BoundField]]]
    is_open: bool
    said: str = ""
    same: forms.BoundField | None = None

    @property
    def key(self) -> str:
        """As the address names it."""
        return key_of(self.day) if self.day else ""


def key_of(day: date) -> str:
    return f"{day:%Y%m%d}"


def same_name(day: date) -> str:
    return f"same-{key_of(day)}"


def offer_same(form: ReportForm) -> None:
    """What does not change from one session to the next is typed once."""
    if len(form.days) < 2:
        return
    first = day_words(form.days[0], weekday=False)
    for day in form.days[1:]:
        form.fields[same_name(day)] = forms.BooleanField(
            label=_("Comme le %(day)s, pour ce que je laisse vide") % {"day": first}, required=False
        )


def take_same(form: ReportForm) -> None:
    """Once the figures are read. One that cannot be read is not copied."""
    first = form.figures_of(form.days[0]) if form.days else {}
    for day in form.days[1:]:
        if not form.cleaned_data.get(same_name(day)):
            continue
        for name, figure in first.items():
            field = form.field_name(name, day)
            if field not in form.errors and form.cleaned_data.get(field) is None:
                form.cleaned_data[field] = figure


def sections_of(form: ReportForm) -> Iterator[Section]:
    """`form.opened`: the session that the address asks for."""
    names = {
        day: {name: form.field_name(name, day) for name in form.indicators} for day in form.counted
    }
    said = {day: said_of(form, names[day]) for day in form.counted}
    wrong = [day for day in form.counted if any(form[name].errors for name in names[day].values())]
    left = [day for day in form.counted if not said[day]]
    asked = [form.opened] if form.opened in form.counted else []
    now = [*wrong, *asked, *left, form.counted[0]][0]
    for day in form.counted:
        yield Section(
            day=day,
            title="" if day is None else day_words(day),
            groups=[
                (legend, [form[names[day][name]] for name in group if name in names[day]])
                for legend, group in GROUPS
            ],
            is_open=day == now,
            said=said[day],
            same=form[same_name(day)] if day and same_name(day) in form.fields else None,
        )


def said_of(form: ReportForm, names: dict[str, str]) -> str:
    """In the words of its summary, from what stands in the fields."""
    typed = {name: form[field].value() for name, field in names.items()}
    try:
        reached = read_figure(typed["reached"])
    except ValidationError:
        reached = None
    if reached == 0:
        return _("personne n’est venu")
    if reached is not None:
        return ngettext("%(number)s personne", "%(number)s personnes", reached) % {
            "number": reached
        }
    return _("commencée") if any(value not in (None, "") for value in typed.values()) else ""
