"""The figures of the label in a letter: those of the public page, masked as they are there."""

from datetime import date

import pytest
from agenda_factories import make_event
from django.db import connection
from django.test.utils import CaptureQueriesContext
from report_rows import write_labels, write_reports

from labelling.figures.block import LabelFiguresBlock
from labelling.figures.board import public_board
from territories.blocks.mail import render_mail

pytestmark = pytest.mark.django_db
BLOCK = LabelFiguresBlock()


def fill(territory, *said):
    event = make_event(territory, f"Forum de {territory.name}")
    days = [date(2026, rank + 1, 3) for rank in range(len(said))]
    write_reports(write_labels(territory, [event] * len(said), days=days), said)


def shown(territory, **value):
    value = BLOCK.to_python({"title": "Le label", "year": 2026, **value})
    return BLOCK.get_context(value, {"territory": territory})["shown"]


def test_people_are_rounded_as_in_public_and_labels_are_not(alpha, beta):
    fill(alpha, {"reached": 213, "hired": 3}, {"reached": 41}, {"women": 2})
    fill(beta, {"reached": 999})
    found = shown(alpha)
    public = public_board(
        [alpha], {"annee": "2026"}, territory=alpha, today=date(2026, 11, 26), base="/"
    )
    labels, came, retained = (one["number"] for one in found["figures"])
    assert [labels, came, retained] == [one.number for one in public.headlines[:3]]
    assert (came, retained) == ("255", "moins de 5")
    assert found["reports"] == 3
    assert "2026" in found["note"] and "arrondis" in found["note"]


def test_what_nobody_knows_is_not_zero(alpha):
    fill(alpha, {"women": 2})
    value = BLOCK.to_python({"title": "Le label", "year": 2026})
    page = BLOCK.render(value, {"territory": alpha})
    mail = render_mail(BLOCK, value, {"territory": alpha, "request": None})
    assert "Inconnu" in page and "Inconnu" in mail and "(1 bilan)" in mail


def test_a_year_without_labels_shows_nothing(alpha):
    fill(alpha, {"reached": 213})
    value = BLOCK.to_python({"title": "Le label", "year": 2024})
    assert BLOCK.render(value, {"territory": alpha}).strip() == ""
    assert render_mail(BLOCK, value, {"territory": alpha, "request": None}).strip() == ""


def test_it_takes_two_queries_and_the_portal_adds_all_up(alpha, beta):
    fill(alpha, {"reached": 213})
    fill(beta, {"reached": 100})
    assert shown(None)["figures"][1]["number"] == "315"
    with CaptureQueriesContext(connection) as captured:
        shown(alpha)
    assert len(captured) == 2
