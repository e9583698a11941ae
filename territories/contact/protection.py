"""What keeps machines out of public forms, with no third party, no JavaScript and no puzzle.

    class AnswerForm(ProtectedForm, forms.ModelForm): ...

    form = AnswerForm(request.POST or None, request=request)
    ...
    return render(request, template, {"form": form}, status=form.status)

The rules, each of which gives the form back with all that was typed and a sentence that says what
to do:

- a field that people neither see nor hear, the trap, is empty;
- the form was shown at least `SHORTEST` and at most `LONGEST` before it is sent, by this very site:
  the stamp says so, signed;
- a stamp is accepted once: a double click sends one message;
- what is typed holds at most `links_at_most` links;
- one address sends at most `sent_at_most` forms an hour. The address itself is kept nowhere: the
  cache counts under a keyed hash of it, which cannot be compared with that of another hour.

The template shows the hidden fields, which `form.hidden_fields` lists, and
`components/error_summary.html`: the sentences are errors of the whole form. The view is
`never_cache` and its address is not that of a page: the stamp and the CSRF token are of one visit.
"""

from __future__ import annotations

import re
import secrets
import time
from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from territories.people.brakes import place_of

SHORTEST = timedelta(seconds=3)
LONGEST = timedelta(hours=24)
HOUR = 3600
LINK = re.compile(r"https?://|(?<!/)www\.|\[url", re.IGNORECASE)


class Trap(forms.TextInput):
    """An input that only a machine fills in: hidden with its label, out of reach of the keyboard
    and of what browsers fill in by themselves. Who sees it all the same, in a browser without
    styles, reads that it stays empty."""

    template_name = "territories/contact/trap.html"
    # To a template that lists the fields it is one of the hidden ones.
    is_hidden = True

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "tabindex": "-1"})


class ProtectedForm(forms.Form):
    """Base of every form that anybody may send. `request`: the one it is shown to or sent with."""

    your_url = forms.CharField(required=False, widget=Trap)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    links_at_most = 2
    sent_at_most = 10

    refusals = {
        "trap": _("Un champ caché doit rester vide. Il est vidé : relisez et envoyez encore."),
        "quick": _("Le formulaire est parti très vite. Attendez 3 secondes, puis envoyez encore."),
        "old": _("Cette page était ouverte depuis longtemps. Relisez et envoyez encore."),
        "twice": _("Ce formulaire est déjà parti. Pour en envoyer un autre, envoyez encore."),
        "often": _(
            "Beaucoup de formulaires viennent de cette connexion. Gardez cette page, et envoyez "
            "encore dans une heure."
        ),
    }

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.initial["stamp"] = self.new_stamp()

    @property
    def status(self) -> int:
        """Of the answer that shows the form: 429 to who sent too many, 422 when refused."""
        if self.has_error(NON_FIELD_ERRORS, "often"):
            return 429
        return 422 if self.errors else 200

    @property
    def left_twice(self) -> bool:
        """All right, and sent already: a double click."""
        return self.has_error(NON_FIELD_ERRORS, "twice") and len(self.errors) == 1

    def full_clean(self) -> None:
        """Once the form is all right, it counts; refused, it comes back ready to be sent again."""
        super().full_clean()
        if not self.is_bound:
            return
        if not self.errors and (refusal := self.refusal()):
            self.add_error(None, ValidationError(self.refusals[refusal], code=refusal))
        if self.errors:
            self.renew()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        links = sum(len(LINK.findall(text)) for text in self.free_texts())
        if links > self.links_at_most:
            sentence = ngettext_lazy(
                "Il y a trop de liens : gardez-en %(count)d au plus.",
                "Il y a trop de liens : gardez-en %(count)d au plus.",
                "count",
            )
            raise ValidationError(sentence % {"count": self.links_at_most}, code="links")
        return cleaned

    def free_texts(self) -> list[str]:
        """What is typed freely: the fields for an address or a link are checked by themselves."""
        exact = forms.EmailField | forms.URLField
        return [
            value
            for name, value in self.cleaned_data.items()
            if isinstance(value, str) and not isinstance(self.fields[name], exact)
        ]

    def refusal(self) -> str:
        """Why it is refused, a key of `refusals`; "" when it is accepted, which is then counted."""
        if self.cleaned_data.get("your_url"):
            return "trap"
        stamp = self.cleaned_data.get("stamp", "")
        if refusal := self.refusal_of_stamp(stamp):
            return refusal
        sent = cache.get(self.counter, 0)
        if sent >= self.sent_at_most:
            return "often"
        if not cache.add(f"territories:stamp:{stamp}", True, LONGEST.total_seconds()):
            return "twice"
        # Two at the same instant may count as one: it is a brake, not a lock.
        cache.set(self.counter, sent + 1, HOUR)
        return ""

    def refusal_of_stamp(self, stamp: str) -> str:
        try:
            shown_at = int(self.signer.unsign(stamp).partition(".")[0])
        except (signing.BadSignature, ValueError):
            return "old"
        age = time.time() - shown_at
        if age < SHORTEST.total_seconds():
            return "quick"
        return "old" if age > LONGEST.total_seconds() else ""

    def renew(self) -> None:
        """An empty trap, and a new stamp if the old one is of no use."""
        self.data = self.data.copy()
        self.data[self.add_prefix("your_url")] = ""
        if self.refusal_of_stamp(self.data.get(self.add_prefix("stamp"), "")) or self.has_error(
            NON_FIELD_ERRORS, "twice"
        ):
            self.data[self.add_prefix("stamp")] = self.new_stamp()

    def new_stamp(self) -> str:
        return self.signer.sign(f"{int(time.time())}.{secrets.token_hex(6)}")

    @property
    def signer(self) -> signing.Signer:
        """A stamp of another form or of another territory is worth nothing here."""
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        return signing.Signer(salt=f"{name}@{self.request.get_host()}")

    @property
    def counter(self) -> str:
        kind = f"{type(self).__module__}.{type(self).__qualname__}"
        purpose = f"territories.contact.protection:{kind}"
        return f"territories:sent:{place_of(self.request, purpose)}"
