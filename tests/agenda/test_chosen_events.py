"""Events picked by hand: those of the territory that anybody may see, past ones told as such."""

from datetime import timedelta

import pytest
from agenda_factories import make_event
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_territory

from agenda.blocks import ChosenEventsBlock, UpcomingEventsBlock
from agenda.models import EventDate, EventPage
from territories.blocks.mail import render_mail

pytestmark = pytest.mark.django_db
BLOCK = ChosenEventsBlock()


@pytest.fixture
def alpha(db):
    return make_territory("alpha", plugins=["agenda"])


@pytest.fixture
def beta(db):
    return make_territory("beta", plugins=["agenda"])


def on(days):
    return [EventDate(start=timezone.now() + timedelta(days=days))]


def value_of(*events):
    stored = BLOCK.get_prep_value(BLOCK.normalize({"title": "À voir", "events": list(events)}))
    return BLOCK.to_python(stored)


def on_page(territory, *events):
    return BLOCK.render(value_of(*events), {"territory": territory})


def in_mail(territory, *events):
    return render_mail(BLOCK, value_of(*events), {"territory": territory, "request": None})


def test_they_stand_in_the_order_in_which_they_were_chosen(alpha):
    soon, later = (
        make_event(alpha, "Bientôt", dates=on(1)),
        make_event(alpha, "Après", dates=on(9)),
    )
    make_event(alpha, "Autre chose", dates=on(2))
    for shown in (on_page(alpha, later, soon), in_mail(alpha, later, soon)):
        assert shown.index("Après") < shown.index("Bientôt")
        assert "Autre chose" not in shown


def test_another_territorys_and_what_left_the_site_do_not_show(alpha, beta):
    here, there = make_event(alpha, "Ici", dates=on(1)), make_event(beta, "Là-bas", dates=on(1))
    draft = make_event(alpha, "Brouillon", dates=on(1), published=False)
    gone = make_event(alpha, "Retiré", dates=on(1))
    gone.unpublish()
    value = value_of(here, there, draft, gone)
    erased = make_event(alpha, "Supprimé", dates=on(1))
    value["events"].append(erased)
    EventPage.objects.get(pk=erased.pk).delete()
    shown = BLOCK.render(value, {"territory": alpha})
    assert "Ici" in shown
    for title in ("Là-bas", "Brouillon", "Retiré", "Supprimé"):
        assert title not in shown
    assert [page.title for page in BLOCK.pages_told(value, {"territory": alpha})] == ["Ici"]


def test_a_cancelled_event_says_so_in_the_mailbox_too(alpha):
    event = make_event(alpha, "Le forum", dates=on(3), status="cancelled")
    for shown in (on_page(alpha, event), in_mail(alpha, event)):
        assert "Le forum" in shown and "Annulé" in shown


def test_a_past_event_stays_on_the_page_and_goes_into_no_mailbox(alpha):
    past, coming = (
        make_event(alpha, "Fini", dates=on(-3)),
        make_event(alpha, "À venir", dates=on(3)),
    )
    shown = on_page(alpha, past, coming)
    assert "Fini" in shown and shown.count("Passé") == 1
    mail = in_mail(alpha, past, coming)
    assert "À venir" in mail and "Fini" not in mail
    assert in_mail(alpha, past).strip() == ""
    assert BLOCK.pages_told(value_of(past, coming), {"territory": alpha}) == [coming]


def test_a_series_tells_its_next_date_and_not_the_first(alpha):
    event = make_event(alpha, "Le café", dates=[*on(-8), *on(2), *on(9)])
    [line] = BLOCK.get_context(value_of(event), {"territory": alpha})["lines"]
    assert line.day == (timezone.localtime() + timedelta(days=2)).date()
    assert "Passé" not in on_page(alpha, event)


@pytest.mark.parametrize("number", [1, 12])
def test_it_costs_the_same_for_one_and_for_twelve(alpha, number):
    events = [make_event(alpha, f"Atelier {rank}", dates=on(rank + 1)) for rank in range(number)]
    stored = BLOCK.get_prep_value(BLOCK.normalize({"title": "", "events": events}))
    assert len(alpha.enabled_plugins)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        value = BLOCK.to_python(stored)
    BLOCK.listed(value, {"territory": alpha})
    with CaptureQueriesContext(connection) as captured:
        assert len(BLOCK.listed(BLOCK.to_python(stored), {"territory": alpha})) == number
    assert len(captured) == 1


def test_its_form_shows_what_was_chosen_and_gives_it_back(alpha):
    event = make_event(alpha, "Le forum", dates=on(1))
    state = BLOCK.get_form_state(value_of(event))
    assert state["events"][0]["value"]["adminTitle"] == "Le forum"
    cleaned = BLOCK.clean(value_of(event))
    assert [page.pk for page in cleaned["events"]] == [event.pk]
    [reference] = BLOCK.extract_references(value_of(event))
    assert reference[1] == str(event.pk)


def test_some_may_be_left_out_of_the_list_that_makes_itself(alpha):
    block = UpcomingEventsBlock()
    told, new = make_event(alpha, "Dit", dates=on(1)), make_event(alpha, "Neuf", dates=on(2))
    value = block.leave_out({"title": "", "count": 4}, [told])
    value = block.to_python(block.get_prep_value(block.normalize(value)))
    assert block.pages_told(value, {"territory": alpha}) == [new]
