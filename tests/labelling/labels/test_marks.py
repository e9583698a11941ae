"""What the label does to the agenda: a badge, a place in front, a facet, a panel."""

import re
from datetime import timedelta

import pytest
from agenda_factories import make_actor, make_event
from cooperation_factories import make_action
from django.utils import timezone
from label_factories import expire
from wagtail.models import Locale

from agenda.models import EventDate
from labelling.labels.granting import withdraw_label
from labelling.labels.marks import badges
from labelling.models import Label
from territories.plugins.switching import switch_off, switch_on

pytestmark = pytest.mark.django_db
BADGE = "Label Cité de l’emploi"
YEAR = timedelta(days=365)


def titles(html):
    return re.findall(r'<h[23]><a href="[^"]*">([^<]*)</a>', html)


def in_days(number):
    return [EventDate(start=timezone.now() + timedelta(days=number))]


def test_many_events_have_their_badges_in_one_query(alpha, give, django_assert_num_queries):
    events = [make_event(alpha, f"Atelier {number}") for number in range(12)]
    labelled = [give(event).page_id for event in events[::4]]
    with django_assert_num_queries(1):
        found = badges([event.pk for event in events])
    assert sorted(found) == sorted(labelled)
    assert {str(badge.text) for badge in found.values()} == {BADGE}
    assert {(badge.kind, badge.icon) for badge in found.values()} == {("label", "label")}


def test_labelled_events_come_first_across_pages(alpha, give, get):
    events = [make_event(alpha, f"Atelier {day:02}", dates=in_days(day)) for day in range(1, 26)]
    for event in (events[24], events[22]):
        give(event)
    expected = ["Atelier 23", "Atelier 25", *(f"Atelier {day:02}" for day in (*range(1, 23), 24))]
    found = titles(get("/agenda/")) + titles(get("/agenda/?page=2"))
    assert found == expected


def test_expired_and_withdrawn_labels_give_neither_badge_nor_place(alpha, give, get):
    make_event(alpha, "Demain", dates=in_days(1))
    expired = make_event(alpha, "Expiré", dates=in_days(5))
    withdrawn = make_event(alpha, "Retiré", dates=in_days(6))
    expire(give(expired))
    withdraw_label(label=give(withdrawn), reasons="Erreur.")
    html = get("/agenda/")
    assert titles(html) == ["Demain", "Expiré", "Retiré"]
    assert BADGE not in html
    assert "label=oui" not in html and 'name="label"' not in html
    for event in (expired, withdrawn):
        sheet = get(f"/agenda/{event.slug}/")
        assert BADGE not in sheet and "Ce que dit le label" not in sheet


def test_the_facet_keeps_the_labelled_and_counts_them(alpha, give, get):
    make_event(alpha, "Sans")
    give(make_event(alpha, "Avec"))
    html = get("/agenda/")
    assert "Avec le label" in html and 'name="label"' in html
    assert titles(get("/agenda/?label=oui")) == ["Avec"]
    for nonsense in ("non", "%00", "x" * 3000, "oui&label=abc", ""):
        get(f"/agenda/?label={nonsense}")


def test_the_page_of_an_event_says_what_was_checked(alpha, give, get, mandatory, optional):
    event = make_event(alpha, "Le forum")
    label = give(event, optional[2], reasons="Gratuit & <b>préparé</b> à plusieurs.")
    html = get(f"/agenda/{event.slug}/")
    assert "Ce que dit le label" in html and label.number in html
    assert "valable jusqu’au" in html
    assert "Gratuit &amp; &lt;b&gt;préparé&lt;/b&gt; à plusieurs." in html
    for criterion in [*mandatory, optional[2]]:
        assert criterion.name in html
    assert optional[3].name not in html


def test_a_translation_bears_the_label_of_its_record(alpha, give, get):
    event = make_event(alpha, "Le forum")
    label = give(event)
    translation = event.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.title, translation.slug, translation.live = "The fair", "the-fair", True
    translation.save()
    html = get("/en/agenda/the-fair/")
    assert label.number in html
    assert 'class="label"' in get("/en/agenda/")


