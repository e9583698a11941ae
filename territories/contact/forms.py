from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from territories.templatetags.look import phone_link

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
    phone = forms.CharField(
        label=_("Votre téléphone"),
        max_length=30,
        required=False,
        help_text=_("10 chiffres, par exemple 06 39 98 12 34."),
        widget=forms.TextInput(
            attrs={"class": "input", "type": "tel", "autocomplete": "tel", "dir": "ltr"}
        ),
    )
    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=254,
        required=False,
        help_text=_("Par exemple nom@exemple.fr."),
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "invalid": _("Cette adresse e-mail n’est pas complète. Exemple : nom@exemple.fr.")
        },
    )
    name = forms.CharField(
        label=_("Votre nom"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )

    def __init__(self, *args: Any, subjects: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = list(enumerate(subjects))

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and not phone_link(phone):
            raise ValidationError(_("Écrivez 10 chiffres, par exemple 06 39 98 12 34."))
        return phone

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        is_said = self.cleaned_data.get("phone") or self.cleaned_data.get("email")
        if not is_said and not self.has_error("phone") and not self.has_error("email"):
            self.add_error(
                "phone",
                _("Donnez un téléphone ou une adresse e-mail : sans cela, personne ne peut vous "
                  "répondre."),
            )  # fmt: skip
        return cleaned
