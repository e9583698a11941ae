"""Opening hours as producers of data·inclusion write them: ours, and the samples."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from resources_directory.hours.checking import check_hours
from resources_directory.hours.sheet import hours_sheet
from resources_directory.hours.structured import specifications

ALIKE = [
    "Mo-Fr 09:00-18:00",
    'Mo-Fr 08:30-12:30 open "Sans rendez-vous"; PH off',
    'Mo 09:00-12:00,14:00-17:30"Sans rendez-vous";Tu 09:00-12:00; PH off',
    "Mo,We 14:00-18:00",
]


def written_in(found):
    """Whatever stands under a name of hours, however deep."""
    if isinstance(found, dict):
        for name, value in found.items():
            if name.startswith("horaires") and isinstance(value, str):
                yield value
            else:
                yield from written_in(value)
    elif isinstance(found, list):
        for value in found:
            yield from written_in(value)


def tell(text):
    # A Tuesday without any holiday near.
    now = datetime.fromisoformat("2026-11-17 10:00")
    found = hours_sheet(text, [], now)
    specifications(text, now.date())
    return found


@pytest.mark.parametrize("text", ALIKE)
def test_real_hours_have_a_table_and_a_state(text):
    check_hours(text)
    found = tell(text)
    assert len(found["tables"][0].lines) == 7 and found["state"] is not None


@pytest.mark.shared
def test_the_hours_of_the_samples_are_told_or_shown_as_they_were_written(shared):
    files: list[Path] = sorted((shared / "data" / "data-inclusion-samples").glob("*.json"))
    texts = {text for file in files for text in written_in(json.loads(file.read_text()))}
    assert texts
    for text in texts:
        found = tell(text)
        assert found["tables"] or found["hours_as_written"]
    assert sum(bool(tell(text)["tables"]) for text in texts) >= 4
