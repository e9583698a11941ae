"""Calls for projects: their state comes from their dates, on the clock of the territory."""

from datetime import UTC, datetime, timedelta

import pytest
from cooperation_factories import make_call
from django.utils import timezone
from django.utils.translation import override

from cooperation.calls import deadline_words
from cooperation.models import CallForProjectsPage, State
from cooperation.models.calls import GRACE
from territories.models import Territory

SECOND = timedelta(seconds=1)
OPENS = datetime(2026, 3, 1, 8, tzinfo=UTC)
CLOSES = datetime(2026, 3, 29, 10, tzinfo=UTC)


def a_call(zone="Europe/Paris", **fields):
    call = CallForProjectsPage(**{"opens_at": OPENS, "closes_at": CLOSES, **fields})
    call.territory = Territory(time_zone=zone)
    return call


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - SECOND, State.TO_COME),
        (OPENS, State.OPEN),
        (CLOSES - SECOND, State.OPEN),
        (CLOSES, State.CLOSED),
    ],
)
def test_the_state_changes_at_the_very_second(now, state):
    assert a_call().state(now) == state


def test_results_show_once_it_is_closed_and_not_before():
    call = a_call(results="<p>Trois projets.</p>")
    assert call.state(CLOSES - SECOND) == State.OPEN
    assert call.state(CLOSES) == State.RESULTS


@pytest.mark.parametrize(
    ("begun", "sent", "is_taken"),
    [
        (CLOSES - SECOND, CLOSES - SECOND, True),
        (CLOSES - SECOND, CLOSES + GRACE - SECOND, True),
        (CLOSES - SECOND, CLOSES + GRACE, False),
        (CLOSES, CLOSES, False),
        (OPENS - SECOND, OPENS - SECOND, False),
        (OPENS, OPENS, True),
    ],
)
def test_whoever_was_writing_at_the_deadline_may_finish(begun, sent, is_taken):
    assert a_call().takes_answer(begun_at=begun, now=sent) is is_taken


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        # The clocks of Paris went on by an hour that night; those of La Réunion never do.
        ("Europe/Paris", "Jusqu’au dimanche 29 mars 2026 à 12 h : encore 2 jours"),
        ("Indian/Reunion", "Jusqu’au dimanche 29 mars 2026 à 14 h : encore 2 jours"),
        ("America/Martinique", "Jusqu’au dimanche 29 mars 2026 à 6 h : encore 2 jours"),
    ],
)
def test_the_deadline_is_said_in_the_time_of_the_territory(zone, words):
    now = datetime(2026, 3, 27, 12, tzinfo=UTC)
    assert deadline_words(a_call(zone), now) == words


def test_days_are_those_of_the_calendar_there():
    # 23:30 on the 27th in Paris, half past one on the 28th in La Réunion.
    now = datetime(2026, 3, 27, 22, 30, tzinfo=UTC)
    assert deadline_words(a_call(), now).endswith("encore 2 jours")
    assert deadline_words(a_call("Indian/Reunion"), now).endswith("c’est demain")
    assert deadline_words(a_call(), CLOSES - SECOND).endswith("c’est aujourd’hui")


def test_midnight_is_said():
    call = a_call(closes_at=datetime(2026, 3, 31, 22, tzinfo=UTC))
    assert "mercredi 1er avril 2026 à 0 h" in deadline_words(call, OPENS)


def test_it_is_said_in_english_too():
    with override("en"):
        assert "29 March 2026" in deadline_words(a_call(), OPENS)


@pytest.mark.django_db
class TestList:
    def test_open_calls_come_first_the_most_urgent_at_the_top(self, alpha, read):
        now = timezone.now()
        day = timedelta(days=1)
        for title, opens, closes in (
            ("Fermé hier", -20, -1),
            ("Fermé il y a longtemps", -90, -60),
            ("À venir", 5, 30),
            ("Ferme tard", -3, 40),
            ("Ferme tôt", -3, 2),
        ):
            make_call(alpha, title, opens_at=now + opens * day, closes_at=now + closes * day)
        shown = read("/appels-a-projets/")
        order = ["Ferme tôt", "Ferme tard", "À venir", "Fermé hier", "Fermé il y a longtemps"]
        places = [shown.index(f">{title}<") for title in order]
        assert places == sorted(places)
        assert "encore 2 jours" in shown

    def test_a_closed_call_leads_to_no_form(self, alpha, read):
        now = timezone.now()
        make_call(alpha)
        make_call(alpha, "Fermé", opens_at=now - timedelta(9), closes_at=now - timedelta(1))
        assert "coup-de-pouce/repondre/" in read("/appels-a-projets/coup-de-pouce/")
        assert "repondre/" not in read("/appels-a-projets/ferme/")

    def test_strangers_and_drafts(self, alpha, beta, read):
        make_call(alpha)
        make_call(alpha, "Brouillon", published=False)
        assert "Coup de pouce" not in read("/appels-a-projets/", "beta.localhost")
        assert "Brouillon" not in read("/appels-a-projets/")
        read("/appels-a-projets/brouillon/repondre/", status=404)
        read("/appels-a-projets/coup-de-pouce/repondre/", "beta.localhost", status=404)

    def test_the_professionals_find_it_at_the_foot_and_the_menu_stays_short(self, alpha, read):
        shown = read("/")
        menu, foot = shown.split("<main", 1)[0], shown.rsplit("<footer", 1)[1]
        assert "/appels-a-projets/" not in menu
        assert "/actions/" in menu
        for slug in ("appels-a-projets", "groupes-de-travail", "formations-professionnels"):
            assert f'href="/{slug}/"' in foot
        assert 'href="/en/partenaires/"' in read("/en/")
