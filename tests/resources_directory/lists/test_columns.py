"""What lists keep from one request to the next is never what was: all is asked anew, and only what
the database says again, word for word, is not read again.

Each change is made as another process or a command makes one: as rows, and nobody is told."""

from datetime import timedelta

import pytest
from directory_factories import make_actor, make_service, terms
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone
from factories import make_territory
from wagtail.models import Page, PageViewRestriction

from resources_directory.lists import columns
from resources_directory.lists.actors import ActorList
from resources_directory.lists.guide import Guide
from resources_directory.models import ActorClosure, ActorPage, ServicePage, ServicePlace
from territories.models import PluginSwitch, Term, Territory

pytestmark = pytest.mark.django_db

KEPT = (
    columns.read_again,
    columns.alike_again.again,
    columns.coded.again,
    columns.by_name.again,
    columns.at_home.again,
)
ASKED = ("titles", "needs", "places", "hours", "held", "reached", "languages")
ASKED_OF = {
    Guide: (*ASKED, "types", "fees", "remote", "publics"),
    ActorList: (*ASKED, "networks"),
}


@pytest.fixture(autouse=True)
def all_is_large(monkeypatch):
    monkeypatch.setattr(columns, "LARGE", 0)
    forget()


def forget():
    for function in KEPT:
        function.cache_clear()


def told(territory):
    """All that the lists say of their sheets, in their order."""
    found = []
    for sheets, asked in ASKED_OF.items():
        request = RequestFactory().get("/")
        request.territory = territory
        listing = sheets(request).listing
        facts = listing.facts
        every = {name: dict(zip(facts.keys, getattr(facts, name), strict=True)) for name in asked}
        found.append((listing.keys, every))
    return found


@pytest.fixture
def alpha():
    alpha, _beta = (
        make_territory(name, plugins=["resources_directory"]) for name in ("alpha", "beta")
    )
    actor = make_actor(alpha, "Garage", networks=["mission-locale"], opening_hours="Mo 09:00-12:00")
    make_service(
        alpha,
        "Zéro frais",
        actor=actor,
        themes=["mobilite--preparer-un-permis"],
        publics=["jeunes"],
    )
    make_service(alpha, "Louer un vélo", actor=actor, commune="Caen", fees="gratuit")
    return alpha


def service():
    return ServicePage.objects.filter(title="Louer un vélo")


def actor():
    return ActorPage.objects.filter(title="Garage")


def today():
    return timezone.localdate()


CHANGES = {
    "unpublished": lambda: Page.objects.filter(title="Louer un vélo").update(live=False),
    "renamed": lambda: Page.objects.filter(title="Zéro frais").update(title="Aucun frais"),
    "moved to a neighbour": lambda: service().update(
        territory=Territory.objects.exclude(slug="alpha").get()
    ),
    "closed with its plugin": lambda: PluginSwitch.objects.update(is_on=False),
    "archived": lambda: Territory.objects.update(archived_on=today()),
    "made private": lambda: PageViewRestriction.objects.create(
        page=Page.objects.get(title="Louer un vélo"), restriction_type="login"
    ),
    "deleted": lambda: service().get().delete(),
    "no longer free": lambda: service().update(fees="payant"),
    "at a distance": lambda: service().update(reception_modes=["a-distance"]),
    "elsewhere": lambda: service().update(commune="Ifs"),
    "in several places": lambda: ServicePlace.objects.create(
        service=service().get(), commune="Bayeux", address="1 rue"
    ),
    "with a theme": lambda: ServicePage.themes.through.objects.create(
        servicepage_id=service().get().pk, term=Term.objects.filter(kind=Term.Kind.THEME).last()
    ),
    "with a public": lambda: ServicePage.publics.through.objects.create(
        servicepage_id=service().get().pk, term=terms("jeunes")[0]
    ),
    "a public without its name": lambda: Term.objects.filter(code="jeunes").update(code="young"),
    "a theme of another family": lambda: Term.objects.filter(kind=Term.Kind.THEME).update(
        parent=Term.objects.filter(kind=Term.Kind.THEME_CATEGORY).last()
    ),
    "its actor elsewhere": lambda: actor().update(commune="Ifs", latitude=49.1),
    "its actor at other hours": lambda: actor().update(opening_hours="Tu 09:00-12:00"),
    "its actor speaking Arabic": lambda: actor().update(languages_spoken=["ar"]),
    "its actor closed": lambda: ActorClosure.objects.create(
        actor=actor().get(), first_day=today(), last_day=today() + timedelta(days=1)
    ),
    "its actor without network": lambda: ActorPage.networks.through.objects.all().delete(),
    "its actor unpublished": lambda: Page.objects.filter(title="Garage").update(live=False),
}


def test_what_nobody_told_of_is_seen_at_the_next_request(alpha):
    for name, change in CHANGES.items():
        before = told(alpha)
        with transaction.atomic():
            change()
            after = told(alpha)
            assert after != before, name
            forget()
            assert told(alpha) == after, name
            transaction.set_rollback(True)
    assert told(alpha) == before


def test_what_is_said_again_is_not_read_again(alpha):
    before = told(alpha)
    missed = [function.cache_info().misses for function in KEPT]
    assert all(missed)
    assert told(alpha) == before
    assert [function.cache_info().misses for function in KEPT] == missed


def test_two_territories_keep_nothing_of_one_another(alpha):
    beta = Territory.objects.get(slug="beta")
    make_service(beta, "Louer un vélo", commune="Caen", fees="payant")
    kept = told(alpha), told(beta), told(None)
    assert kept == (told(alpha), told(beta), told(None))
    forget()
    # Read in another order, each by itself.
    assert kept[2] == told(None)
    assert kept[1] == told(beta) and kept[0] == told(alpha)
    ours, theirs = ({*kept[side][0][0]} for side in (0, 1))
    assert ours and theirs and not ours & theirs


def test_small_lists_are_not_kept(alpha, monkeypatch):
    monkeypatch.setattr(columns, "LARGE", 1_000)
    told(alpha)
    assert not any(function.cache_info().currsize for function in KEPT)
