from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.models.registrations import MOST_PEOPLE
from territories.contact.fields import MailboxField, PhoneField, ask_phone_or_email
from territories.contact.protection import ProtectedForm

from .desk import Choice, Desk

INPUT = {"class": "input"}


def people() -> list[tuple[int, str]]:
    """Said when the form is: what counts is written at once, in the language of that moment."""
    return [
        (number, ngettext("%(count)d personne", "%(count)d personnes", number) % {"count": number})
        for number in range(1, MOST_PEOPLE + 1)
    ]


class Person(forms.Form):
    """Who comes: what the visitor's form and the team's have in common. `desk`: of the event."""

    date = forms.ChoiceField(
        label=gettext_lazy("Quelle date ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez une date."),
            "invalid_choice": gettext_lazy("Cette date n’est plus proposée. Choisissez-en une."),
        },
    )
    people = forms.TypedChoiceField(
        label=gettext_lazy("Combien serez-vous ?"),
        choices=people,
        coerce=int,
        initial=1,
        widget=forms.Select(INPUT),
        error_messages={
            "required": gettext_lazy("Dites combien vous serez."),
            "invalid_choice": gettext_lazy("5 personnes au plus : au-delà, appelez-nous."),
        },
    )
    first_name = forms.CharField(
        label=gettext_lazy("Votre prénom"),
        max_length=100,
        widget=forms.TextInput({**INPUT, "autocomplete": "given-name"}),
        error_messages={"required": gettext_lazy("Écrivez votre prénom.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Votre nom"),
        max_length=100,
        required=False,
        widget=forms.TextInput({**INPUT, "autocomplete": "family-name"}),
    )
    phone = PhoneField(
        label=gettext_lazy("Votre téléphone"),
        required=False,
        help_text=gettext_lazy("10 chiffres, par exemple 06 39 98 12 34."),
    )
    email = MailboxField(required=False)
    note = forms.CharField(
        label=gettext_lazy("Un mot pour préparer votre venue"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Un enfant à garder, un fauteuil roulant, une autre langue…"),
        widget=forms.Textarea({**INPUT, "rows": 3}),
        error_messages={
            "max_length": gettext_lazy("Votre mot est trop long : gardez 300 signes au plus.")
        },
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk
        self.fields["date"].choices = [(one.key, one.words) for one in desk.choices]
        if len(desk.choices) == 1:
            # Nothing to choose: the page says the date.
            self.fields["date"].widget = forms.HiddenInput()
            self.fields["date"].required = False
            self.initial["date"] = desk.choices[0].key

    def clean_date(self) -> str:
        key = self.cleaned_data["date"]
        return self.desk.choices[0].key if len(self.desk.choices) == 1 else key

    def clean_first_name(self) -> str:
        return " ".join(self.cleaned_data["first_name"].split())


class RegistrationForm(ProtectedForm, Person):
    """Sent by anybody. A second registration from one place is common: a whole room shares it."""

    sent_at_most = 30
    links_at_most = 0

    waits = forms.BooleanField(
        label=gettext_lazy("S’il n’y a plus de place, prévenez-moi si une se libère."),
        required=False,
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, desk=desk, **kwargs)
        if not any(choice.left is not None for choice in desk.choices):
            del self.fields["waits"]

    @property
    def waits_is_shown(self) -> bool:
        """Where a date is full, or has fewer places than were asked for."""
        return "waits" in self.fields and (
            any(choice.is_full for choice in self.desk.choices) or self.is_bound
        )

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        ask_phone_or_email(
            self,
            _("Donnez un téléphone ou une adresse e-mail : sans cela, personne ne peut vous "
              "prévenir."),
        )  # fmt: skip
        return cleaned

    def refuse(self, choice: Choice | None, desk: Desk) -> None:
        """The place was taken meanwhile, or there never were so many: what to do instead."""
        self.desk = desk
        sentence = lacking(choice, desk, self.cleaned_data["people"])
        self.add_error(None if self["date"].is_hidden else "date", sentence)
        self.data = self.data.copy()
        self.data[self.add_prefix("stamp")] = self.new_stamp()
        self.fields["date"].choices = [(one.key, one.words) for one in desk.choices]


def lacking(choice: Choice | None, desk: Desk, people: int) -> str:
    """« C’est complet à cette date. Il reste des places : jeudi 10 décembre à 14 h. … »"""
    if choice is None:
        return _("On ne s’inscrit plus à cette date. Choisissez-en une autre.")
    if choice.left:
        said = _("Il n’y a plus assez de places à cette date : il en reste %(count)d.") % {
            "count": choice.left
        }
    else:
        said = _("C’est complet à cette date.")
    if free := desk.next_with(people):
        said += " " + _("Il y a de la place le %(date)s.") % {"date": free.day}
    return said + " " + _("Ou cochez la case pour être prévenu si une place se libère.")
