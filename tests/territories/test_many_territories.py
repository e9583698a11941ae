"""The 84th territory costs no more than the 4th, and costs the others nothing."""

from __future__ import annotations

import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest
from agenda_factories import agenda_of, make_event
from directory_factories import make_actor, make_service
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import home_of, make_content_page, make_member, make_page, make_territory

from newsletter.models import NewsletterIndexPage, NewsletterPage
from portal.search.indexing import index_waiting
from territories.models import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FEW, MANY = 3, 84
TIMES = 5
# Those that are measured have every plugin; among the others, one in so many.
WHOLE = 4
SLOWER = 1.5
PAGE, FACETED = 15, 18
# What visitors ask: host, address, budget.
PUBLIC = [
    *(
        ("alpha.localhost", path, budget)
        for path, budget in (
            ("/", PAGE),
            ("/en/", PAGE),
            ("/une-page/", PAGE),
            ("/agenda/", FACETED),
            ("/agenda/le-forum/", PAGE),
            ("/guide/", FACETED),
            ("/guide/permis/", PAGE),
            ("/carte/", FACETED),
            ("/carte/centre-social/", PAGE),
            ("/lettres/", PAGE),
            ("/lettres/la-lettre/", PAGE),
            ("/recherche/?q=forum", FACETED),
            ("/open-data/", PAGE),
        )
    ),
    *(
        ("localhost", path, budget)
        for path, budget in (
            ("/", PAGE),
            ("/agenda/", FACETED),
            ("/guide/", FACETED),
            ("/carte/", FACETED),
            ("/recherche/?q=forum", FACETED),
        )
    ),
]


@dataclass
class Figures:
    """Measured once, since making 84 territories takes a while."""

    # By number of the territory.
    queries: dict[int, list[str]] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    # By number of territories there are, then by page.
    pages: dict[int, dict[tuple[str, str, str], list[str]]] = field(default_factory=dict)


def admin_pages(alpha) -> dict[str, list[str]]:
    home, event = home_of(alpha).pk, agenda_of(alpha).get_children().first().pk
    everybody = [
        reverse("wagtailadmin_home"),
        reverse("wagtailimages:index"),
        reverse("wagtaildocs:index"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailadmin_account"),
    ]
    return {
        "coordinator": [
            *everybody,
            # The team's lists the homes of all territories, whose rows Wagtail cuts at 50.
            reverse("wagtailadmin_choose_page"),
            reverse("wagtailadmin_explore", args=[home]),
            reverse("wagtailadmin_pages:edit", args=[event]),
            reverse("wagtailadmin_pages:history", args=[event]),
            reverse("wagtailimages:add"),
            reverse("territory:edit", args=[alpha.pk]),
            reverse("people_team", args=[alpha.slug]),
            reverse("territories_journal"),
        ],
        "team": [
            *everybody,
            reverse("territory:index"),
            reverse("territory:edit", args=[alpha.pk]),
            reverse("provisioning:step", args=["identity"]),
            reverse("provisioning:step", args=["address"]),
        ],
    }


def fill(alpha) -> None:
    make_content_page(alpha, "Une page", slug="une-page", show_in_menus=True)
    make_event(alpha, "Le forum", slug="le-forum")
    make_actor(alpha, "Centre social", slug="centre-social")
    make_service(alpha, "Permis", slug="permis")
    letters = NewsletterIndexPage.objects.records().get(territory=alpha)
    make_page(letters, NewsletterPage(title="La lettre", slug="la-lettre", subject="Lundi"))
    index_waiting()


def ask(client: Client, host: str, address: str) -> list[str]:
    for _warm in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address, headers={"host": host})
            response.getvalue()
    assert response.status_code == 200, (host, address, response.status_code)
    return [query["sql"] for query in captured.captured_queries]


def measure_pages(alpha, people) -> dict[tuple[str, str, str], list[str]]:
    visitor = Client()
    found = {
        ("visitor", host, address): ask(visitor, host, address) for host, address, _budget in PUBLIC
    }
    for role, addresses in admin_pages(alpha).items():
        client = Client()
        client.force_login(people[role])
        for address in addresses:
            found[role, "localhost", address] = ask(client, "localhost", address)
    return found


def make_next(number: int, figures: Figures) -> None:
    if FEW + TIMES < number < MANY and number % WHOLE:
        make_territory(f"territoire-{number}", plugins=[])
        return
    # Of this process: on a busy machine the clock on the wall measures the neighbours.
    begun = time.process_time()
    with CaptureQueriesContext(connection) as captured:
        make_territory("alpha" if number == 1 else f"territoire-{number}")
    figures.seconds[number] = time.process_time() - begun
    figures.queries[number] = [query["sql"] for query in captured.captured_queries]
    connection.queries_log.clear()


@pytest.fixture(scope="module")
def figures(undone_after_the_module):
    found = Figures()
    for number in range(1, MANY + TIMES):
        make_next(number, found)
        if number == 1:
            alpha = find_alpha()
            fill(alpha)
            people = {
                "coordinator": make_member(alpha, "coordinator"),
                "team": make_member(None, "team", username="team"),
            }
        if number in {FEW, MANY}:
            found.pages[number] = measure_pages(alpha, people)
    for cache in caches.all(initialized_only=True):
        cache.clear()
    return found


def find_alpha() -> Territory:
    return Territory.objects.select_related("site__root_page").get(slug="alpha")


def shapes(queries: list[str]) -> Counter:
    """Queries without what they ask about, to say which there are more of."""
    return Counter(re.sub(r"'[^']*'|\d+", "?", sql)[:200] for sql in queries)


def test_the_84th_territory_takes_as_many_queries_as_the_4th(figures):
    fourth, eighty_fourth = figures.queries[FEW + 1], figures.queries[MANY]
    more = shapes(eighty_fourth) - shapes(fourth)
    assert len(eighty_fourth) == len(fourth), more


def test_the_84th_territory_takes_hardly_longer_than_the_4th(figures):
    first = statistics.median(figures.seconds[n] for n in range(FEW + 1, FEW + 1 + TIMES))
    last = statistics.median(figures.seconds[n] for n in range(MANY, MANY + TIMES))
    assert last < SLOWER * first, f"{first:.2f} s, then {last:.2f} s"


def test_pages_cost_the_same_among_3_territories_and_among_84(figures):
    few, many = figures.pages[FEW], figures.pages[MANY]
    more = {
        page: (len(few[page]), len(many[page]), (shapes(many[page]) - shapes(few[page])))
        for page in few
        if len(few[page]) != len(many[page])
    }
    assert not more, more


def test_pages_of_visitors_keep_to_the_houses_budgets(figures):
    spent = figures.pages[MANY]
    over = {
        (host, address): len(spent["visitor", host, address])
        for host, address, budget in PUBLIC
        if len(spent["visitor", host, address]) > budget
    }
    assert not over, over
