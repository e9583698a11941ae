"""One step passes on what somebody does in a territory; what they do elsewhere stays theirs."""

import pytest
from agenda_factories import make_event
from django.contrib.auth.models import User
from django.utils import timezone
from factories import home_of, make_content_page, make_member
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowState, WorkflowTask

from territories.models import JournalEntry, Territory
from territories.people.invitations import invite
from territories.people.models import Invitation
from territories.people.signals import duties_handed_over, duties_listed
from territories.tenancy.roles import role_group

from .conftest import HOST

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne(alpha, beta):
    user = make_member(alpha, username="anne@ville.example")
    user.first_name, user.last_name, user.email = "Anne", "Martin", "anne@ville.example"
    user.save()
    user.groups.add(role_group(alpha, "label-reviewer"), role_group(beta, "editor"))
    return user


@pytest.fixture
def zoe(alpha):
    user = make_member(alpha, "editor", username="zoe@ville.example")
    user.first_name, user.last_name, user.email = "Zoé", "Petit", "zoe@ville.example"
    user.save()
    return user


def page_of(territory, owner, title, **fields) -> Page:
    page = make_content_page(territory, title, published=False)
    Page.objects.filter(pk=page.pk).update(owner=owner, **fields)
    page.refresh_from_db()
    return page


