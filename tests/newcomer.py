"""Run by test_plugin_guide.py in a newcomer's environment, which has the plugin installed.

Each function answers one question about the site, as JSON.
"""

import json
import os
import sys

HOST = "grand-mirail.localhost"


def prepare() -> None:
    """What `make demo` leaves, but small: a portal, a territory and two events."""
    from datetime import timedelta

    from agenda_factories import make_event
    from django.utils import timezone
    from factories import make_member, make_territory

    from agenda.models import EventDate

    territory = make_territory(HOST.partition(".")[0], plugins=["agenda", "newsletter"])
    for title, days in (("Rencontre proche", 10), ("Rencontre lointaine", 20)):
        dates = [EventDate(start=timezone.now() + timedelta(days=days))]
        make_event(territory, title, dates=dates)
    make_member(territory)


def look() -> dict:
    """What a stranger, a coordinator and a visitor see, once the coordinator has tried the mark."""
    import mentoring
    from django.contrib.auth.models import Permission, User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from factories import make_content_page, make_page

    from agenda.models import EventPage
    from newsletter.models import NewsletterIndexPage, NewsletterPage
    from newsletter.rendering.letter import render_letter
    from territories.archive.parts import erase_parts, export_parts, restore_parts
    from territories.models import ContentPage, Territory

    territory = Territory.objects.get()
    event = EventPage.objects.get(title="Rencontre lointaine")
    coordinator = User.objects.get(username__startswith="coordinator")
    stranger, _created = User.objects.get_or_create(username="stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))

    def admin(user: User) -> Client:
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        return client

    def name_a_mentor(user: User) -> int:
        address = f"/admin/mentoring/{event.pk}/"
        assert admin(user).get(address).status_code in {200, 404}
        return admin(user).post(address, {"mentor": "Nadia, soudeuse"}).status_code

    def read(address: str) -> str:
        answer = Client(headers={"host": HOST}).get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode().replace("\u00a0", " ")

    if not ContentPage.objects.filter(slug="aider").exists():
        words = {"title": "Parrains", "text": "Deux heures par mois", "email": "a@example.org"}
        body = [("mentoring_invitation", words)]
        make_content_page(territory, "Aider", slug="aider", body=body)
        letters = NewsletterIndexPage.objects.records().get(territory=territory)
        make_page(letters, NewsletterPage(title="Mars", slug="mars", body=body))
    seen = {
        "package": mentoring.__file__,
        "stranger names a mentor": name_a_mentor(stranger),
        "coordinator names a mentor": name_a_mentor(coordinator),
        "agenda": read("/agenda/"),
        "narrowed": read("/agenda/?parrain=oui"),
        "nonsense": read("/agenda/?parrain=%F0%9F%98%80&parrain="),
        "agenda in English": read("/en/agenda/"),
        "page": read("/aider/"),
        "letter": render_letter(NewsletterPage.objects.get(slug="mars")).html,
        "event in the admin": admin(coordinator)
        .get(f"/admin/pages/{event.pk}/edit/")
        .content.decode(),
    }
    with CaptureQueriesContext(connection) as queries:
        read("/agenda/")
    archive = export_parts(territory)
    erased, left = erase_parts(territory), export_parts(territory)
    restore_parts(territory, archive)
    return seen | {
        "queries of the agenda": len(queries),
        "archive": archive["mentoring.mentoring"],
        "erased": erased["mentoring.mentoring"],
        "left": left["mentoring.mentoring"],
        "restored": export_parts(territory)["mentoring.mentoring"],
    }


def look_at_the_list() -> dict:
    """What two coordinators see of each other's rows."""
    from agenda_factories import make_event
    from django.contrib.auth.models import User
    from django.test import Client
    from factories import make_member, make_territory
    from mentoring.models import Mentoring

    from agenda.models import EventPage
    from portal.search.models import SearchDocument
    from territories.models import Territory
    from territories.plugins.switching import switch_off, switch_on

    territory = Territory.objects.get()
    switch_on(territory=territory, plugin="mentoring")
    other = make_territory("other", plugins=["mentoring"])
    stranger = make_member(other)
    event = EventPage.objects.get(title="Rencontre lointaine")
    row = Mentoring.objects.get(event=event)
    theirs = make_event(other, "Chez les autres")
    added = make_event(other, "Chez les autres aussi")
    their_row = Mentoring.objects.create(event=theirs, mentor="Marie-Ange")
    admin = Client(headers={"host": "localhost"})
    admin.force_login(User.objects.get(username__startswith="coordinator-grand"))

    def post(client: Client, event: EventPage) -> tuple[int, str | None]:
        answer = client.post("/admin/mentorings/new/", {"event": event.pk, "mentor": "Samir"})
        found = Mentoring.objects.filter(event=event).first()
        return answer.status_code, found and found.mentor

    def codes(pk: int, *views: str) -> dict[str, int]:
        return {view: admin.get(f"/admin/mentorings/{view}/{pk}/").status_code for view in views}

    views = ("edit", "delete", "history", "usage")
    index = admin.get("/admin/mentorings/")
    menu = admin.get("/admin/").content.decode()
    seen = {
        "own": {"index": index.status_code, **codes(row.pk, *views)},
        "own row is listed": row.mentor in index.content.decode(),
        "row of another is listed": their_row.mentor in index.content.decode(),
        "of another": codes(their_row.pk, *views),
        "posted on another's event": post(admin, added),
        "in the menu": "/admin/mentorings/" in menu,
    }
    document = SearchDocument.objects.filter(page=added)
    document.update(indexed_version=document.get().version)
    strange = Client(headers={"host": "localhost"})
    strange.force_login(stranger)
    seen["added by its coordinator"] = post(strange, added)[1]
    journals = [who.get("/admin/reports/journal/").content.decode() for who in (strange, admin)]
    switch_off(territory=territory, plugin="mentoring")
    return seen | {
        "waits for the worker": document.get().version > document.get().indexed_version,
        "named in the journal": ["Samir" in journal for journal in journals],
        "in the menu when closed": "/admin/mentorings/" in admin.get("/admin/").content.decode(),
        "index when closed": admin.get("/admin/mentorings/").status_code,
    }


def count_territories() -> dict:
    from territories.models import Territory

    return {"territories": Territory.objects.count()}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
    import django

    django.setup()
    json.dump(globals()[sys.argv[1]](), sys.stdout)
