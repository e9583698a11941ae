"""What may be chosen of the figures, read from the address; and the names of what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import EventPage
from labelling.models import Criterion, Label, Subject
from territories.models import Neighbourhood, Term, Territory
from territories.places.widgets import NamesSelect

from .selection import Selection, Span, year_of

YEARS = 6
# Before, nothing was labelled.
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2099, 12, 31)
QUARTERS = [
    ("1", gettext_lazy("Janvier à mars")),
    ("2", gettext_lazy("Avril à juin")),
    ("3", gettext_lazy("Juillet à septembre")),
    ("4", gettext_lazy("Octobre à décembre")),
]
UNKNOWN = gettext_lazy("Ce choix n’existe pas ici : il n’a pas été pris en compte.")
NO_DAY = gettext_lazy("Écrivez le jour comme 31/12/2026 : il n’a pas été pris en compte.")


@dataclass(frozen=True)
class Names:
    """By primary key, as a text; criteria by theirs."""

    terms: Mapping[str, Term]
    places: Mapping[str, Neighbourhood]
    criteria: Mapping[int, str]
    is_national: bool

    @property
    def themes(self) -> dict[str, str]:
        return {key: term.words for key, term in self.terms.items()}

    @property
    def neighbourhoods(self) -> dict[str, str]:
        """With its town, where several towns may have one of that name."""
        return {
            key: f"{one.name} ({one.commune.name})" if self.is_national else one.name
            for key, one in self.places.items()
        }


def names_of(territories: Sequence[Territory], *, is_national: bool) -> Names:
    """Three queries: themes of what was labelled, neighbourhoods, criteria that were checked."""
    # The first label of a theme is enough: not all of those of the country.
    labels = Label.objects.filter(territory__in=territories).order_by()
    labelled = labels.filter(page=OuterRef("eventpage"))
    themed = EventPage.themes.through.objects.filter(Exists(labelled), term=OuterRef("pk"))
    places = Neighbourhood.objects.filter(territories__in=territories).defer("perimeter")
    grids = labels.values("grid").distinct()
    return Names(
        {str(term.pk): term for term in Term.objects.filter(Exists(themed))},
        {str(one.pk): one for one in places.select_related("commune").distinct()},
        dict(
            Criterion.objects.filter(
                Q(grid__in=grids) | Q(grid__completes__in=grids, grid__territory__in=territories)
            ).values_list("pk", "name")
        ),
        is_national,
    )


class PublicForm(forms.Form):
    """What a visitor may choose: few things, for small numbers come out between two pages."""

    annee = forms.ChoiceField(label=gettext_lazy("Année"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Thème"), required=False)
    quartier = forms.ChoiceField(label=gettext_lazy("Quartier"), required=False, widget=NamesSelect)

    def __init__(self, data: Mapping[str, Any], *, names: Names, today: date) -> None:
        super().__init__(data, auto_id="figures-%s", use_required_attribute=False)
        self.names, self.today = names, today
        self.offer_all()
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "select"
                field.error_messages["invalid_choice"] = UNKNOWN
        self.is_valid()

    def offer_all(self) -> None:
        years = [str(self.today.year - back) for back in range(YEARS)]
        self.offer("annee", [(year, year) for year in years])
        self.offer("theme", self.names.themes.items(), _("Tous les thèmes"))
        self.offer("quartier", self.names.neighbourhoods.items(), _("Tous les quartiers"))
        if self.names.is_national or not self.names.places:
            del self.fields["quartier"]
        if not self.names.terms:
            del self.fields["theme"]

    def offer(self, name: str, choices: Any, nothing: str = "") -> None:
        choices = sorted(choices, key=lambda one: one[1]) if nothing else list(choices)
        self.fields[name].choices = [("", nothing), *choices] if nothing else choices

    def chosen(self, name: str) -> Any:
        """What could be read of a field; the rest of the address still counts."""
        return self.cleaned_data.get(name) or ""

    @property
    def span(self) -> Span:
        return year_of(int(self.chosen("annee") or self.today.year))

    @property
    def before(self) -> Span:
        return self.span.moved(-1)

    def selection(self, territories: Sequence[Territory]) -> Selection:
        return Selection(
            territories,
            self.span,
            self.before,
            theme=self.names.terms.get(self.chosen("theme")),
            neighbourhood=self.names.places.get(self.chosen("quartier")),
            criterion=self.chosen("critere"),
            subject=self.chosen("pour"),
        )


def a_day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NO_DAY},
        validators=[MinValueValidator(FIRST_DAY, NO_DAY), MaxValueValidator(LAST_DAY, NO_DAY)],
    )


class OwnForm(PublicForm):
    """What whoever reads the exact figures may choose beside."""

    trimestre = forms.ChoiceField(label=gettext_lazy("Trimestre"), required=False)
    du = a_day(gettext_lazy("Du"))
    au = a_day(gettext_lazy("Au"))
    critere = forms.ChoiceField(label=gettext_lazy("Critère accepté"), required=False)
    pour = forms.ChoiceField(label=gettext_lazy("Pour quoi"), required=False)
    avec = forms.ChoiceField(label=gettext_lazy("Comparer avec"), required=False)

    def offer_all(self) -> None:
        super().offer_all()
        years = [str(self.today.year - back) for back in range(YEARS + 1)]
        self.offer("trimestre", [("", _("Toute l’année")), *QUARTERS])
        names = set(self.names.criteria.values())
        self.offer("critere", [(name, name) for name in names], _("Tous"))
        self.offer("pour", [("", _("Tout")), *Subject.choices])
        self.offer("avec", [("", _("L’année d’avant")), *((year, year) for year in years)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("du"), cleaned.get("au")
        if first and last and last < first:
            self.add_error(
                "au", _("Le dernier jour est avant le premier : il n’a pas été pris en compte.")
            )
        return cleaned

    @property
    def span(self) -> Span:
        first, last = self.chosen("du"), self.chosen("au")
        year = super().span
        if first or last:
            return Span(first or min(year.first, last), last or max(year.last, first))
        return year_of(year.first.year, int(self.chosen("trimestre") or 0))

    @property
    def before(self) -> Span:
        with_year = int(self.chosen("avec") or self.span.first.year - 1)
        return self.span.moved(with_year - self.span.first.year)
