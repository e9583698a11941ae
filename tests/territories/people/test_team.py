"""The menu « Équipe »: each sees, changes and removes the people of one's own territories."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_member
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territories.people.invitations import invite
from territories.people.members import change_roles
from territories.people.models import Invitation
from territories.tenancy.roles import role_group, roles_of

from .conftest import HOST

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne(alpha):
    return make_member(alpha, username="anne@ville.example")


@pytest.fixture
def zoe(alpha):
    return make_member(alpha, "editor", username="zoe@ville.example")


@pytest.fixture
def bob(beta):
    return make_member(beta, username="bob@ville.example")


@pytest.fixture
def as_(client):
    def log_in(user):
        client.force_login(user)
        return client

    return log_in


def groups_of(user) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def get(client, path: str):
    return client.get(f"/admin/people/{path}", headers=HOST)


def post(client, path: str, form=None):
    return client.post(f"/admin/people/{path}", form or {}, headers=HOST)


def everything() -> tuple:
    return (
        sorted(User.groups.through.objects.values_list("user", "group")),
        sorted(Invitation.objects.values_list("pk", "withdrawn_at")),
        User.objects.count(),
    )


def test_a_coordinator_sees_the_members_of_its_territory_alone(as_, anne, zoe, bob, alpha, beta):
    zoe.groups.add(role_group(beta, "coordinator"))
    invite(territory=alpha, email="eve@ville.example", roles=["editor"], invited_by=anne)
    invite(territory=beta, email="max@ville.example", roles=["editor"], invited_by=bob)
    client = as_(anne)
    assert get(client, "")["Location"] == "/admin/people/alpha/"
    page = get(client, "alpha/").content.decode()
    for shown in ("anne@ville.example", "zoe@ville.example", "eve@ville.example", "jamais"):
        assert shown in page, shown
    # Neither Beta's people, nor what Alpha's do there.
    for hidden in ("bob@", "max@", "Beta", "beta"):
        assert hidden not in page, hidden
    [row] = [member for member in members_shown(client) if member.pk == zoe.pk]
    assert row.labels == ["rédaction"]


def members_shown(client):
    return get(client, "alpha/").context["members"]


def test_the_menu_is_there_for_whoever_has_a_team_to_look_after(as_, anne, zoe):
    home = as_(anne).get("/admin/", headers=HOST).content.decode()
    assert "/admin/people/" in home
    assert "/admin/people/" not in as_(zoe).get("/admin/", headers=HOST).content.decode()


PATHS = [
    "alpha/",
    "alpha/invite/",
    "alpha/{zoe}/roles/",
    "alpha/{zoe}/remove/",
    "alpha/{zoe}/hand-over/",
    "alpha/invitations/{invitation}/again/",
    "alpha/invitations/{invitation}/withdraw/",
]
FORM = {
    "email": "spy@ville.example",
    "roles": ["coordinator"],
    "removes_leaver": "on",
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["coordinator of beta", "editor of alpha", "nobody"])
def test_strangers_see_change_invite_remove_and_hand_over_nothing(
    client, anne, zoe, bob, alpha, path, who
):
    invitation = invite(
        territory=alpha, email="eve@ville.example", roles=["editor"], invited_by=anne
    )
    path = path.format(zoe=zoe.pk, invitation=invitation.pk)
    if who != "nobody":
        client.force_login(bob if "beta" in who else zoe)
    before = everything()
    for answer in (get(client, path), post(client, path, FORM | {"successor": bob.pk})):
        assert answer.status_code in ({302} if who == "nobody" else {404, 405})
        assert "zoe@" not in answer.content.decode() and "eve@" not in answer.content.decode()
    assert everything() == before


def test_a_territory_that_is_not_there_answers_as_anothers(as_, bob, alpha):
    assert get(as_(bob), "alpha/").status_code == get(as_(bob), "nowhere/").status_code == 404
    assert get(as_(bob), "national/").status_code == 404


def test_ones_own_address_does_not_reach_another_territorys_people(
    as_, anne, zoe, bob, alpha, beta
):
    """Crafted: Alpha's address with somebody, an invitation or a role of Beta's or the team's."""
    invitation = invite(territory=beta, email="m@ville.example", roles=["editor"], invited_by=bob)
    client = as_(anne)
    before = everything()
    for path in ("roles", "remove", "hand-over"):
        assert get(client, f"alpha/{bob.pk}/{path}/").status_code == 404
        form = {"roles": ["editor"], "successor": anne.pk}
        assert post(client, f"alpha/{bob.pk}/{path}/", form).status_code == 404
    for step in ("again", "withdraw"):
        assert post(client, f"alpha/invitations/{invitation.pk}/{step}/").status_code == 404
    answer = post(client, f"alpha/{zoe.pk}/hand-over/", {"successor": bob.pk})
    assert "Choisissez une personne de l’équipe." in answer.content.decode()
    for role in ("team", "national: team", "beta: editor", str(role_group(beta, "editor").pk)):
        for address in (f"alpha/{zoe.pk}/roles/", "alpha/invite/"):
            answer = post(client, address, {"roles": [role], "email": "x@ville.example"})
            assert answer.status_code == 200
            assert "Choisissez les rôles dans la liste." in answer.content.decode()
    assert everything() == before


