"""What a row knows of a page beside what the page itself says."""

import pytest
from factories import make_content_page

from portal.search import stale
from territories.models import ContentPage
from territories.places.models import Neighbourhood
from territories.plugins.contributions import Finding

pytestmark = pytest.mark.django_db


def test_a_record_is_found_by_the_name_of_its_neighbourhood(alpha, committed, titles, monkeypatch):
    commune = alpha.communes.first()
    Neighbourhood.objects.create(commune=commune, name="Pierre-Heuzé", code="QN1")
    Neighbourhood.objects.create(commune=commune, name="Bellefontaine", code="QN2")
    monkeypatch.setattr(
        stale.searchables()[ContentPage].finding,
        "__code__",
        (lambda page, record: Finding(page.title, neighbourhoods=["QN1", "unknown"])).__code__,
    )
    with committed():
        make_content_page(alpha, title="Couture")
    assert titles("couture Pierre-Heuzé", neighbourhood="QN1") == ["Couture"]
    assert titles("Pierre-Heuzé") == ["Couture"]
    assert titles("Bellefontaine") == []
