from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from territories.tenancy.roles import roles_of

from .members import name_of

if TYPE_CHECKING:
    from django.http import HttpRequest

NAMES = {
    "first_name": User._meta.get_field("first_name").max_length,
    "last_name": User._meta.get_field("last_name").max_length,
}


def first_name(**details) -> forms.CharField:
    return forms.CharField(label=_("Prénom"), max_length=NAMES["first_name"], **details)


def last_name(**details) -> forms.CharField:
    return forms.CharField(label=_("Nom"), max_length=NAMES["last_name"], **details)


class RolesField(forms.MultipleChoiceField):
    """Boxes to tick: of the roles of a territory, those that this person may give."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, territory, codes) -> None:
        self.choices = [
            (code, role.label) for code, role in roles_of(territory).items() if code in codes
        ]


class InviteForm(forms.Form):
    email = forms.CharField(
        label=_("Adresse e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("L’invitation y part, et cette adresse sert ensuite à se connecter."),
        error_messages={"required": _("Écrivez l’adresse e-mail de la personne.")},
    )
    first_name = first_name(required=False)
    last_name = last_name(required=False)
    roles = RolesField(
        label=_("Rôles"),
        error_messages={
            "required": _("Choisissez au moins un rôle."),
            "invalid_choice": _("Choisissez les rôles dans la liste."),
        },
    )

    def __init__(self, *args, territory, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].offer(territory, codes)


class RolesForm(forms.Form):
    roles = RolesField(
        label=_("Rôles"),
        required=False,
        error_messages={"invalid_choice": _("Choisissez les rôles dans la liste.")},
    )

    def __init__(self, *args, territory, codes, keeps_others: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].offer(territory, codes)
        self.keeps_others = keeps_others

    def clean_roles(self) -> list[str]:
        if not self.cleaned_data["roles"] and not self.keeps_others:
            raise forms.ValidationError(
                _("Laissez un rôle au moins. Pour n’en laisser aucun, retirez la personne.")
            )
        return self.cleaned_data["roles"]


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, member: User) -> str:
        return name_of(member)


class HandOverForm(forms.Form):
    successor = MemberChoice(
        label=_("Qui prend le relais"),
        queryset=User.objects.none(),
        error_messages={
            "required": _("Choisissez une personne de l’équipe."),
            "invalid_choice": _("Choisissez une personne de l’équipe."),
        },
    )
    removes_leaver = forms.BooleanField(
        label=_("Retirer ensuite cette personne de l’équipe"), required=False, initial=True
    )

    def __init__(self, *args, successors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = successors


class NewcomerForm(SetPasswordForm):
    """For whoever has no account: who they are, and a password, twice."""

    first_name = first_name()
    last_name = last_name()
    new_password1, new_password2 = SetPasswordForm.create_password_fields(
        label1=_("Mot de passe"), label2=_("Le même mot de passe, encore une fois")
    )
    field_order = ["first_name", "last_name", "new_password1", "new_password2"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rules = password_validation.password_validators_help_text_html()
        self.fields["new_password1"].help_text = rules
        self.fields["new_password2"].help_text = ""

    def clean(self):
        # A password may not resemble the name that is typed beside it.
        for name in NAMES:
            setattr(self.user, name, self.cleaned_data.get(name, ""))
        return super().clean()


class OwnPasswordForm(forms.Form):
    """The password that somebody has already; wrong ones are counted as in a log-in."""

    password = forms.CharField(
        label=_("Votre mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Écrivez votre mot de passe.")},
    )

    def __init__(self, *args, request: HttpRequest, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if authenticate(self.request, username=self.user.get_username(), password=password) is None:
            raise forms.ValidationError(_("Ce n’est pas le mot de passe de ce compte."))
        return password
