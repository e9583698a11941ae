from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cooperation.models import CallForProjectsPage
from territories.contact.fields import MailboxField, PhoneField
from territories.contact.files import FilesField
from territories.contact.protection import ProtectedForm

from .reading import read_amount, read_siret

INPUT = {"class": "input"}


MOST_FILES, MEGABYTES = 3, 5


class ResponseForm(ProtectedForm):
    """An answer to a call for projects, received until the deadline. `call`: the record."""

    links_at_most = 5

    organisation = forms.CharField(
        label=_("Votre organisme, ou votre groupe d’habitants"),
        max_length=150,
        widget=forms.TextInput({**INPUT, "autocomplete": "organization"}),
        error_messages={"required": _("Écrivez le nom de votre organisme ou de votre groupe.")},
    )
    siret = forms.CharField(
        label=_("Son numéro SIRET"),
        max_length=30,
        required=False,
        help_text=_("14 chiffres. Un groupe d’habitants n’en a pas : laissez vide."),
        widget=forms.TextInput({**INPUT, "inputmode": "numeric", "dir": "ltr"}),
    )
    contact_name = forms.CharField(
        label=_("Qui pouvons-nous appeler ?"),
        max_length=150,
        help_text=_("Prénom et nom."),
        widget=forms.TextInput({**INPUT, "autocomplete": "name"}),
        error_messages={"required": _("Écrivez le nom de la personne à appeler.")},
    )
    email = MailboxField(
        label=_("Son adresse e-mail"),
        help_text=_("L’accusé de réception part à cette adresse."),
        error_messages={
            "required": _("Écrivez une adresse e-mail : l’accusé de réception y part.")
        },
    )
    phone = PhoneField(label=_("Son téléphone"), required=False)
    title = forms.CharField(
        label=_("Le nom du projet"),
        max_length=150,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Donnez un nom à votre projet.")},
    )
    description = forms.CharField(
        label=_("Que voulez-vous faire, avec qui, pour qui ?"),
        max_length=6000,
        widget=forms.Textarea({**INPUT, "rows": 12}),
        error_messages={
            "required": _("Décrivez votre projet : quelques phrases suffisent."),
            "max_length": _("Le texte est trop long : gardez 6 000 signes au plus."),
        },
    )
    amount = forms.CharField(
        label=_("Le montant demandé, en euros"),
        max_length=30,
        required=False,
        help_text=_("Comme 3 500 ou 3 500,50."),
        widget=forms.TextInput({**INPUT, "inputmode": "decimal", "dir": "ltr"}),
    )
    files = FilesField(
        most=MOST_FILES,
        megabytes=MEGABYTES,
        label=_("Vos fichiers"),
        required=False,
        help_text=_("3 fichiers au plus, de 5 Mo chacun : PDF, document de bureau ou image."),
    )
    consent = forms.BooleanField(
        label=_(
            "J’accepte que la coordination de la Cité de l’emploi lise et garde cette réponse "
            "pour étudier le projet."
        ),
        error_messages={"required": _("Cochez cette case pour envoyer votre réponse.")},
    )

    def __init__(self, *args: Any, call: CallForProjectsPage, **kwargs: Any) -> None:
        self.call = call
        super().__init__(*args, **kwargs)

    def clean_siret(self) -> str:
        return read_siret(self.cleaned_data["siret"])

    def clean_amount(self) -> Decimal | None:
        return read_amount(self.cleaned_data["amount"])

    @property
    def is_late(self) -> bool:
        """Whether the call is closed for this form: it may have been opened in time."""
        return not self.call.takes_answer(begun_at=self.begun_at, now=timezone.now())

    @property
    def begun_at(self) -> datetime:
        """When the form was opened, as its signed stamp says; now, where there is none."""
        if self.is_bound:
            stamp = self.data.get(self.add_prefix("stamp"), "")
            if not self.refusal_of_stamp(stamp) or self.refusal_of_stamp(stamp) == "quick":
                shown_at = int(self.signer.unsign(stamp).partition(".")[0])
                return datetime.fromtimestamp(shown_at, tz=UTC)
        return timezone.now()
