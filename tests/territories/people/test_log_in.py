"""Logging in is slowed down for whoever guesses, and only for them."""

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.utils import timezone
from factories import make_member
from wagtail.models import Site

from territories.people.invitations import invite
from territories.people.log_in import address_of, too_many_tries

from .conftest import HOST, link_in

pytestmark = pytest.mark.django_db
LOG_IN = "/admin/login/"
WRONG = "faux"


@pytest.fixture
def anne(alpha):
    return make_member(alpha, username="anne@ville.example")


@pytest.fixture
def log_in(client):
    def post(username, password=WRONG, **more):
        form = {"username": username, "password": password, "next": "/admin/"}
        return client.post(LOG_IN, form, headers={**HOST, **more.pop("headers", {})}, **more)

    return post


def test_one_logs_in_with_ones_address_in_capitals_or_not(client, anne, log_in):
    answer = log_in(" Anne@Ville.Example ", "secret")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert client.get("/admin/", headers=HOST).status_code == 200


def test_an_account_made_by_code_keeps_its_short_password_and_its_name(alpha, log_in):
    """As the demo's do: the rules are asked of people who choose."""
    user = make_member(alpha, username="coordination-Alpha")
    user.set_password("demo")
    user.save()
    assert log_in("coordination-Alpha", "demo").status_code == 302


def test_logging_in_gives_another_session(client, anne, log_in):
    session = client.session
    session["something"] = "from before"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    log_in("anne@ville.example", "secret")
    assert client.session.session_key != before


def test_the_fifth_wrong_password_closes_the_door_for_a_quarter_of_an_hour(anne, log_in):
    for _try in range(4):
        assert log_in("anne@ville.example").status_code == 200
    # Capitals are the same account, and the right password comes too late.
    for username, password in (
        ("Anne@Ville.example", "faux"),
        ("anne@ville.example", "secret"),
        ("anne@ville.example", "faux"),
    ):
        answer = log_in(username, password)
        assert answer.status_code == 429 and answer["Retry-After"] == "900"
        text = answer.content.decode()
        assert "Réessayez dans 15 minutes" in text and "anne" not in text.lower()
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=16), tick=False):
        assert log_in("anne@ville.example", "secret").status_code == 302


def test_a_name_that_nobody_has_is_answered_in_the_same_way(anne, log_in):
    known = [log_in("anne@ville.example").status_code for _try in range(6)]
    unknown = [log_in("nobody@ville.example").status_code for _try in range(6)]
    assert known == unknown == [200] * 4 + [429] * 2


