"""Reading the demo's data files, and what loading them makes; their content has its own tests."""

from datetime import date, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from data_inclusion_schema import SERVICE, STRUCTURE, valid
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StreamValue
from wagtail.documents.models import Document
from wagtail.models import Page

from agenda.models import EventPage
from labelling.models import Label
from portal.demo.loading import is_current, load
from portal.demo.management.commands import load_demo as command
from portal.demo.models import DemoState
from portal.demo.reading import WEEKDAYS, fingerprint, moment, read, territories
from portal.demo.translating import languages
from resources_directory.models import ActorPage, RoutePage, ServicePage
from resources_directory.open_data import services, structures
from territories.legal.kinds import KINDS
from territories.models import ContentPage, LegalFacts, Term, Territory

PARIS = ZoneInfo("Europe/Paris")
SLUGS = territories()


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_every_code_of_the_demo_is_in_the_vocabulary(slug):
    content = read(slug)
    known = set(Term.objects.values_list("kind", "code"))
    used = {("theme", code) for fact in content.services for code in fact.get("thematiques", [])}
    used |= {("public", code) for fact in content.services for code in fact.get("publics", [])}
    used |= {("theme", code) for fact in content.events for code in fact["themes"]}
    used |= {("public", code) for fact in content.events for code in fact["publics"]}
    used |= {("sector", code) for fact in content.events for code in fact.get("sectors", [])}
    used |= {("network", c) for fact in content.actors for c in fact.get("reseaux_porteurs", [])}
    assert used <= known


@given(
    today=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    weekday=st.sampled_from(WEEKDAYS),
    week=st.integers(-20, 20),
)
def test_the_demos_tuesdays_stay_tuesdays_at_the_same_hour(today, weekday, week):
    when = moment(
        {"weekday": weekday, "week": week, "start": "09:30", "end": "12:00", "until_weeks": week},
        today,
        PARIS,
    )
    assert WEEKDAYS[when.start.weekday()] == weekday
    assert (when.start.hour, when.start.minute) == (9, 30)
    assert when.until >= when.start.date()


# When a page was last published, and what keeps the search in line, says nothing of the content.
MOVING = {
    *("last_published_at", "version", "indexed_version", "updated_at", "changed_at"),
    *("retry_at", "heard_at"),
}
ROOMS = {
    "territories",
    "resources_directory",
    "agenda",
    "labelling",
    "newsletter",
    "newsroom",
    "cooperation",
}
TABLES = {"portal_home", "portal_search", "wagtailcore", "wagtailimages", "auth", *ROOMS}
LOGS = {"wagtailcore.ReferenceIndex", "wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"}


def whole_content() -> dict[str, list]:
    """Every row of every table, as text; a row beside a page is known by what it says."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in TABLES or model._meta.label in LOGS:
            continue
        apart = MOVING if issubclass(model, Page) else {*MOVING, "id"}
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in apart]
        rows = model._default_manager.values(*names)
        found[model._meta.label] = sorted(str({n: plain(row[n]) for n in names}) for row in rows)
    return found


def plain(value):
    return value.get_prep_value() if isinstance(value, StreamValue) else value


@pytest.mark.django_db
def test_the_command_loads_once_a_day_and_says_what_it_would_do(monkeypatch, capsys):
    calls = []
    monkeypatch.setattr(command, "load", lambda **asked: calls.append(asked) or ["une étape"])
    call_command("load_demo", port=8000, dry_run=True)
    assert "serait chargée" in capsys.readouterr().out and not calls
    call_command("load_demo", port=8000)
    assert calls and "une étape" in capsys.readouterr().out
    DemoState.objects.create(loaded_on=timezone.localdate(), port=8000, fingerprint=fingerprint())
    call_command("load_demo", port=8000)
    call_command("load_demo", port=8000, dry_run=True)
    assert len(calls) == 1 and "Rien à faire." in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_a_new_day_moves_the_dates(client):
    today = date(2026, 11, 23)
    slug = "rive-droite"
    list(load(today=today, port=8000, slugs=[slug]))
    content = read(slug)
    assert EventPage.objects.findable().count() == len(content.events)
    meetings, minutes = content.private["event"], content.private["page"]
    assert EventPage.objects.records().live().count() == len(content.events) + len(meetings)
    assert ActorPage.objects.records().live().count() == len(content.actors)
    assert ServicePage.objects.records().live().count() == len(content.services)
    assert RoutePage.objects.findable().count() == len(content.routes) == 1
    assert valid(STRUCTURE, structures(None)) == valid(SERVICE, services(None)) == []
    texts = [fact for fact in content.pages if fact["slug"] not in KINDS]
    assert ContentPage.objects.findable().count() == len(texts) < len(content.pages)
    assert ContentPage.objects.records().live().count() == len(texts) + len(minutes)
    assert LegalFacts.objects.count() == 2  # its own, and the portal's
    assert Document.objects.count() == 1
    labelled = sum("label" in event for event in content.events) + len(content.labels)
    assert Label.objects.count() == labelled
    assert is_current(today=today, port=8000)
    assert not is_current(today=today, port=8001)

    before = whole_content()
    assert len(before) > 30 and sum(map(len, before.values())) > 2000
    DemoState.objects.update(fingerprint="of other content")
    list(load(today=today, port=8000, slugs=[slug]))
    after = whole_content()
    changed = {name: set(before[name]) ^ set(after[name]) for name in before}
    assert {name: list(rows)[:2] for name, rows in changed.items() if rows} == {}
    assert {name: len(rows) for name, rows in before.items()} == {
        name: len(rows) for name, rows in after.items()
    }

    event = next(e for e in content.events if "day" in e["dates"][0])
    first = EventPage.objects.records().get(slug=event["slug"]).dates.first()
    list(load(today=today + timedelta(days=1), port=8000, slugs=[slug]))
    moved = EventPage.objects.records().get(slug=event["slug"]).dates.first()
    assert moved.start - first.start == timedelta(days=1)
    assert moved.key == first.key
    assert DemoState.objects.count() == 1
    assert Document.objects.count() == 1

    territory = Territory.objects.get()
    english = client.get("/en/agenda/", headers={"host": territory.site.hostname})
    assert languages(slug)["en"]["event"][0]["title"] in unescape(english.content.decode())
