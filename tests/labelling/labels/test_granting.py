"""The rules of the label: all that is mandatory, one number each, the time of the event."""

from datetime import date, timedelta

import pytest
from agenda_factories import make_actor, make_event
from alone import seen_by
from django.core.exceptions import ValidationError
from django.utils import timezone
from factories import make_content_page, make_territory

from agenda.models import EventDate
from labelling.labels import granting
from labelling.labels.granting import grant_label, withdraw_label
from labelling.models import CriteriaGrid, Label
from territories.plugins.marks import marks_changed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_each_missing_mandatory_criterion_refuses_the_label_by_name(
    alpha, grid, mandatory, optional
):
    event = make_event(alpha)
    for missing in mandatory:
        met = [one for one in mandatory if one != missing] + optional
        with pytest.raises(ValidationError) as refused:
            grant_label(page=event, grid=grid, criteria=met)
        sentence = " ".join(refused.value.messages)
        assert missing.name in sentence
        assert not [one for one in met if one.name in sentence]
    assert not Label.objects.exists()


def test_the_criteria_are_those_of_the_grid(alpha, grid, mandatory):
    other = CriteriaGrid.objects.create(name="Autre", version="x", published_on=TODAY)
    foreign = other.criteria.create(kind="optional", number=1, name="Ailleurs", question="?")
    with pytest.raises(ValidationError, match="ne fait pas partie"):
        grant_label(page=make_event(alpha), grid=grid, criteria=[*mandatory, foreign])


def test_a_draft_grid_judges_nothing(alpha):
    draft = CriteriaGrid.objects.create(name="Brouillon", version="x")
    with pytest.raises(ValidationError, match="pas encore publiée"):
        grant_label(page=make_event(alpha), grid=draft, criteria=[])


def test_only_what_people_come_to_bears_the_label(alpha, grid, mandatory):
    with pytest.raises(ValidationError, match="d’un territoire reçoivent"):
        grant_label(page=make_content_page(alpha), grid=grid, criteria=mandatory)


def test_an_event_bears_one_label_at_a_time_and_may_get_another_later(alpha, give):
    event = make_event(alpha)
    label = give(event)
    with pytest.raises(ValidationError, match="déjà un label"):
        give(event)
    withdraw_label(label=label, reasons="Le rendez-vous est devenu payant.")
    assert give(event).number != label.number


def test_withdrawing_needs_a_reason_that_is_kept(alpha, give):
    label = give(make_event(alpha))
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        withdraw_label(label=label, reasons="  ")
    withdraw_label(label=label, reasons="Devenu payant.")
    label.refresh_from_db()
    assert label.withdrawn_on == timezone.localdate()
    assert label.withdrawal_reasons == "Devenu payant."
    assert not Label.objects.active().exists()


class TestNumbers:
    def test_initials_year_and_rank(self, give):
        mirail = make_territory("grand-mirail", plugins=["labelling"])
        numbers = [
            give(make_event(mirail, f"Atelier {rank}"), granted_on=TODAY).number
            for rank in range(3)
        ]
        assert numbers == ["GM-2026-001", "GM-2026-002", "GM-2026-003"]
        later = give(make_actor(mirail), granted_on=date(2027, 1, 2))
        assert later.number == "GM-2027-001"

    def test_same_initials_share_one_sequence(self, give):
        for slug in ("grand-mirail", "grands-murs"):
            give(make_event(make_territory(slug, plugins=["labelling"])), granted_on=TODAY)
        assert list(Label.objects.order_by("number").values_list("number", flat=True)) == [
            "GM-2026-001",
            "GM-2026-002",
        ]

    def test_a_number_may_be_given_once(self, alpha, give):
        assert give(make_event(alpha), number="PAPIER-7").number == "PAPIER-7"
        with pytest.raises(ValidationError, match="PAPIER-7 est déjà pris"):
            give(make_event(alpha, "Autre"), number="PAPIER-7")

    def test_a_number_taken_a_moment_ago_is_not_an_error(self, alpha, give, monkeypatch):
        taken = give(make_event(alpha)).number
        real, asked = granting.next_number, []

        def late(territory, on):
            asked.append(on)
            return taken if len(asked) < 3 else real(territory, on)

        monkeypatch.setattr(granting, "next_number", late)
        assert give(make_event(alpha, "Autre")).number != taken
        assert len(asked) == 3

    @pytest.mark.slow
    def test_eight_threads_label_together_and_every_number_is_its_own(self, root, tmp_path):
        script = root / "tests" / "labelling" / "labels" / "label_together.py"
        seen, _errors = seen_by(script, tmp_path)
        assert seen["errors"] == []
        assert sorted(seen["numbers"]) == [f"A-2026-{rank:03d}" for rank in range(1, 25)]


def test_what_copies_the_mark_is_told_of_each_step(alpha, give):
    told = []

    def listen(sender, pages, **kwargs):
        told.append(list(pages))

    marks_changed.connect(listen)
    try:
        event = make_event(alpha, dates=[EventDate(start=timezone.now() - timedelta(days=2))])
        label = give(event, granted_on=timezone.localdate() - timedelta(days=9))
        from labelling.labels.keeping import announce_expired_labels

        announce_expired_labels()
        withdraw_label(label=label, reasons="Erreur.")
    finally:
        marks_changed.disconnect(listen)
    assert told == [[event.pk]] * 3
