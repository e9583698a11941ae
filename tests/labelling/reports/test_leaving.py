"""What leaves with a territory, what is erased, and what is forgotten after a time."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from labelling.models import Report
from labelling.reports.archive import PARTS
from labelling.reports.forgetting import forget_who_reported
from labelling.reports.receiving import keep_report

pytestmark = pytest.mark.django_db
[PART] = PARTS


@pytest.fixture
def filled(first, later, mandatory):
    keep_report(
        report=first,
        figures={"reached": 42, "young": 0},
        words={"signed": "Léa", "worked": "Bien", "criteria_held": [mandatory[0].pk]},
    )
    return first


def test_reports_come_back_with_their_figures_and_stand_again(alpha, filled, label, mandatory):
    rows = list(PART.export(alpha))
    assert {row["label"] for row in rows} == {label.number}
    assert PART.personal == ("signed",)
    anonymous = [{**row, "signed": ""} for row in rows]
    assert PART.erase(alpha) == 2
    for _time in range(2):
        PART.restore(alpha, anonymous)
    back = Report.objects.get(moment="just_after")
    assert (back.reached, back.young, back.women) == (42, 0, None)
    assert back.stands and back.received_at == filled.received_at and back.signed == ""
    assert back.criteria_held == [mandatory[0].pk]
    assert Report.objects.count() == 2
    assert Report.objects.get(moment="later").criteria_held is None
    Report.objects.filter(pk=back.pk).update(criteria_held=[])
    rows = list(PART.export(alpha))
    PART.erase(alpha)
    PART.restore(alpha, rows)
    assert Report.objects.get(moment="just_after").criteria_held == []


def test_reports_of_unknown_labels_are_left_out(alpha, filled, label):
    rows = list(PART.export(alpha))
    label.delete()
    PART.restore(alpha, rows)
    assert not Report.objects.exists()


def test_names_and_photos_go_after_two_years_and_figures_stay(
    filled, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    photo = filled.photos.create(is_agreed=True)
    photo.file.save("photo.jpg", ContentFile(b"x"))
    forget_who_reported()
    filled.refresh_from_db()
    assert filled.signed == "Léa"
    with (
        time_machine.travel(timezone.now() + timedelta(days=740)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        forget_who_reported()
    filled.refresh_from_db()
    assert filled.signed == "" and filled.reached == 42 and not filled.photos.exists()
    assert not photo.file.storage.exists(photo.file.name)
