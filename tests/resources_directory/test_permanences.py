"""Dated permanences are typed one a line, as people write them."""

import pytest
from django.core.exceptions import ValidationError

from resources_directory.permanences import PermanencesField, PermanencesInput, permanences

TYPED = """
jeudi 10/12/2026 de 9 h à 12 h 30
2026-12-03 14:00-16:00
17/12/2026, 9h-12h

24/12/2026
31/12/2026 14h
"""
LINES = [
    "03/12/2026 14:00-16:00",
    "10/12/2026 09:00-12:30",
    "17/12/2026 09:00-12:00",
    "24/12/2026",
    "31/12/2026 14:00",
]


def test_people_type_them_in_their_own_way():
    field = PermanencesInput()
    kept = field.clean(TYPED)
    assert [one.line for one in permanences(kept)] == LINES
    # What is shown again says the same.
    assert field.prepare_value(kept).splitlines() == LINES
    assert not field.has_changed(kept, "\n".join(LINES))


@pytest.mark.parametrize(
    "line", ["demain 9:00", "31/02/2026", "10/12/2026 9-12", "10/12/2026 25:00", "10/12/26"]
)
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(ValidationError) as refused:
        PermanencesInput().clean(f"03/12/2026\n{line}")
    assert f"« {line} »" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("10/12/2026 12:00-9:00", "10/12/2026 12:00-09:00 : la fin vient après le début."),
        ("10/12/2026 9:00-9:00", "la fin vient après le début"),
    ],
)
def test_hours_that_go_backwards_are_refused(typed, words):
    with pytest.raises(ValidationError, match=words):
        PermanencesField().clean(PermanencesInput().clean(typed), None)


@pytest.mark.parametrize("value", ["x", [1], [{"day": "x"}], [{"day": "2026-12-10"}], None])
def test_what_is_no_list_of_days_is_refused(value):
    with pytest.raises(ValidationError):
        PermanencesField().to_python(value)
