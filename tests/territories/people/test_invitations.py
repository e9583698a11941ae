"""Somebody is invited by mail, accepts once, and nobody else learns whether they had an account."""

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.utils import timezone
from factories import make_member
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territories.links.links import make_link
from territories.people.invitations import LASTS, accept, invite, send_again, withdraw
from territories.people.members import members_of
from territories.people.models import Invitation
from territories.people.signals import joined
from territories.tenancy.roles import roles_of

from .conftest import HOST, link_in

pytestmark = pytest.mark.django_db
GOOD = "un-bon-mot-de-passe"
NEWCOMER = {
    "first_name": "Anne",
    "last_name": "Martin",
    "new_password1": GOOD,
    "new_password2": GOOD,
}


def invited(territory, email="anne@ville.example", roles=("editor",), **more) -> Invitation:
    return invite(territory=territory, email=email, roles=roles, invited_by=None, **more)


def page_of(invitation) -> str:
    return f"/admin/invitation/{invitation.token}/"


def groups_of(user) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_the_mail_says_who_invites_where_as_what_until_when_and_holds_the_link(alpha, mailed):
    coordinator = make_member(alpha)
    coordinator.first_name, coordinator.last_name = "Zoé", "Petit"
    coordinator.save()
    [message] = mailed(
        invite,
        territory=alpha,
        email=" Anne@Ville.example ",
        roles=["editor", "coordinator"],
        invited_by=coordinator,
        first_name="Anne",
    )
    assert message.to == ["anne@ville.example"]
    assert message.from_email.endswith("<ne-pas-repondre@localhost>")
    invitation = Invitation.objects.get()
    assert link_in(message) == page_of(invitation)
    for body in (message.body, message.alternatives[0][0]):
        for said in ("Bonjour Anne", "Zoé Petit", "Alpha", "coordination, rédaction"):
            assert said in body, said
        assert str(invitation.expires_at.year) in body


def test_a_newcomer_chooses_a_password_and_is_inside(client, alpha):
    invitation = invited(alpha, first_name="Anne")
    page = client.get(page_of(invitation), headers=HOST)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert "Anne" in page.content.decode() and "anne@ville.example" in page.content.decode()
    answer = client.post(page_of(invitation), NEWCOMER, headers=HOST, follow=True)
    assert answer.redirect_chain[-1] == ("/admin/", 302) and answer.status_code == 200
    user = User.objects.get()
    assert (user.username, user.email) == ("anne@ville.example", "anne@ville.example")
    assert user.check_password(GOOD) and not user.is_superuser and not user.is_staff
    assert groups_of(user) == {"alpha: editor"}


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("court-12345", "court-12345", "au minimum 12 caractères"),
        ("123456789012", "123456789012", "entièrement numérique"),
        (GOOD, "un-autre-mot-de-passe", "ne correspondent pas"),
        ("anne@ville.example", "anne@ville.example", "trop semblable"),
    ],
)
def test_a_weak_password_is_refused_in_french_and_the_link_still_works(
    client, alpha, password, again, sentence
):
    invitation = invited(alpha)
    form = NEWCOMER | {"new_password1": password, "new_password2": again}
    answer = client.post(page_of(invitation), form, headers=HOST)
    assert answer.status_code == 200 and sentence in str(answer.context["form"].errors)
    assert 'value="Martin"' in answer.content.decode()
    assert not User.objects.exists()
    assert client.get(page_of(invitation), headers=HOST).status_code == 200


def test_whoever_has_an_account_says_its_password_and_keeps_it(client, alpha, beta):
    user = make_member(beta, "editor", username="anne@ville.example")
    invitation = invited(alpha)
    wrong = client.post(page_of(invitation), {"password": "faux"}, headers=HOST)
    assert wrong.status_code == 200 and "Ce n’est pas le mot de passe" in wrong.content.decode()
    # Fields of the other form change nothing.
    client.post(page_of(invitation), NEWCOMER, headers=HOST)
    user.refresh_from_db()
    assert user.check_password("secret") and groups_of(user) == {"beta: editor"}
    answer = client.post(page_of(invitation), {"password": "secret"}, headers=HOST)
    assert answer["Location"] == "/admin/"
    assert groups_of(user) == {"beta: editor", "alpha: editor"}
    assert client.session["_auth_user_id"] == str(user.pk)


def test_whoever_is_logged_in_has_only_to_accept(client, alpha, beta):
    user = make_member(beta, "editor", username="anne")
    User.objects.filter(pk=user.pk).update(email="Anne@ville.example")
    client.force_login(user)
    invitation = invited(alpha)
    page = client.get(page_of(invitation), headers=HOST)
    assert page.status_code == 200 and "password" not in page.context["form"].fields
    client.post(page_of(invitation), headers=HOST)
    assert groups_of(user) == {"beta: editor", "alpha: editor"}


def test_another_persons_session_takes_nothing_of_the_invitation(client, alpha, beta):
    stranger = make_member(beta, username="stranger")
    client.force_login(stranger)
    invitation = invited(alpha)
    client.post(page_of(invitation), headers=HOST)
    assert groups_of(stranger) == {"beta: coordinator"}
    client.post(page_of(invitation), NEWCOMER, headers=HOST)
    anne = User.objects.get(username="anne@ville.example")
    assert groups_of(stranger) == {"beta: coordinator"} and groups_of(anne) == {"alpha: editor"}
    assert client.session["_auth_user_id"] == str(anne.pk)