def test_roles_change_in_this_territory_and_nowhere_else(as_, anne, zoe, alpha, beta):
    zoe.groups.add(role_group(beta, "coordinator"))
    client = as_(anne)
    page = get(client, f"alpha/{zoe.pk}/roles/")
    assert page.context["form"].initial["roles"] == ["editor"]
    form = {"roles": ["coordinator", "newsletter-editor"]}
    answer = post(client, f"alpha/{zoe.pk}/roles/", form)
    assert answer["Location"] == "/admin/people/alpha/"
    assert groups_of(zoe) == {"alpha: coordinator", "alpha: newsletter-editor", "beta: coordinator"}
    kept = post(client, f"alpha/{zoe.pk}/roles/", {})
    assert "Laissez un rôle au moins" in kept.content.decode()
    assert "alpha: coordinator" in groups_of(zoe)


def test_a_member_is_removed_and_the_account_stays(as_, anne, zoe, alpha, beta):
    zoe.groups.add(role_group(beta, "editor"))
    client = as_(anne)
    assert "zoe@ville.example" in get(client, f"alpha/{zoe.pk}/remove/").content.decode()
    assert groups_of(zoe) == {"alpha: editor", "beta: editor"}, "looking removes nobody"
    post(client, f"alpha/{zoe.pk}/remove/")
    zoe.refresh_from_db()
    assert zoe.is_active and groups_of(zoe) == {"beta: editor"}
    assert {member.pk for member in members_shown(client)} == {anne.pk}


def test_what_somebody_sent_is_withdrawn_when_they_are_removed(as_, anne, zoe, alpha, client):
    change_roles(territory=alpha, user=zoe, roles=["coordinator"], changed_by=anne)
    invitation = invite(
        territory=alpha, email="eve@ville.example", roles=["coordinator"], invited_by=zoe
    )
    post(as_(anne), f"alpha/{zoe.pk}/remove/")
    page = client.get(f"/admin/invitation/{invitation.token}/", headers=HOST)
    assert page.status_code == 410


@pytest.mark.parametrize("step", ["remove", "roles"])
def test_the_last_coordinator_does_not_leave_without_a_successor(as_, anne, zoe, alpha, step):
    client = as_(anne)
    answer = post(client, f"alpha/{anne.pk}/{step}/", {"roles": ["editor"]})
    assert answer.status_code == 200
    assert "Il ne resterait personne pour coordonner « Alpha »" in answer.content.decode()
    assert groups_of(anne) == {"alpha: coordinator"}
    # A closed account coordinates nothing.
    change_roles(territory=alpha, user=zoe, roles=["coordinator"], changed_by=anne)
    User.objects.filter(pk=zoe.pk).update(is_active=False)
    assert post(client, f"alpha/{anne.pk}/{step}/", {"roles": ["editor"]}).status_code == 200
    User.objects.filter(pk=zoe.pk).update(is_active=True)
    answer = post(client, f"alpha/{anne.pk}/{step}/", {"roles": ["editor"]})
    assert answer["Location"] == "/admin/", "the team is no longer hers to see"


def test_a_colleague_is_invited_from_the_screen(as_, anne, zoe, bob, alpha, beta):
    client = as_(anne)
    form = {"email": "Eve@Ville.example", "first_name": "Eve", "roles": ["editor"]}
    assert post(client, "alpha/invite/", form)["Location"] == "/admin/people/alpha/"
    [invitation] = Invitation.objects.waiting(alpha)
    assert (invitation.email, invitation.roles) == ("eve@ville.example", ["editor"])
    for email, sentence in (
        ("eve@ville.example", "attend déjà"),
        ("zoe@ville.example", "fait déjà partie"),
        ("eve", "n’est pas une adresse e-mail"),
        ("", "Écrivez l’adresse"),
    ):
        answer = post(client, "alpha/invite/", form | {"email": email})
        assert answer.status_code == 200
        assert sentence in str(answer.context["form"].errors["email"]), email


