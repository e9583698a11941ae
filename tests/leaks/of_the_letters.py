"""A letter of Beta's that was given to its readers, one copy of it in doubt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from factories import make_page
from wagtail.models import Locale

from newsletter.models import (
    Copy,
    Edition,
    NewsletterIndexPage,
    NewsletterPage,
    Sending,
    Subscriber,
)
from territories.models import Territory


def letters_of(territory: Territory, token: str, said: Callable[[str], str]) -> dict[str, Any]:
    index = NewsletterIndexPage.objects.get(territory=territory, locale=Locale.get_default())
    body = [("text", {"text": f"<p>{said('texte')}</p>"})]
    letter, sent = (
        make_page(index, NewsletterPage(title=said(title), subject=said("objet"), body=body))
        for title in ("lettre", "lettre partie")
    )
    sending = Sending.objects.create(
        letter=sent, territory=territory, state="done", trouble=said("ennui")
    )
    Edition.objects.create(sending=sending, language="fr", subject=said("objet"), html="", text="")
    reader = Subscriber.objects.create(
        territory=territory, email=f"lectrice@{token}.example", state="active"
    )
    Copy.objects.create(
        sending=sending, subscriber=reader, language="fr", state="uncertain", answer=said("réponse")
    )
    return {"letter": letter, "sending": sending}


def rows_of_the_letters() -> dict[str, Any]:
    return {
        "sending": Sending.objects.values_list("pk", "state", "begins_at"),
        "copy": Copy.objects.values_list("pk", "state"),
    }
