"""Labels leave with their territory, and come back."""

import json

import pytest
from agenda_factories import make_actor, make_event
from cooperation_factories import make_action
from label_factories import expire

from labelling.applying.beginning import begin_application
from labelling.labels.archive import LABELS as PART
from labelling.labels.granting import withdraw_label
from labelling.models import Application, Label

pytestmark = pytest.mark.django_db


class TestArchive:
    def test_labels_come_back_as_they_were_and_twice_is_once(self, alpha, give, optional):
        event = make_event(alpha)
        withdraw_label(label=give(event, optional[3]), reasons="Erreur.")
        give(event, optional[1], reasons="Bien préparé.")
        before = json.loads(json.dumps(list(PART.export(alpha))))
        assert PART.erase(alpha) == 2
        assert not Label.objects.exists()
        PART.restore(alpha, before)
        PART.restore(alpha, before)
        assert json.loads(json.dumps(list(PART.export(alpha)))) == before
        assert Label.objects.active().count() == 1

    def test_another_territorys_labels_are_neither_exported_nor_erased(self, alpha, beta, give):
        kept = give(make_event(beta))
        assert list(PART.export(alpha)) == []
        assert PART.erase(alpha) == 0
        rows = list(PART.export(beta))
        PART.erase(beta)
        PART.restore(alpha, rows)
        assert not Label.objects.exists(), "its event is not there"
        PART.restore(beta, rows)
        assert Label.objects.get().number == kept.number

    def test_a_renewal_comes_back_with_what_it_follows_and_what_asked_for_it(self, alpha, give):
        place = make_actor(alpha)
        former = give(place)
        expire(former)
        former.refresh_from_db()
        asked = begin_application(
            territory=alpha, subject="place", title="", page=place, language="fr", renews=former
        )
        give(place, application=asked)
        give(make_action(alpha))
        before = json.loads(json.dumps(list(PART.export(alpha))))
        PART.erase(alpha)
        PART.restore(alpha, before)
        assert json.loads(json.dumps(list(PART.export(alpha)))) == before
        later = Label.objects.get(application=asked)
        assert later.renews.number == former.number
        assert Application.objects.get().renews == later.renews
