from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .fields import MailboxField, PhoneField, ask_phone_or_email
from .protection import ProtectedForm


class ContactForm(ProtectedForm):
    """`subjects`: what one may write about, in the visitor's words; the answer is its place."""

    subject = forms.TypedChoiceField(
        label=_("À propos de quoi ?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un sujet dans la liste.")},
    )
    text = forms.CharField(
        label=pgettext_lazy("ce qu’une personne écrit", "Votre message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 8}),
        error_messages={
            "required": _("Écrivez votre message : une phrase suffit."),
            "max_length": _("Votre message est trop long : gardez 4 000 signes au plus."),
        },
    )
    phone = PhoneField(
        label=_("Votre téléphone"),
        required=False,
        help_text=_("10 chiffres, par exemple 06 39 98 12 34."),
    )
    email = MailboxField(required=False)
    name = forms.CharField(
        label=_("Votre nom"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )

    def __init__(self, *args: Any, subjects: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = list(enumerate(subjects))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        ask_phone_or_email(
            self,
            _("Donnez un téléphone ou une adresse e-mail : sans cela, personne ne peut vous "
              "répondre."),
        )  # fmt: skip
        return cleaned
