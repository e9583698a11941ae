"""Who asks, for what, and which support: the forms around the criteria."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.responses.reading import read_amount
from labelling.models import Application, Subject
from territories.contact.fields import MailboxField, PhoneField
from territories.contact.protection import ProtectedForm

INPUT = {"class": "input"}


class Thing(forms.Form):
    """What is in no list of the site yet. The fields are the application's."""

    subject = forms.ChoiceField(
        label=gettext_lazy("C’est pour quoi ?"),
        choices=Subject.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez l’une des trois réponses.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Son nom"),
        max_length=255,
        help_text=gettext_lazy("Comme « Forum de l’emploi de Bagatelle »."),
        widget=forms.TextInput(INPUT),
        error_messages={"required": gettext_lazy("Donnez-lui un nom.")},
    )
    takes_place = forms.CharField(
        label=gettext_lazy("Quand ?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Une date, même à peu près. Pour un lieu : ses horaires."),
        widget=forms.TextInput(INPUT),
    )
    happens_at = forms.CharField(
        label=gettext_lazy("Où ?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Le nom du lieu, la rue, le quartier."),
        widget=forms.TextInput(INPUT),
    )


class Who(forms.Form):
    """Who asks, and whom we may ring. The fields are the application's."""

    organisation = forms.CharField(
        label=gettext_lazy("Votre organisme, ou votre groupe d’habitants"),
        max_length=150,
        widget=forms.TextInput({**INPUT, "autocomplete": "organization"}),
        error_messages={
            "required": gettext_lazy("Écrivez le nom de votre organisme ou de votre groupe.")
        },
    )
    contact_name = forms.CharField(
        label=gettext_lazy("Qui pouvons-nous appeler ?"),
        max_length=150,
        help_text=gettext_lazy("Prénom et nom."),
        widget=forms.TextInput({**INPUT, "autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Écrivez le nom de la personne à appeler.")},
    )
    email = MailboxField(
        label=gettext_lazy("Son adresse e-mail"),
        help_text=gettext_lazy("Le lien pour remplir la demande part à cette adresse."),
        error_messages={"required": gettext_lazy("Écrivez une adresse e-mail : le lien y part.")},
    )
    phone = PhoneField(label=gettext_lazy("Son téléphone"), required=False)


WHO, THING = tuple(Who.base_fields), tuple(Thing.base_fields)


class ApplyForm(ProtectedForm, Who, Thing):
    """The first form, which anybody may send. `has_page`: it is about something of the site."""

    consent = forms.BooleanField(
        label=gettext_lazy(
            "J’accepte que la Cité de l’emploi et le comité du label lisent et gardent cette "
            "demande pour l’étudier."
        ),
        error_messages={
            "required": gettext_lazy("Cochez cette case pour commencer votre demande.")
        },
    )

    def __init__(self, *args: Any, has_page: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_page:
            for name in THING:
                del self.fields[name]

    @property
    def said(self) -> dict[str, Any]:
        """What an application is begun with."""
        return {name: self.cleaned_data[name] for name in (*THING, *WHO) if name in self.fields}


class DetailsForm(Who, Thing):
    """The same facts, put right by whoever holds the link."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        names = WHO if application.page_id else (*THING, *WHO)
        initial = {name: getattr(application, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        for name in set(self.fields) - set(names):
            del self.fields[name]
        self.fields["email"].help_text = _(
            "Vous la changez ? Nous écrivons à la nouvelle adresse. Elle compte une fois que vous "
            "avez dit oui dans ce message."
        )


class SupportForm(forms.Form):
    """What the applicant would like help with; nothing is asked for by default."""

    wants_logistics = forms.BooleanField(
        label=gettext_lazy("Une aide matérielle : une salle, des tables, un minibus…"),
        required=False,
    )
    wants_advice = forms.BooleanField(
        label=gettext_lazy("Des conseils pour préparer ou faire connaître"), required=False
    )
    wants_finance = forms.BooleanField(label=gettext_lazy("Une aide financière"), required=False)
    support_words = forms.CharField(
        label=gettext_lazy("De quoi avez-vous besoin ?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({**INPUT, "rows": 4}),
        error_messages={
            "max_length": gettext_lazy("Le texte est trop long : gardez 1 000 signes au plus.")
        },
    )
    amount = forms.CharField(
        label=gettext_lazy("Le montant demandé, en euros"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Comme 3 500 ou 3 500,50."),
        # Shown again with the comma or the point of the language; both are read.
        localize=True,
        widget=forms.TextInput({**INPUT, "inputmode": "decimal", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        initial = {name: getattr(application, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_amount(self):
        return read_amount(self.cleaned_data["amount"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        wants = [name for name in cleaned if name.startswith("wants_") and cleaned[name]]
        if wants and not cleaned.get("support_words") and "support_words" not in self.errors:
            self.add_error("support_words", _("Dites en une phrase ce dont vous avez besoin."))
        if cleaned.get("amount") and not cleaned.get("wants_finance"):
            # Whoever writes an amount asks for it.
            cleaned["wants_finance"] = True
        return cleaned


class LinkForm(ProtectedForm):
    """A new link for somebody who has lost theirs."""

    reference = forms.CharField(
        label=gettext_lazy("La référence de votre demande"),
        max_length=20,
        help_text=gettext_lazy("Elle est dans nos e-mails, comme DL-A3C4E6F7."),
        widget=forms.TextInput({**INPUT, "dir": "ltr", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("Écrivez la référence de votre demande.")},
    )
    email = MailboxField(
        label=gettext_lazy("L’adresse e-mail de la demande"),
        help_text="",
        error_messages={"required": gettext_lazy("Écrivez l’adresse e-mail de la demande.")},
    )

    def clean_reference(self) -> str:
        return "".join(self.cleaned_data["reference"].split()).upper()
