"""« Partenaires de cette fiche »: the coordination names who speaks for an actor."""

import re

import pytest
from directory_factories import make_actor
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from factories import make_member, make_territory
from filling_forms import words_of

from resources_directory.members import add_partner
from resources_directory.models import ActorMember
from territories.models import OutgoingMail
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
PORTAL = {"host": "localhost"}


@pytest.fixture
def alpha():
    return make_territory("alpha", plugins=["agenda"])


@pytest.fixture
def actor(alpha):
    return make_actor(alpha, "Maison de quartier")


@pytest.fixture
def ask(client):
    def ask(user, actor, form=None):
        client.force_login(user)
        address = reverse("resources_directory_partners", args=[actor.pk])
        if form is None:
            return client.get(address, headers=PORTAL)
        form = {"email": "", "first_name": "", "last_name": "", **form}
        return client.post(address, form, headers=PORTAL)

    return ask


def test_somebody_of_the_territory_becomes_a_partner_at_once(ask, client, alpha, actor):
    coordinator, colleague = make_member(alpha), make_member(alpha, "editor", "alix")
    User.objects.filter(pk=colleague.pk).update(email="alix@example.org")
    client.force_login(coordinator)
    editor = client.get(f"/admin/pages/{actor.pk}/edit/", headers=PORTAL).content.decode()
    assert f"/admin/resources-directory/{actor.pk}/partners/" in editor
    assert ask(coordinator, actor, {"email": "Alix@example.org"}).status_code == 302
    assert ActorMember.objects.get().user == colleague and not OutgoingMail.objects.exists()
    assert "alix@example.org" in words_of(ask(coordinator, actor))
    address = f"/admin/pages/{actor.pk}/history/"
    history = words_of(client.get(address, headers=PORTAL))
    assert "Alix@example.org propose désormais des changements" in history


def test_anybody_else_is_invited_and_speaks_for_the_actor_on_accepting(ask, alpha, actor):
    # An account elsewhere changes nothing: that it exists is not for a coordinator to learn.
    make_member(make_territory("beta", plugins=["agenda"]), username="autre@example.org")
    coordinator = make_member(alpha)
    for email in ("autre@example.org", "nadia@example.org"):
        answer = ask(coordinator, actor, {"email": email, "first_name": "Nadia"})
        assert answer.status_code == 302
    assert not ActorMember.objects.exists()
    mail = OutgoingMail.objects.get(to="nadia@example.org")
    newcomer = Client(headers=PORTAL)
    link = re.search(r"(/admin/\S+|/\S*invit\S+)", mail.text)[1]
    form = newcomer.get(link).context["form"]
    assert form is not None
    sent = {name: "un-long-mot-de-passe-9" for name in form.fields if "password" in name}
    newcomer.post(link, sent | {"first_name": "Nadia", "last_name": "B."})
    member = ActorMember.objects.get()
    assert (member.actor, member.user.email) == (actor, "nadia@example.org")
    sheets = newcomer.get("/admin/proposals/sheets/")
    assert "Maison de quartier" in words_of(sheets)


def test_what_cannot_be_is_said_beside_the_field_and_kept(ask, alpha, actor):
    coordinator = make_member(alpha)
    ask(coordinator, actor, {"email": "nadia@example.org"})
    again = ask(coordinator, actor, {"email": "nadia@example.org", "last_name": "Benali"})
    assert "Une invitation attend déjà nadia@example.org" in words_of(again)
    assert "Benali" in again.content.decode()
    assert "adresse" in words_of(ask(coordinator, actor, {"email": "nadia"}))


def test_a_partner_is_taken_out_by_the_coordination(client, alpha, actor):
    member = add_partner(actor=actor, user=User.objects.create_user("alix"))
    other = add_partner(actor=make_actor(alpha, "Ailleurs"), user=User.objects.create_user("sacha"))
    client.force_login(make_member(alpha))

    def remove(one):
        address = reverse("resources_directory_remove_partner", args=[actor.pk, one.pk])
        return client.post(address, headers=PORTAL)

    address = reverse("resources_directory_remove_partner", args=[actor.pk, member.pk])
    assert client.get(address, headers=PORTAL).status_code == 405
    assert remove(other).status_code == 404
    assert remove(member).status_code == 302
    assert ActorMember.objects.get() == other


def test_nobody_else_names_partners(ask, client, alpha, actor):
    member = add_partner(actor=actor, user=User.objects.create_user("alix"))
    beta = make_territory("beta", plugins=["agenda"])
    strangers = [
        make_member(beta),
        make_member(alpha, "editor"),
        member.user,
    ]
    for user in strangers:
        for form in (None, {"email": "x@example.org"}):
            assert ask(user, actor, form).status_code in {302, 403, 404}, user
        address = reverse("resources_directory_remove_partner", args=[actor.pk, member.pk])
        assert client.post(address, headers=PORTAL).status_code in {302, 403, 404}
    assert ActorMember.objects.count() == 1 and not OutgoingMail.objects.exists()


def test_closed_the_plugin_names_nobody(ask, alpha, actor):
    coordinator = make_member(alpha)
    switch_off(territory=alpha, plugin="resources_directory")
    assert ask(coordinator, actor, {"email": "x@example.org"}).status_code in {302, 403, 404}
    assert not OutgoingMail.objects.exists()
