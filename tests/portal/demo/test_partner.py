"""The partner of the demo speaks for one actor, and waits for an answer."""

import pytest
from factories import make_member, make_page, make_territory

from portal.demo.partners import ACTOR, OFFERED, PARTNER, TERRITORY, make_partner
from portal.demo.reading import read
from resources_directory.models import ActorMapPage, ActorMember, ActorPage
from territories.models import JournalEntry, Proposal
from territories.proposals.deciding import apply_proposal
from territories.proposals.models import State
from territories.proposals.sheets import kind_of


@pytest.mark.django_db
def test_it_offers_one_change_once_and_none_when_somebody_has_decided():
    make_partner()
    assert not Proposal.objects.exists()
    territory = make_territory(TERRITORY, plugins=["agenda"])
    parent = ActorMapPage.objects.records().get(territory=territory)
    actor = make_page(parent, ActorPage(title="Centre social", slug=ACTOR))
    user = make_member(territory, "partner", PARTNER)
    for _again in range(2):
        make_partner()
        assert ActorMember.objects.get().actor == actor
        assert Proposal.objects.get().user == user
    said = JournalEntry.objects.count()
    apply_proposal(
        proposal=Proposal.objects.get(),
        taken=OFFERED,
        decided_by=make_member(territory),
    )
    make_partner()
    assert Proposal.objects.get().state == State.APPLIED
    assert JournalEntry.objects.count() == said + 1
    assert set(OFFERED) <= set(kind_of(actor).proposable.fields)


def test_its_actor_is_in_the_demo_with_services_and_events_and_its_words_are_new():
    content = read(TERRITORY)
    actor = next(fact for fact in content.actors if fact["slug"] == ACTOR)
    assert sum(fact["structure"] == ACTOR for fact in content.services) > 1
    assert sum(fact.get("organiser") == ACTOR for fact in content.events) > 1
    assert actor["description"] != OFFERED["description"]
    assert actor["horaires_accueil"] != OFFERED["opening_hours"]