def test_colleagues_and_other_places_are_not_shut_out(anne, alpha, log_in):
    make_member(alpha, "editor", username="zoe@ville.example")
    for _try in range(5):
        log_in("anne@ville.example")
    assert log_in("zoe@ville.example", "secret").status_code == 302
    assert log_in("anne@ville.example", "secret", REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_good_log_in_forgets_the_wrong_ones_before(anne, log_in):
    for _time in range(3):
        for _try in range(4):
            assert log_in("anne@ville.example").status_code == 200
        assert log_in("anne@ville.example", "secret").status_code == 302


def test_the_password_of_an_invitation_is_not_guessed_either(client, anne, beta):
    invitation = invite(
        territory=beta, email="anne@ville.example", roles=["editor"], invited_by=None
    )
    page = f"/admin/invitation/{invitation.token}/"
    statuses = [
        client.post(page, {"password": "faux"}, headers=HOST).status_code for _try in range(6)
    ]
    assert statuses == [200] * 4 + [429] * 2


def test_territory_hosts_have_a_page_of_their_own_look(alpha):
    request = RequestFactory().get("/espace-prive/", headers={"host": "alpha.localhost"})
    request.territory = alpha
    request.site = Site.find_for_request(request)
    answer = too_many_tries(request, None, {})
    text = answer.content.decode()
    assert answer.status_code == 429 and "Trop d’essais" in text and "Alpha" in text
    assert "/admin/" not in text


def test_whoever_has_no_role_left_does_not_enter_the_admin(client, anne, log_in):
    client.force_login(anne)
    assert client.get("/admin/", headers=HOST).status_code == 200
    anne.groups.clear()
    assert client.get("/admin/", headers=HOST).status_code == 302
    client.logout()
    answer = log_in("anne@ville.example", "secret")
    assert answer.status_code == 200 and "n’a plus de rôle" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    # Only who knows the password is told.
    assert "n’a plus de rôle" not in log_in("anne@ville.example").content.decode()


@pytest.mark.parametrize(
    ("proxies", "told", "found"),
    [
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.5, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (1, "", "192.0.2.1"),
        (1, "n’importe quoi", None),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.9", "198.51.100.9"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(settings, proxies, told, found):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=told)
    assert address_of(request) == found


def test_inventing_addresses_gives_no_more_tries(settings, anne, log_in):
    settings.TRUSTED_PROXIES = 1
    statuses = [
        log_in("anne@ville.example", headers={"x-forwarded-for": f"203.0.113.{n}, 192.0.2.9"})
        for n in range(6)
    ]
    assert [answer.status_code for answer in statuses] == [200] * 4 + [429] * 2


def test_a_lost_password_is_changed_by_mail_at_the_portals_address(client, anne, mailed):
    User.objects.filter(pk=anne.pk).update(email="anne@ville.example")
    for address, number in (("nobody@ville.example", 0), ("Anne@ville.example", 1)):
        messages = mailed(client.post, "/admin/password_reset/", {"email": address}, headers=HOST)
        assert len(messages) == number
    [message] = messages
    assert message.from_email == "Cités de l’emploi <ne-pas-repondre@localhost>"
    page = client.get(link_in(message), headers=HOST, follow=True)
    form = {"new_password1": "court", "new_password2": "court"}
    address = page.redirect_chain[-1][0]
    refused = client.post(address, form, headers=HOST)
    assert "au minimum 12 caractères" in refused.content.decode()
    good = {"new_password1": "un-bon-mot-de-passe", "new_password2": "un-bon-mot-de-passe"}
    assert client.post(address, good, headers=HOST).status_code == 302
    anne.refresh_from_db()
    assert anne.check_password("un-bon-mot-de-passe")
    # Changing it does not log in.
    assert "_auth_user_id" not in client.session


def test_one_changes_ones_own_name_address_and_password_and_nobody_elses(client, anne, alpha):
    zoe = make_member(alpha, "editor", username="zoe@ville.example")
    client.force_login(anne)
    page = client.get("/admin/account/", headers=HOST)
    form = {}
    for panels in page.context["panels_by_tab"].values():
        for panel in panels:
            panel_form = panel.get_form()
            form |= {panel_form.add_prefix(name): panel_form[name].value() or ""
                     for name in panel_form.fields}  # fmt: skip
    form.pop("avatar-avatar", None)
    form |= {
        "name_email-first_name": "Anne",
        "name_email-last_name": "Martin",
        "name_email-email": "anne@ville.example",
        "pk": zoe.pk,
        "name_email-is_superuser": "on",
        "name_email-username": "zoe@ville.example",
        "password-old_password": "secret",
        "password-new_password1": "court",
        "password-new_password2": "court",
    }
    refused = client.post("/admin/account/", form, headers=HOST)
    assert refused.status_code == 200 and "12 caractères" in refused.content.decode()
    form |= {
        "password-new_password1": "un-bon-mot-de-passe",
        "password-new_password2": "un-bon-mot-de-passe",
    }
    assert client.post("/admin/account/", form, headers=HOST).status_code == 302
    anne.refresh_from_db()
    zoe.refresh_from_db()
    assert anne.first_name == "Anne" and anne.check_password("un-bon-mot-de-passe")
    assert anne.username == "anne@ville.example" and not anne.is_superuser
    assert zoe.first_name == "" and zoe.check_password("secret")
    assert client.get("/admin/", headers=HOST).status_code == 200
