"""The form of a report: the same for a mailed link, a partner and the coordination."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labelling.models import INDICATORS, LATER_ONLY, Moment, Report
from labelling.models.reports import HELD, WORDS
from territories.contact.files import FilesField

from .doubts import Doubt, doubts_about, doubts_about_words, expected_people
from .figures import impossible, name_of, read_figure
from .held import HeldField
from .photos import MEGABYTES, MOST, drawn_again
from .sessions import Section, key_of, offer_same, sections_of, take_same

INPUT = {"class": "input"}
HINTS = {
    "actions": gettext_lazy("Un forum compte pour une action, quatre ateliers pour quatre."),
    "in_qpv": gettext_lazy("QPV : les quartiers de la politique de la ville."),
    "interned": gettext_lazy("Une période d’immersion (PMSMP) compte aussi."),
    "directed": gettext_lazy("France Travail, Mission locale, Cap emploi…"),
}


class FigureField(forms.Field):
    """A whole number, as text: no arrow that a thumb moves by mistake. None: nobody knows."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        attrs = {
            **INPUT,
            "inputmode": "numeric",
            "autocomplete": "off",
            "dir": "auto",
            "placeholder": _("je ne sais pas"),
        }
        super().__init__(required=False, widget=forms.TextInput(attrs), **kwargs)

    def to_python(self, value: Any) -> int | None:
        return read_figure(value)