def submit(territory, page, user) -> WorkflowState:
    workflow = Workflow.objects.create(name=f"Relecture {territory.slug}")
    task = GroupApprovalTask.objects.create(name=f"Relecture {territory.slug}")
    task.groups.add(role_group(territory, "coordinator"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow.start(page, user)


def locked_by(user) -> dict:
    return {"locked": True, "locked_by": user, "locked_at": timezone.now()}


@pytest.fixture
def duties(anne, alpha, beta):
    """What Anne does in Alpha, and the same in Beta."""
    found = {}
    for territory in (alpha, beta):
        page = page_of(territory, anne, f"Page de {territory.name}")
        english = home_of(territory).get_translations().first()
        Page.objects.filter(pk=english.pk).update(owner=anne)
        found[territory.slug] = {
            "page": page,
            "english": english,
            "locked": page_of(territory, None, f"Verrou {territory.name}", **locked_by(anne)),
            "event": make_event(territory, "Forum"),
            "review": submit(territory, page, anne),
            "invitation": invite(
                territory=territory,
                email="eve@ville.example",
                roles=["editor"],
                invited_by=anne,
            ),
        }
        Territory.objects.filter(pk=territory.pk).update(
            contact_name="Anne Martin", contact_email="Anne@Ville.example"
        )
    return found


def hand_over(client, anne, zoe, **more):
    form = {"successor": zoe.pk, "removes_leaver": "on", **more}
    return client.post(f"/admin/people/alpha/{anne.pk}/hand-over/", form, headers=HOST)


def test_a_summary_comes_first_and_moves_nothing(client, anne, zoe, duties):
    client.force_login(anne)
    before = list(Page.objects.values_list("pk", "owner", "locked"))
    page = client.get(f"/admin/people/alpha/{anne.pk}/hand-over/", headers=HOST)
    said = page.content.decode()
    for sentence in (
        "coordination, comité du label",
        "2 pages dont elle répond",
        "1 page en relecture",
        "1 invitation sans réponse",
        "Le contact du territoire",
        "Verrou Alpha",
        "Zoé Petit",
    ):
        assert sentence in said, sentence
    assert "Beta" not in said
    assert list(Page.objects.values_list("pk", "owner", "locked")) == before
    assert anne.groups.count() == 3


def test_everything_moves_in_one_step_and_the_leaver_is_gone(
    client, anne, zoe, duties, alpha, beta
):
    client.force_login(anne)
    answer = hand_over(client, anne, zoe)
    assert answer["Location"] == "/admin/", "Anne has nothing left to see there"
    there, elsewhere = duties["alpha"], duties["beta"]
    for things, owner, is_locked in ((there, zoe, False), (elsewhere, anne, True)):
        for name in ("page", "english"):
            assert Page.objects.get(pk=things[name].pk).owner == owner
        locked = Page.objects.get(pk=things["locked"].pk)
        assert locked.locked is is_locked and bool(locked.locked_by) is is_locked
        things["review"].refresh_from_db()
        assert things["review"].requested_by == owner
        assert things["review"].status == WorkflowState.STATUS_IN_PROGRESS
    alpha.refresh_from_db()
    beta.refresh_from_db()
    assert (alpha.contact_name, alpha.contact_email) == ("Zoé Petit", "zoe@ville.example")
    assert beta.contact_name == "Anne Martin"
    assert Invitation.objects.waiting(alpha).get().payload["invited_by"] == zoe.pk
    assert Invitation.objects.waiting(beta).get().payload["invited_by"] == anne.pk
    names = set(zoe.groups.values_list("name", flat=True))
    assert names == {"alpha: coordinator", "alpha: label-reviewer", "alpha: editor"}
    assert set(anne.groups.values_list("name", flat=True)) == {"beta: editor"}
    anne.refresh_from_db()
    assert anne.is_active
    journal = JournalEntry.objects.filter(territory=alpha)
    assert {"people.hand_over", "people.remove"} <= set(journal.values_list("action", flat=True))
    handed = journal.get(action="people.hand_over")
    assert handed.user == anne and handed.data["successor"] == "Zoé Petit"


def test_somebody_may_hand_over_and_stay(client, anne, zoe, duties):
    client.force_login(anne)
    answer = hand_over(client, anne, zoe, removes_leaver="")
    assert answer["Location"] == "/admin/people/alpha/"
    assert anne.groups.count() == 3
    assert Page.objects.get(pk=duties["alpha"]["page"].pk).owner == zoe


def test_a_contact_that_is_somebody_elses_stays(client, anne, zoe, alpha):
    Territory.objects.filter(pk=alpha.pk).update(
        contact_name="L’accueil", contact_email="accueil@ville.example"
    )
    client.force_login(anne)
    hand_over(client, anne, zoe)
    alpha.refresh_from_db()
    assert (alpha.contact_name, alpha.contact_email) == ("L’accueil", "accueil@ville.example")


@pytest.mark.parametrize("who", ["oneself", "nobody", "closed account", "stranger"])
def test_only_a_colleague_takes_over(client, anne, zoe, beta, who):
    client.force_login(anne)
    if who == "closed account":
        User.objects.filter(pk=zoe.pk).update(is_active=False)
    successor = {"oneself": anne.pk, "nobody": "", "closed account": zoe.pk,
                 "stranger": make_member(beta).pk}[who]  # fmt: skip
    answer = hand_over(client, anne, zoe, successor=successor)
    assert answer.status_code == 200
    assert "Choisissez une personne de l’équipe." in answer.content.decode()
    assert anne.groups.count() == 3


def test_whoever_is_alone_is_told_to_invite_somebody_first(client, anne):
    client.force_login(anne)
    page = client.get(f"/admin/people/alpha/{anne.pk}/hand-over/", headers=HOST)
    assert "Invitez d’abord la personne" in page.content.decode()


def test_other_rooms_hand_over_what_they_keep_or_nothing_moves(client, anne, zoe, alpha):
    heard = []

    def list_duties(leaver, **said):
        return [f"Porte-parole de la crèche, {leaver.first_name}"]

    def hand(**said):
        heard.append((said["territory"], said["leaver"], said["successor"], said["handed_over_by"]))

    def fail(**said):
        raise RuntimeError

    duties_listed.connect(list_duties)
    duties_handed_over.connect(hand)
    client.force_login(anne)
    client.raise_request_exception = False
    try:
        page = client.get(f"/admin/people/alpha/{anne.pk}/hand-over/", headers=HOST)
        assert "Porte-parole de la crèche, Anne" in page.content.decode()
        duties_handed_over.connect(fail)
        assert hand_over(client, anne, zoe).status_code == 500
        assert anne.groups.count() == 3 and zoe.groups.count() == 1
        duties_handed_over.disconnect(fail)
        heard.clear()
        hand_over(client, anne, zoe)
    finally:
        duties_listed.disconnect(list_duties)
        duties_handed_over.disconnect(hand)
        duties_handed_over.disconnect(fail)
    assert heard == [(alpha, anne, zoe, anne)]
