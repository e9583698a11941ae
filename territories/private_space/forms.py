from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from territories.people.second_factor.devices import standing_of
from territories.people.second_factor.forms import CODE, CodeForm

from .readers import may_read

if TYPE_CHECKING:
    from django.http import HttpRequest


class LogInForm(AuthenticationForm):
    """Django's, on a territory's host: whoever has no role there hears what a stranger hears.

    `asks_code`: the account has a second factor, which is asked here as in the admin.
    """

    username = UsernameField(label=_("Adresse e-mail ou identifiant"))
    token = forms.CharField(
        label=_("Code de votre téléphone, ou code de secours"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={**CODE, "class": "input", "autofocus": False}),
    )
    asks_code = False
    error_messages = {
        "invalid_login": _(
            "Cet identifiant et ce mot de passe n’ouvrent pas cet espace. Vérifiez les majuscules, "
            "puis essayez encore."
        ),
        "code": _(
            "Votre compte a une double authentification. Écrivez encore votre mot de passe, puis "
            "le code."
        ),
    }

    def __init__(self, request: HttpRequest, *args, **kwargs) -> None:
        super().__init__(request, *args, **kwargs)
        # Not the focus: what went wrong is read first.
        name = {"autocomplete": "username", "autocapitalize": "none", "autofocus": False}
        self.fields["username"].widget.attrs.update({"class": "input", **name})
        self.fields["password"].label = _("Mot de passe")
        self.fields["password"].widget.attrs["class"] = "input"

    def confirm_login_allowed(self, user: User) -> None:
        if not may_read(user, self.request.territory):
            raise self.get_invalid_login_error()
        if not standing_of(user).has_device:
            return
        self.asks_code = True
        if not self.cleaned_data.get("token"):
            raise ValidationError(self.error_messages["code"], code="code")
        code = CodeForm({"token": self.cleaned_data["token"]}, user=user)
        if not code.is_valid():
            raise ValidationError(code.errors["token"].as_data())