def test_an_account_made_without_a_password_takes_the_one_of_its_holder(client, alpha):
    user = User.objects.create_user("anne@ville.example")
    client.post(page_of(invited(alpha)), NEWCOMER, headers=HOST)
    user.refresh_from_db()
    assert user.check_password(GOOD) and groups_of(user) == {"alpha: editor"}


def test_looking_uses_nothing_up_and_accepting_does(client, alpha):
    invitation = invited(alpha)
    for _time in range(3):
        assert client.get(page_of(invitation), headers=HOST).status_code == 200
    client.post(page_of(invitation), NEWCOMER, headers=HOST)
    for method in (client.get, client.post):
        answer = method(page_of(invitation), headers=HOST)
        assert answer.status_code == 410 and "déjà servi" in answer.content.decode()


def test_expired_withdrawn_replaced_and_forged_links_say_so(client, alpha, mailed):
    old = invited(alpha)
    [message] = mailed(send_again, invitation=old, sent_by=make_member(alpha))
    assert client.get(page_of(old), headers=HOST).status_code == 410
    new = Invitation.objects.waiting(alpha).get()
    assert link_in(message) == page_of(new)
    with time_machine.travel(timezone.now() + LASTS, tick=False):
        answer = client.post(page_of(new), NEWCOMER, headers=HOST)
        assert answer.status_code == 410 and "n’est plus valable" in answer.content.decode()
    withdraw(invitation=new, withdrawn_by=make_member(alpha, "editor"))
    answer = client.get(page_of(new), headers=HOST)
    assert answer.status_code == 410 and "retiré" in answer.content.decode()
    for token in ("x", f"{new.pk.hex}~forged", new.token[:-1]):
        answer = client.get(f"/admin/invitation/{token}/", headers=HOST)
        assert answer.status_code == 404 and "n’est pas complet" in answer.content.decode()
    assert not User.objects.filter(username="anne@ville.example").exists()


def test_a_link_for_another_purpose_opens_no_invitation(client, alpha):
    link = make_link(
        purpose="sheet", territory=alpha, payload={"roles": ["coordinator"]}, lasts=LASTS
    )
    assert client.get(f"/admin/invitation/{link.token}/", headers=HOST).status_code == 404


def test_an_invitation_is_for_the_portals_host_alone(client, alpha):
    answer = client.get(page_of(invited(alpha)), headers={"host": "alpha.localhost"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("email", "roles", "sentence"),
    [
        ("anne", ["editor"], "n’est pas une adresse e-mail"),
        ("a" * 150 + "@ville.example", ["editor"], "n’est pas une adresse e-mail"),
        ("anne@ville.example", [], "au moins un rôle"),
        ("anne@ville.example", ["team"], "au moins un rôle"),
        ("anne@ville.example", ["editor", "team"], "au moins un rôle"),
    ],
)
def test_what_cannot_be_invited_is_said_and_nothing_is_sent(alpha, email, roles, sentence, mailed):
    with pytest.raises(ValidationError, match=sentence):
        invited(alpha, email, roles)
    assert not Invitation.objects.exists()


def test_an_invitation_that_waits_or_a_member_is_not_invited_twice(alpha, beta):
    invited(alpha)
    with pytest.raises(ValidationError, match="attend déjà"):
        invited(alpha, "ANNE@ville.example")
    invited(beta)
    make_member(alpha, username="zoe@ville.example")
    with pytest.raises(ValidationError, match="fait déjà partie"):
        invited(alpha, "zoe@ville.example")
    # A member of another territory is nobody here.
    assert invited(beta, "zoe@ville.example")
    with time_machine.travel(timezone.now() + LASTS, tick=False):
        assert invited(alpha)
        assert Invitation.objects.waiting(alpha).count() == 1


def test_a_plugin_finds_again_what_its_invitation_carried(alpha):
    heard = []

    def hear(**said):
        heard.append((said["territory"], said["user"], said["roles"], said["payload"]))

    joined.connect(hear)
    try:
        invitation = invited(alpha, payload={"actor": 7})
        user = User.objects.create_user("anne@ville.example")
        accept(token=invitation.token, user=user)
    finally:
        joined.disconnect(hear)
    assert heard == [(alpha, user, ["editor"], {"actor": 7})]


def test_the_national_team_is_joined_in_the_same_way(client, alpha):
    invitation = invited(None, roles=["team"])
    assert "équipe nationale" in client.get(page_of(invitation), headers=HOST).content.decode()
    client.post(page_of(invitation), NEWCOMER, headers=HOST)
    assert groups_of(User.objects.get()) == {"national: team"}


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_the_roles_of_an_invitation_are_the_groups_one_gets_and_no_other(alpha, beta, data):
    """Whatever the roles, and whatever one had before, in this territory or another."""
    codes = st.sets(st.sampled_from(sorted(roles_of(alpha))))
    roles, had = data.draw(codes.filter(bool)), data.draw(codes)
    email = f"{User.objects.count()}@ville.example"
    user = User.objects.create_user(email)
    user.groups.add(*Group.objects.filter(name__in=[f"beta: {code}" for code in had]))
    accept(token=invited(alpha, email, roles).token, user=user)
    assert groups_of(user) == {f"alpha: {code}" for code in roles} | {
        f"beta: {code}" for code in had
    }
    assert members_of(alpha).filter(pk=user.pk).exists()