class Confirmations(forms.MultipleChoiceField):
    """The doubts that somebody says are no mistake: they are known once the figures are read."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return True


class ReportForm(forms.Form):
    """`report`: that of the whole; `days`: the sessions to count one by one, none for the whole.

    `drafts`: what is sent is saved for later, and nothing is asked about yet. `opened`: the session
    to begin with.
    """

    worked = forms.CharField(
        label=gettext_lazy("Qu’est-ce qui a bien marché ?"),
        max_length=3000,
        required=False,
        widget=forms.Textarea({**INPUT, "rows": 4}),
    )
    difficult = forms.CharField(
        label=gettext_lazy("Qu’est-ce qui a été difficile ?"),
        max_length=3000,
        required=False,
        widget=forms.Textarea({**INPUT, "rows": 4}),
    )
    advice = forms.CharField(
        label=gettext_lazy("Que conseillez-vous à ceux qui veulent faire pareil ?"),
        max_length=3000,
        required=False,
        widget=forms.Textarea({**INPUT, "rows": 4}),
    )
    criteria_held = HeldField(
        label=gettext_lazy("Qu’avez-vous vraiment pu tenir ?"),
        help_text=gettext_lazy(
            "Cochez ce qui a été fait. Le reste n’est pas un reproche. Vous ne savez pas ? Ne "
            "cochez rien."
        ),
        required=False,
    )
    photos = FilesField(
        most=MOST,
        megabytes=MEGABYTES,
        label=gettext_lazy("Vos photos"),
        help_text=gettext_lazy(
            "5 photos au plus, de 10 Mo chacune, en JPEG ou en PNG. Personne d’autre que "
            "l’équipe ne les voit."
        ),
        required=False,
    )
    is_agreed = forms.BooleanField(
        label=gettext_lazy("Les personnes qu’on reconnaît sur ces photos sont d’accord."),
        required=False,
    )
    signed = forms.CharField(
        label=gettext_lazy("Qui remplit ce bilan ?"),
        help_text=gettext_lazy("Votre nom, pour vous rappeler si un chiffre nous étonne."),
        max_length=150,
        required=False,
        widget=forms.TextInput({**INPUT, "autocomplete": "name"}),
    )

    def __init__(
        self,
        *args: Any,
        report: Report,
        days: Sequence[date] = (),
        drafts: bool = False,
        opened: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.days, self.drafts, self.opened = report, days, drafts, opened
        self.doubts: list[Doubt] = []
        self.pictures: list[bytes] = []
        for day in self.counted:
            for name in self.indicators:
                self.fields[self.field_name(name, day)] = FigureField(
                    label=name_of(name), help_text=HINTS.get(name, "") if day is None else ""
                )
        offer_same(self)
        self.fields[HELD].offer(report.label)
        if kept := list(report.photos.all()):
            self.fields["forget"] = forms.TypedMultipleChoiceField(
                label=_("Enlever des photos"),
                coerce=int,
                choices=[
                    (photo.pk, _("Enlever la photo %(rank)s") % {"rank": rank})
                    for rank, photo in enumerate(kept, start=1)
                ],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["confirmed"] = Confirmations(
            label=_("Ces chiffres sont-ils justes ?"), required=False
        )

    @property
    def counted(self) -> Sequence[date | None]:
        return self.days or [None]

    @property
    def indicators(self) -> list[str]:
        if self.report.moment == Moment.LATER:
            return list(INDICATORS)
        return [name for name in INDICATORS if name not in LATER_ONLY]

    @staticmethod
    def field_name(indicator: str, day: date | None) -> str:
        return indicator if day is None else f"{indicator}-{key_of(day)}"

    @cached_property
    def sections(self) -> list[Section]:
        return list(sections_of(self))

    @property
    def done(self) -> int:
        """How many of its sessions hold something."""
        return sum(bool(section.said) for section in self.sections)

    def figures_of(self, day: date | None) -> dict[str, int | None]:
        """Those that could be read."""
        names = {name: self.field_name(name, day) for name in self.indicators}
        return {name: self.cleaned_data.get(field) for name, field in names.items()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        take_same(self)
        for day in self.counted:
            figures = self.figures_of(day)
            for name, sentence in impossible(figures, self.report.moment):
                self.add_error(self.field_name(name, day), sentence)
        self.read_photos()
        if self.drafts:
            return cleaned
        if not (self.says_something or self.errors):
            raise ValidationError(_("Écrivez au moins un chiffre ou une phrase."))
        self.ask_about_doubts()
        return cleaned

    @property
    def says_something(self) -> bool:
        figures = [figure for day in self.counted for figure in self.figures_of(day).values()]
        words = [self.cleaned_data.get(name) for name in WORDS]
        return any(figure is not None for figure in figures) or any(words)

    def read_photos(self) -> None:
        sent = self.cleaned_data.get("photos") or []
        if sent and not self.cleaned_data.get("is_agreed"):
            self.add_error(
                "is_agreed", _("Cochez cette case, ou n’envoyez pas de photo de personnes.")
            )
        gone = len(self.cleaned_data.get("forget") or [])
        if sent and self.report.photos.count() - gone + len(sent) > MOST:
            self.add_error(
                "photos", _("5 photos au plus : enlevez-en une pour en ajouter une autre.")
            )
        try:
            self.pictures = (
                [drawn_again(one) for one in sent] if "photos" not in self.errors else []
            )
        except ValidationError as error:
            self.add_error("photos", error)

    def ask_about_doubts(self) -> None:
        """What is unlikely comes back with a box to tick; what was confirmed already does not."""
        found = list(doubts_about_words(self.cleaned_data))
        for day in self.counted:
            figures = self.figures_of(day)
            if any(figure is not None for figure in figures.values()):
                expected = expected_people(self.report.label, day)
                found += doubts_about(figures, expected=expected, day=day)
        said = {*self.cleaned_data.get("confirmed", ()), *self.report.confirmed}
        self.doubts = [doubt for doubt in found if doubt.key not in self.report.confirmed]
        self.fields["confirmed"].choices = [(one.key, one.sentence) for one in self.doubts]
        self.cleaned_data["confirmed"] = [one.key for one in found if one.key in said]
        if {one.key for one in found} - said:
            self.add_error(
                "confirmed", _("Relisez. Si c’est juste, cochez la case, puis envoyez encore.")
            )