def test_closing_the_label_takes_all_of_it_away_and_leaves_the_agenda(alpha, give, get):
    make_event(alpha, "Demain", dates=in_days(1))
    event = make_event(alpha, "Plus tard", dates=in_days(9))
    give(event)
    assert titles(get("/agenda/")) == ["Plus tard", "Demain"]
    assert get("/label/")
    switch_off(territory=alpha, plugin="labelling")
    html = get("/agenda/")
    assert titles(html) == ["Demain", "Plus tard"]
    assert BADGE not in html and 'name="label"' not in html and "/label/" not in html
    assert "Ce que dit le label" not in get(f"/agenda/{event.slug}/")
    get("/label/", status=404)
    get("/open-data/labels.json", status=404)
    assert Label.objects.active().count() == 1, "nothing is deleted"
    switch_on(territory=alpha, plugin="labelling")
    assert titles(get("/agenda/")) == ["Plus tard", "Demain"]


def test_the_portal_shows_the_label_of_the_territories_that_have_it_open(alpha, beta, give, get):
    make_event(alpha, "Demain", dates=in_days(1))
    for day, territory in ((8, alpha), (9, beta)):
        give(make_event(territory, f"Forum {territory.slug}", dates=in_days(day)))

    def portal(address):
        return get(address, "localhost")

    assert titles(portal("/agenda/")) == ["Forum alpha", "Forum beta", "Demain"]
    assert portal("/agenda/").count(BADGE) == 2
    switch_off(territory=alpha, plugin="labelling")
    assert titles(portal("/agenda/")) == ["Forum beta", "Demain", "Forum alpha"]
    assert portal("/agenda/").count(BADGE) == 1
    assert titles(portal("/agenda/?label=oui")) == ["Forum beta"]
    for address in ("/", "/label/"):
        assert "Forum beta" in portal(address) and "Forum alpha" not in portal(address)
    switch_off(territory=beta, plugin="labelling")
    html = portal("/agenda/")
    assert titles(html) == ["Demain", "Forum alpha", "Forum beta"]
    assert BADGE not in html and "Avec le label" not in html
    for address in ("/", "/label/"):
        assert "Forum" not in portal(address)


def test_another_territory_shows_nothing_of_it(alpha, beta, give, get):
    event = make_event(alpha, "Le forum")
    label = give(event)
    for address in ("/agenda/", "/label/", "/open-data/labels.json"):
        html = get(address, "beta.localhost")
        assert "Le forum" not in html and label.number not in html
    assert "Le forum" in get("/agenda/", "localhost")


def test_actions_and_places_bear_it_too_first_with_badge_facet_and_panel(alpha, give, get):
    make_action(alpha, "Une action")
    make_actor(alpha, "Un lieu")
    for address, bearer in (
        ("/actions/", make_action(alpha, "Zèle", starts_on=timezone.localdate() - YEAR)),
        ("/carte/", make_actor(alpha, "Zone")),
    ):
        assert BADGE not in get(address)
        label = give(bearer)
        html = get(address)
        assert titles(html)[0] == bearer.title and html.count(BADGE) == 1
        assert titles(get(f"{address}?label=oui")) == [bearer.title]
        sheet = get(f"{address}{bearer.slug}/")
        assert "Ce que dit le label" in sheet and f'href="/label/{label.number}/"' in sheet
        assert '"@type": "Certification"' in sheet
        withdraw_label(label=label, reasons="Erreur.")
        assert BADGE not in get(address)


def test_an_action_and_a_place_bear_their_badge_under_their_title(alpha, give, get):
    def head(path):
        return get(path).split("<h1>")[1].split("</header>")[0]

    for path, page in (("/actions/", make_action(alpha)), ("/carte/", make_actor(alpha))):
        path += f"{page.slug}/"
        assert BADGE not in head(path)
        label = give(page)
        assert BADGE in head(path)
        # Outside what is in the language of the title.
        assert 'class="label"' in head(f"/en{path}").split("</div>")[1]
        expire(label)
        assert BADGE not in head(path)
