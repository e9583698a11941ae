"""What a visitor types to get the letters, and the sentence that they agree with by sending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from newsletter.models.subscribers import Frequency
from territories.contact.fields import MailboxField
from territories.contact.protection import ProtectedForm
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import said_in, woven

from .wishes import Wishes

if TYPE_CHECKING:
    from territories.models import Territory


def consent_words(territory: Territory) -> str:
    """Kept word for word as the proof: in the language in which it was read."""
    return sentence() % {"territory": territory.full_name}


def consent_shown(territory: Territory) -> SafeString:
    """The same on a page, where a name in another language says so."""
    return woven(sentence(), territory=said_in(territory.full_name, SOURCE_LANGUAGE))


def sentence() -> str:
    return gettext(
        "J’accepte de recevoir par e-mail les lettres de « %(territory)s ». Je peux arrêter à tout "
        "moment."
    )


def email_field() -> MailboxField:
    return MailboxField(error_messages={"required": _("Écrivez votre adresse e-mail.")})


class SubscribeForm(ProtectedForm, Wishes):
    email = email_field()

    field_order = ("email",)

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, territory=territory, **kwargs)
        self.initial |= {"language": get_language(), "frequency": Frequency.EACH}

    @property
    def shows_wishes(self) -> bool:
        """What is wrong below is not to be folded away."""
        return any(self.has_error(name) for name in self.fields if name != "email")


class ChoicesForm(Wishes):
    """What a reader changes."""

    wants_letters = forms.BooleanField(label=_("Je reçois les lettres"), required=False)

    field_order = ("wants_letters",)


class AddressForm(forms.Form):
    """The new address of a reader."""

    email = email_field()
