"""A cheap phone and little data: what each page weighs, compressed, and asks for."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from agenda_factories import make_event
from directory_factories import make_actor, make_service
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone
from factories import make_territory
from page_parts import Parts, weigh

from agenda.models import EventDate

BUDGETS = {
    "/": 120_000,
    "/agenda/": 120_000,
    "/agenda/atelier-0/": 120_000,
    "/guide/": 120_000,
    "/guide/service-0/": 120_000,
    "/recherche/": 120_000,
    "/carte/": 250_000,
}
MOST_REQUESTS = 20
# A map draws with scripts of its own.
MOST_WITH_A_MAP = 24
HOST = "alpha.localhost"


@pytest.fixture(scope="module")
def alpha(undone_after_the_module):
    """A territory whose lists are full; one for the module, taken back at its end."""
    territory = make_territory("alpha", plugins=["agenda", "resources_directory"])
    for number in range(24):
        actor = make_actor(territory, f"Maison de quartier {number}", phone="05 61 00 00 00")
        make_service(territory, f"Service {number}", slug=f"service-{number}", actor=actor)
        make_event(
            territory,
            f"Atelier {number}",
            slug=f"atelier-{number}",
            place=actor,
            dates=[EventDate(start=timezone.now() + timedelta(days=number + 1))],
        )
    return territory


@pytest.fixture
def read(client):
    def content(address: str) -> bytes:
        parts = urlsplit(address)
        assert not parts.netloc or parts.hostname == HOST, f"A third party: {address}"
        if parts.path.startswith(settings.STATIC_URL):
            return Path(finders.find(parts.path.removeprefix(settings.STATIC_URL))).read_bytes()
        response = client.get(address, headers={"host": HOST})
        assert response.status_code == 200, address
        return response.getvalue()

    return content


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/ar"], ids=["fr", "ar"])
def test_pages_are_under_their_budget(alpha, read, prefix):
    for address, budget in BUDGETS.items():
        html = read(f"{prefix}{address}").decode()
        weights = weigh(html, read)
        total = sum(weights.values())
        print(f"{prefix}{address}: {total / 1000:.0f} kB, {len(weights)} requests")
        assert total < budget, weights
        most = MOST_WITH_A_MAP if address == "/carte/" else MOST_REQUESTS
        assert len(weights) <= most, weights


@pytest.mark.django_db
def test_only_the_font_of_the_page_is_asked_for_before_the_style_sheets(alpha, read):
    for prefix, font in (("", "readex-latin"), ("/ar", "readex-arabic")):
        asked = Parts(read(f"{prefix}/").decode()).found
        assert [font in address for address in asked if "woff2" in address] == [True]
