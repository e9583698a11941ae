from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from .readers import may_read

if TYPE_CHECKING:
    from django.http import HttpRequest


class LogInForm(AuthenticationForm):
    """Django's, on a territory's host: whoever has no role there hears what a stranger hears."""

    username = UsernameField(label=_("Nom d’utilisateur"))
    error_messages = {
        "invalid_login": _(
            "Ce nom et ce mot de passe n’ouvrent pas cet espace. Vérifiez les majuscules, puis "
            "essayez encore."
        ),
    }

    def __init__(self, request: HttpRequest, *args, **kwargs) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].widget.attrs.update(
            {"class": "input", "autocomplete": "username", "autocapitalize": "none"}
        )
        self.fields["password"].label = _("Mot de passe")
        self.fields["password"].widget.attrs["class"] = "input"

    def confirm_login_allowed(self, user: User) -> None:
        if not may_read(user, self.request.territory):
            raise self.get_invalid_login_error()
