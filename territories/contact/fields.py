"""What forms ask of somebody who is to be answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.templatetags.look import phone_link


class PhoneField(forms.CharField):
    """A telephone number that can be rung; kept as it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"class": "input", "type": "tel", "autocomplete": "tel", "dir": "ltr"}
        super().__init__(max_length=30, widget=forms.TextInput(attributes), **kwargs)

    def clean(self, value: Any) -> str:
        phone = super().clean(value)
        if phone and not phone_link(phone):
            raise ValidationError(_("Écrivez 10 chiffres, par exemple 06 39 98 12 34."))
        return phone


class MailboxField(forms.EmailField):
    """An e-mail address that can be written to; without another label, the visitor's own."""

    default_error_messages = {
        "invalid": gettext_lazy(
            "Cette adresse e-mail n’est pas complète. Exemple : nom@exemple.fr."
        ),
        "max_length": gettext_lazy("Cette adresse e-mail est trop longue."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"class": "input", "autocomplete": "email", "dir": "ltr"}
        usual = {
            "label": gettext_lazy("Votre adresse e-mail"),
            "help_text": gettext_lazy("Par exemple nom@exemple.fr."),
        }
        widget = forms.EmailInput(attributes)
        super().__init__(max_length=254, widget=widget, **{**usual, **kwargs})


def ask_phone_or_email(form: forms.Form, sentence: str) -> None:
    """One of the two is enough. Where both are empty, the first says `sentence`."""
    is_said = form.cleaned_data.get("phone") or form.cleaned_data.get("email")
    if not is_said and not form.has_error("phone") and not form.has_error("email"):
        form.add_error("phone", sentence)
