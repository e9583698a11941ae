"""Run in the demo's settings: where it shows each template that no menu leads to, as JSON.

One page of each type on each side, the fullest; links as they are mailed; and the answers that a
healthy site does not give (a closed territory, a server that broke), drawn by their own views.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")

import django  # noqa: E402

django.setup()

from browser import shown_to_readers  # noqa: E402
from django.contrib.auth.models import AnonymousUser, User  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.translation import override  # noqa: E402
from django.views import defaults  # noqa: E402
from django.views.csrf import csrf_failure  # noqa: E402
from wagtail.models import Locale, PageViewRestriction, Site  # noqa: E402

from agenda.models import EventPage, Registration  # noqa: E402
from agenda.registration.desk import Desk  # noqa: E402
from agenda.registration.telling import cancel_url  # noqa: E402
from agenda.registration.views import token_of  # noqa: E402
from cooperation.models import CallForProjectsPage  # noqa: E402
from cooperation.models.calls import State  # noqa: E402
from labelling.applying.address import link_to_confirm  # noqa: E402
from labelling.applying.beginning import begin_application  # noqa: E402
from labelling.applying.links import address_for_applicant  # noqa: E402
from labelling.labels.links import address_of_renewal  # noqa: E402
from labelling.models import (  # noqa: E402
    Application,
    Label,
    Moment,
    Report,
    Subject,
)
from labelling.reports.links import address_of as address_of_report  # noqa: E402
from labelling.review.moving import move  # noqa: E402
from labelling.review.transitions import Part  # noqa: E402
from resources_directory.models import ActorPage  # noqa: E402
from territories.hosts import gone  # noqa: E402
from territories.links.links import make_link  # noqa: E402
from territories.models import Territory  # noqa: E402
from territories.people.invitations import invite  # noqa: E402
from territories.proposals.offering import LINK_PURPOSE  # noqa: E402
from territories.signals import page_types  # noqa: E402

TERRITORY = "grand-mirail"
LANGUAGES = ("fr", "en", "ar")


def fullest(pages):
    def size(page) -> int:
        return sum(len(str(field.value_from_object(page))) for field in page._meta.fields)

    return max(pages, key=size, default=None)


def pages_of(territory: Territory) -> Iterator[dict]:
    """One page of each type, in the territory and on the portal."""
    for model in page_types():
        for side, owner in (("territory", territory), ("portal", None)):
            mine = model.objects.live().filter(territory=owner, locale=Locale.get_default())
            if page := fullest(mine.iterator()):
                yield {
                    "model": model._meta.label,
                    "side": side,
                    "address": page.full_url,
                    "for_readers": PageViewRestriction.objects.filter(
                        page__in=page.get_ancestors(inclusive=True)
                    ).exists(),
                }


def mailed(territory: Territory, coordinator: User) -> dict[str, str]:
    """Where each link that somebody may receive leads."""
    actor = ActorPage.objects.live().filter(territory=territory).first()

    def proposal(days: int) -> str:
        link = make_link(
            purpose=LINK_PURPOSE,
            territory=territory,
            payload={"page": actor.pk},
            lasts=timedelta(days=days),
        )
        return territory.root_url + reverse("territories:propose", args=[link.token])

    someone = f"visite.{os.urandom(4).hex()}@example.org"
    invitation = invite(
        territory=territory, email=someone, roles=["editor"], invited_by=coordinator
    )
    portal = Site.objects.get(is_default_site=True).root_url
    accept = reverse("people_accept", args=[invitation.token])
    unknown = reverse("people_accept", args=["inconnu"])
    return {
        "proposal": proposal(1),
        **reports(territory),
        "expired": proposal(-1),
        "invitation": portal + accept,
        "unknown invitation": portal + unknown,
    }


def reports(territory: Territory) -> dict[str, str]:
    """One that is asked for after another was received, and one that has just been sent."""
    found = Report.objects.filter(territory=territory, happened_on=None).select_related(
        "label", "territory__site"
    )
    later = found.expected().filter(moment=Moment.LATER, label__reports__happened_on__isnull=False)
    sent = found.received().order_by("received_at").last()
    return {
        "report": address_of_report(later.first()),
        "report received": f"{address_of_report(sent)}?recu=1",
    }


def behind_pages(territory: Territory) -> dict[str, str]:
    """Addresses that hang on a page."""
    events = EventPage.objects.live().in_territory(territory).records().upcoming()
    soon = events.order_by("next_start").first()
    day = soon.next_start.astimezone(territory.zone).date()
    calls = CallForProjectsPage.objects.live().filter(territory=territory).records()
    asking = [call for call in calls if call.takes_responses]
    open_call = next((call for call in asking if call.state() == State.OPEN), None)
    late_call = next((call for call in asking if call.state() != State.OPEN), None)
    booked = EventPage.objects.live().filter(territory=territory, registration_is_open=True)
    booked = sorted(booked.records(), key=lambda event: -len(Desk(event).choices))
    registration = Registration.objects.filter(event=booked[0], state="registered").last()
    below = {
        "day of the month": (soon.get_parent(), f"?vue=mois&du={day}&au={day}"),
        "poster": (soon, "affiche/"),
        "call": (open_call, "repondre/"),
        "answer sent": (open_call, "repondre/envoye/"),
        "late call": (late_call, "repondre/"),
        "registration": (booked[0], "inscription/"),
        "registration sent": (
            booked[0],
            f"inscription/faite/?numero={token_of(registration)}",
        ),
        "late registration": (booked[-1], "inscription/"),
    }
    found = {name: f"{page.full_url}{path}" for name, (page, path) in below.items() if page}
    return {**found, "cancel": cancel_url(registration)}


def by_link(territory: Territory) -> dict[str, str]:
    """The screens of an application, one that is being written and one that has left."""

    def begun(title: str) -> Application:
        return begin_application(
            territory=territory,
            subject=Subject.EVENT,
            title=title,
            language="fr",
            contact_name="Visite",
            email="visite@example.org",
        )

    draft, sent = begun("Le forum du printemps"), begun("Le forum de l’été")
    move(application=sent, name="send", part=Part.APPLICANT, signed="Visite")
    url = address_for_applicant(draft)
    below = {"details": "qui/", "step": "1/", "support": "aide/", "check": "verifier/"}
    below |= {"application": "", "abandon": "abandonner/"}
    return {
        **{f"application {name}": f"{url}{path}" for name, path in below.items()},
        "application sent": address_for_applicant(sent),
        "application address": link_to_confirm(sent, "autre@example.org"),
    }


def behind_labels(territory: Territory) -> dict[str, str]:
    """Addresses that hang on the number of a label in force."""
    label = Label.objects.active().filter(territory=territory).order_by("pk").first()
    below = {"label": "", "pack": "faire-savoir/", "press release": "communique/"}
    found = {
        name: f"{territory.root_url}/label/{label.number}/{path}" for name, path in below.items()
    }
    return {**found, "renewal": address_of_renewal(label, "moi@example.org", "fr")}


def answers(territory: Territory) -> dict[str, dict[str, str]]:
    """By template, then by language: what is answered when something is wrong."""
    request = RequestFactory(headers={"host": territory.site.hostname}).get("/nulle-part/")
    request.territory, request.user, request.reader = territory, AnonymousUser(), None
    drawn = {
        "403.html": lambda: defaults.permission_denied(request, Exception()),
        "403_csrf.html": lambda: csrf_failure(request),
        "410.html": lambda: gone(territory),
        "503.html": lambda: render(request, "503.html", {"until": None}),
        "429.html": lambda: render(request, "429.html", {"minutes": 15}),
        "500.html": lambda: defaults.server_error(request),
        **{
            name: partial(lambda name, context: render(request, name, context()), name, context)
            for name, context in shown_to_readers.answers(territory).items()
        },
    }
    found: dict[str, dict[str, str]] = {name: {} for name in drawn}
    for language in LANGUAGES:
        with override(language):
            for name, draw in drawn.items():
                found[name][language] = draw().content.decode()
    return found


def main() -> None:
    territory = Territory.objects.select_related("site").get(slug=TERRITORY)
    coordinator = User.objects.get(username=f"coordination-{TERRITORY}")
    json.dump(
        {
            "pages": list(pages_of(territory)),
            "told": {
                **mailed(territory, coordinator),
                **behind_pages(territory),
                **behind_labels(territory),
                **by_link(territory),
                **shown_to_readers.addresses(territory),
            },
            "answers": answers(territory),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