def test_inviting_answers_the_same_whether_the_address_has_an_account_elsewhere(
    as_, anne, bob, mailed, alpha
):
    client = as_(anne)
    said = []
    for email in ("bob@ville.example", "new@ville.example"):
        [message] = mailed(post, client, "alpha/invite/", {"email": email, "roles": ["editor"]})
        page = get(client, "alpha/").content.decode()
        said.append((page.count("sept jours"), page.count("valable jusqu’au"), message.subject))
    assert said[0][0] == said[1][0] and said[0][2] == said[1][2]
    # Bob's account is none of Alpha's before he accepts.
    assert {member.pk for member in members_shown(client)} == {anne.pk}


def test_an_invitation_is_sent_again_and_withdrawn_from_the_screen(as_, anne, alpha, mailed):
    client = as_(anne)
    first = invite(territory=alpha, email="eve@ville.example", roles=["editor"], invited_by=anne)
    [message] = mailed(post, client, f"alpha/invitations/{first.pk}/again/")
    assert message.to == ["eve@ville.example"]
    second = Invitation.objects.waiting(alpha).get()
    assert second.pk != first.pk
    assert post(client, f"alpha/invitations/{first.pk}/again/").status_code == 404
    post(client, f"alpha/invitations/{second.pk}/withdraw/")
    assert not Invitation.objects.waiting(alpha).exists()


def test_the_national_team_looks_after_the_coordination_of_every_territory(
    as_, anne, zoe, bob, alpha, beta
):
    client = as_(make_member(None, "team", username="team"))
    teams = get(client, "").content.decode()
    assert "Alpha" in teams and "Beta" in teams and "Équipe nationale" not in teams
    assert "zoe@ville.example" in get(client, "alpha/").content.decode()
    post(client, f"alpha/{zoe.pk}/roles/", {"roles": ["coordinator"]})
    assert groups_of(zoe) == {"alpha: editor", "alpha: coordinator"}
    post(client, f"alpha/{zoe.pk}/roles/", {})
    assert groups_of(zoe) == {"alpha: editor"}
    for address in (f"alpha/{zoe.pk}/roles/", "alpha/invite/"):
        answer = post(client, address, {"roles": ["label-reviewer"], "email": "x@ville.example"})
        assert "Choisissez les rôles dans la liste." in answer.content.decode()
    # It may take the last coordination away: an account may be in wrong hands.
    assert post(client, f"alpha/{anne.pk}/remove/").status_code == 302
    assert groups_of(anne) == set()


def test_the_national_team_does_not_change_itself(as_, alpha):
    client = as_(make_member(None, "team", username="team"))
    assert get(client, "national/").status_code == 404
    form = {"email": "friend@ville.example", "roles": ["team"]}
    assert post(client, "national/invite/", form).status_code == 404
    superuser = User.objects.create_superuser("root", password="secret")
    client = as_(superuser)
    assert "Équipe nationale" in get(client, "").content.decode()
    assert "team" in get(client, "national/").content.decode()
    assert post(client, "national/invite/", form).status_code == 302
    assert Invitation.objects.waiting(None).get().roles == ["team"]


def test_wagtails_own_screens_of_people_stay_closed_to_coordinators(as_, anne, zoe):
    client = as_(anne)
    for address in (
        "users/", "users/add/", f"users/{zoe.pk}/", f"users/{zoe.pk}/delete/", "groups/",
        "groups/new/",
    ):  # fmt: skip
        answer = client.post(f"/admin/{address}", {"is_superuser": "on"}, headers=HOST)
        assert answer.status_code in {302, 403, 404}, address
    zoe.refresh_from_db()
    assert not zoe.is_superuser


def test_the_screen_costs_the_same_for_five_members_and_for_fifty(as_, anne, alpha, beta):
    client = as_(anne)

    def cost(number: int) -> int:
        while User.objects.count() < number:
            name = f"m{User.objects.count()}@ville.example"
            make_member(alpha, "editor", username=name).groups.add(role_group(beta, "editor"))
            invite(territory=alpha, email=f"i-{name}", roles=["editor"], invited_by=anne)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert get(client, "alpha/").status_code == 200
        return len(queries)

    cost(5)
    assert cost(5) == cost(50) <= 24


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_the_roles_given_are_the_groups_one_is_in_and_elsewhere_nothing_moves(
    alpha, beta, zoe, anne, data
):
    codes = st.sets(st.sampled_from(sorted(roles_of(alpha))))
    here, there, given, among = (data.draw(codes) for _time in range(4))
    zoe.groups.set(
        [role_group(alpha, code) for code in here] + [role_group(beta, code) for code in there]
    )
    change_roles(territory=alpha, user=zoe, roles=given, changed_by=anne, among=among)
    left = (here - among) | (given & among)
    assert groups_of(zoe) == {f"alpha: {code}" for code in left} | {
        f"beta: {code}" for code in there
    }
