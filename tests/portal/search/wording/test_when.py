"""Questions of time alone."""

import pytest

from agenda.lists.periods import PRESETS
from portal.search.wording.when import PERIODS, period_alone


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("que faire ce week-end ?", "week-end"),
        ("Sorties du weekend", "week-end"),
        ("aujourd’hui", "aujourdhui"),
        ("quoi faire ce soir", "aujourdhui"),
        ("c’est quoi le programme de cette semaine", "semaine"),
        ("les événements du mois prochain", "mois-prochain"),
        ("what’s on this weekend", "week-end"),
        ("events this month", "30-jours"),
        ("ماذا نفعل اليوم", "aujourdhui"),
        ("فعاليات هذا الأسبوع", "semaine"),
    ],
)
def test_who_asks_what_takes_place_then_asks_for_a_period(question, period):
    assert period_alone(question) == period


@pytest.mark.parametrize(
    "question",
    ["", "???", "garde d’enfants le week-end", "atelier CV aujourd’hui", "semaine", "que faire"],
)
def test_who_asks_for_something_else_does_not(question):
    assert not period_alone(question)


def test_each_period_is_one_of_the_agenda():
    assert set(PERIODS.values()) <= PRESETS.keys()
