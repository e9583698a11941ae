"""The portal lists the pages of all territories: each is marked as its own territory says."""

from dataclasses import replace

import pytest
from django.db.models import Count, Value
from factories import make_content_page, make_territory
from sample_plugin.marks import MARKS
from sample_plugin.models import Pin

from territories.models import ContentPage, Territory
from territories.pages.listing import Listing
from territories.plugins import marks, registry
from territories.plugins.contributions import Facet
from territories.plugins.switching import switch_off, switch_on

pytestmark = pytest.mark.django_db


def notes(queryset):
    return queryset.filter(title__startswith="Note")


def note_rows(queryset):
    words = {
        name: Value(value)
        for name, value in (("value", "oui"), ("label", "Notées"), ("position", 0))
    }
    return notes(queryset).order_by().values(**words).annotate(number=Count("pk"))


def note_facet(name, **fields):
    return Facet(
        name,
        "Notes",
        "territories.ContentPage",
        lambda queryset: [("oui", "Notées", number)] if (number := notes(queryset).count()) else [],
        lambda queryset, values: notes(queryset) if "oui" in values else queryset,
        **fields,
    )


@pytest.fixture(params=["sample_plugin", "labelling"])
def plugin(request, monkeypatch):
    """Marks and narrows pages that are not its own: those with a pin, titled « Note … »."""
    mark = replace(MARKS[0], on="territories.ContentPage", facet=note_facet("marque"))
    found = {
        "MARKS": [mark],
        "FACETS": [note_facet("choix"), note_facet("rangs", rows=note_rows)],
    }
    monkeypatch.setattr(
        marks,
        "contributions",
        lambda kind: [registry.Contribution(request.param, item) for item in found[kind]],
    )
    return request.param


@pytest.fixture
def alpha(plugin):
    return make_noted("alpha")


@pytest.fixture
def beta(plugin):
    return make_noted("beta")


def make_noted(slug):
    territory = make_territory(slug)
    make_content_page(territory, f"Bal {slug}")
    page = make_content_page(territory, f"Note {slug}")
    Pin.objects.create(territory=territory, page=page, words="Épinglé")
    return territory


def seen(rf, territory=None, **parameters):
    """The titles in order, those that bear the badge with a star; the counts of the facets."""
    request = rf.get("/", parameters)
    request.territory = territory
    pages = ContentPage.objects.findable().in_territory(territory)
    listing = Listing(request, pages, ordering=["title"])
    titles = [f"{page.title}{' *' * len(page.badges)}" for page in listing.items]
    counts = {shown.facet.name: shown.choices[0].count for shown in listing.facets}
    return titles, counts


def fresh(territory):
    return Territory.objects.get(pk=territory.pk)


def test_open_everywhere_all_are_marked(rf, alpha, beta):
    titles, counts = seen(rf)
    assert titles == ["Note alpha *", "Note beta *", "Bal alpha", "Bal beta"]
    assert counts == {"marque": 2, "choix": 2, "rangs": 2}


def test_pages_of_a_territory_that_closed_the_plugin_bear_nothing(rf, plugin, alpha, beta):
    switch_off(territory=alpha, plugin=plugin)
    titles, counts = seen(rf)
    assert titles == ["Note beta *", "Bal alpha", "Bal beta", "Note alpha"]
    assert counts == {"marque": 1, "choix": 1, "rangs": 1}
    for name in counts:
        assert seen(rf, **{name: "oui"})[0] == ["Note beta *"]
        assert seen(rf, **{name: "non"})[0] == titles, "an unknown value is ignored"
    assert seen(rf, fresh(beta))[1] == counts
    assert seen(rf, fresh(alpha)) == (["Bal alpha", "Note alpha"], {})


def test_closed_everywhere_nothing_of_it_is_left(rf, plugin, alpha, beta):
    for territory in (alpha, beta):
        switch_off(territory=territory, plugin=plugin)
    assert seen(rf) == (["Bal alpha", "Bal beta", "Note alpha", "Note beta"], {})
    switch_on(territory=beta, plugin=plugin)
    assert seen(rf)[0][0] == "Note beta *"


def test_hidden_with_what_it_requires_it_marks_nothing(rf, plugin, alpha, beta):
    switch_off(territory=alpha, plugin="resources_directory")
    is_hidden = "resources_directory" in registry.requirements(plugin)
    titles, counts = seen(rf)
    assert titles[0] == ("Note beta *" if is_hidden else "Note alpha *")
    assert set(counts.values()) == {1 if is_hidden else 2}


def test_the_portals_own_pages_bear_every_mark(rf, alpha):
    page = make_content_page(None, "Note du portail")
    Pin.objects.create(territory=alpha, page=page, words="Épinglé")
    assert seen(rf)[0][:2] == ["Note alpha *", "Note du portail *"]


def test_it_costs_the_same_for_many_territories(
    rf, alpha, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as few:
        seen(rf, choix="oui")
    for number in range(4):
        make_noted(f"t{number}")
    with django_assert_num_queries(len(few)):
        seen(rf, choix="oui")
