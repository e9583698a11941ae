"""A second factor: installed with the password, asked at log-in, never taken from somebody else."""

import re

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from factories import make_member

from territories.people.models import LogInRules
from territories.people.second_factor.devices import begin, make_codes
from territories.tenancy.roles import role_group

from .conftest import HOST, link_in

pytestmark = pytest.mark.django_db
HOME, CODE, INSTALL, OWN = (
    "/admin/",
    "/admin/second-factor/code/",
    "/admin/second-factor/install/",
    "/admin/second-factor/",
)


@pytest.fixture
def anne(alpha):
    return make_member(alpha, username="anne@ville.example")


@pytest.fixture
def zoe(alpha):
    return make_member(alpha, "editor", username="zoe@ville.example")


@pytest.fixture
def get(client):
    return lambda address: client.get(address, headers=HOST)


@pytest.fixture
def post(client):
    return lambda address, form=None: client.post(address, form or {}, headers=HOST)


def equip(user) -> TOTPDevice:
    """Give an account a telephone and codes, as installing does."""
    device = begin(user=user)
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    make_codes(user=user)
    return device


def code_of(device) -> str:
    """What the telephone shows now."""
    device.refresh_from_db()
    return f"{totp(device.bin_key, t0=device.t0):06}"


def paper_code(user) -> str:
    return StaticToken.objects.filter(device__user=user).first().token


def test_it_is_installed_with_the_password_a_scan_and_a_first_code(client, anne, get, post):
    client.force_login(anne)
    assert "Installer la double authentification" in get(OWN).content.decode()
    assert not TOTPDevice.objects.exists(), "looking begins nothing"
    assert get(INSTALL).status_code == 200 and not TOTPDevice.objects.exists()
    assert "Ce n’est pas le mot de passe" in post(INSTALL, {"password": "faux"}).content.decode()
    post(INSTALL, {"password": "secret"})
    page = get(INSTALL).content.decode()
    device = TOTPDevice.objects.get()
    assert "<svg" in page and not device.confirmed
    wrong = post(INSTALL, {"token": "000000"})
    assert "Ce n’est pas le bon code" in wrong.content.decode()
    session = client.session.session_key
    with time_machine.travel(timezone.now() + timezone.timedelta(seconds=40), tick=False):
        done = post(INSTALL, {"token": code_of(device)})
        codes = re.findall(r"<code>(\w+)</code>", done.content.decode())
        assert len(set(codes)) == 10
        assert get(HOME).status_code == 200, "it was just shown: it is not asked again"
    assert client.session.session_key != session
    assert "10 codes de secours" in get(OWN).content.decode()
    assert codes[0] not in get(OWN).content.decode()
    # Another telephone is not installed over it.
    assert get(INSTALL)["Location"] == OWN


def test_a_key_that_was_begun_is_not_shown_to_another_session(client, anne, get, post):
    client.force_login(anne)
    post(INSTALL, {"password": "secret"})
    client.logout()
    client.force_login(anne)
    page = get(INSTALL)
    assert "<svg" not in page.content.decode()
    assert "password" in page.context["form"].fields


def test_it_is_asked_at_each_log_in_before_anything_else(client, anne, get, post):
    device = equip(anne)
    client.force_login(anne)
    for address in (HOME, "/admin/pages/", "/admin/people/alpha/", INSTALL, OWN, "/admin/account/"):
        answer = get(address)
        assert answer.status_code == 302 and answer["Location"].startswith(CODE), address
    assert post("/admin/people/alpha/invite/", {"email": "x@ville.example"})["Location"] == CODE
    ajax = client.get(HOME, headers={**HOST, "x-requested-with": "XMLHttpRequest"})
    assert ajax.status_code == 403
    session = client.session.session_key
    answer = post(f"{CODE}?next=/admin/pages/", {"token": code_of(device)})
    assert answer["Location"] == "/admin/pages/"
    assert client.session.session_key != session
    assert get(HOME).status_code == 200
    assert get(CODE)["Location"] == HOME
    client.logout()
    client.force_login(anne)
    assert get(HOME)["Location"].startswith(CODE)


def test_whoever_is_held_up_can_still_log_out(client, anne, get, post):
    equip(anne)
    client.force_login(anne)
    assert get(CODE).status_code == 200
    post("/admin/logout/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_one_goes_on_to_our_own_pages_only(client, anne, post, then):
    device = equip(anne)
    client.force_login(anne)
    assert post(f"{CODE}?next={then}", {"token": code_of(device)})["Location"] == HOME


def test_a_code_opens_once(client, anne, get, post):
    device = equip(anne)
    client.force_login(anne)
    shown, paper = code_of(device), paper_code(anne)
    assert post(CODE, {"token": shown}).status_code == 302
    client.logout()
    client.force_login(anne)
    assert post(CODE, {"token": shown}).status_code == 200
    assert post(CODE, {"token": f" {paper.upper()} "})["Location"] == HOME
    client.logout()
    client.force_login(anne)
    assert post(CODE, {"token": paper}).status_code == 200
    assert StaticToken.objects.filter(device__user=anne).count() == 9


def test_guessing_codes_is_slowed_down_more_each_time(client, anne, post):
    device = equip(anne)
    client.force_login(anne)
    now = timezone.now()
    wrong = "000000" if code_of(device) != "000000" else "111111"
    with time_machine.travel(now, tick=False):
        assert post(CODE, {"token": wrong}).status_code == 200
        for token in (wrong, code_of(device)):
            closed = post(CODE, {"token": token})
            assert closed.status_code == 429 and "Trop d’essais" in closed.content.decode()
        # The codes on paper have a door of their own.
        assert post(CODE, {"token": "zzzzzzzz"}).status_code == 200
        assert post(CODE, {"token": paper_code(anne)}).status_code == 429
    TOTPDevice.objects.update(throttling_failure_count=10, throttling_failure_timestamp=now)
    with time_machine.travel(now + timezone.timedelta(minutes=8), tick=False):
        assert post(CODE, {"token": code_of(device)}).status_code == 429
    with time_machine.travel(now + timezone.timedelta(minutes=9), tick=False):
        assert post(CODE, {"token": code_of(device)}).status_code == 302


@pytest.mark.parametrize("token", ["", "٣٣٣٣٣٣", "-1", "0x1", "a\x00b", "1" * 30, "é"])
def test_nonsense_is_a_wrong_code(client, anne, post, token):
    equip(anne)
    client.force_login(anne)
    assert post(CODE, {"token": token}).status_code == 200


def verified(client, user) -> TOTPDevice:
    device = equip(user)
    client.force_login(user)
    client.post(CODE, {"token": code_of(device)}, headers=HOST)
    return device


def test_it_is_removed_with_the_password(client, anne, get, post):
    verified(client, anne)
    assert post(OWN, {"password": "faux", "remove": "1"}).status_code == 200
    assert TOTPDevice.objects.exists()
    post(OWN, {"password": "secret", "remove": "1"})
    assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
    assert get(HOME).status_code == 200


def test_new_codes_take_the_place_of_the_old(client, anne, post):
    verified(client, anne)
    old = set(StaticToken.objects.values_list("token", flat=True))
    page = post(OWN, {"password": "secret", "new_codes": "1"}).content.decode()
    new = set(StaticToken.objects.values_list("token", flat=True))
    assert len(new) == 10 and not new & old and all(code in page for code in new)
    assert TOTPDevice.objects.filter(confirmed=True).exists()


def test_a_telephone_opens_its_owners_account_alone(client, anne, zoe, post):
    equip(anne)
    client.force_login(anne)
    assert post(CODE, {"token": code_of(equip(zoe))}).status_code == 200
    assert post(CODE, {"token": paper_code(zoe)}).status_code in {200, 429}


def demand() -> None:
    LogInRules.objects.create(asks_second_factor=True)


@pytest.mark.parametrize("role", ["coordinator", "team", "superuser", "editor"])
def test_what_the_team_demands_comes_before_anything_else(client, alpha, get, post, role):
    if role == "superuser":
        user = User.objects.create_superuser("root", password="secret")
    else:
        user = make_member(None if role == "team" else alpha, role, username="someone")
    client.force_login(user)
    assert get(HOME).status_code == 200
    demand()
    if role == "editor":
        assert get(HOME).status_code == 200
        return
    for address in (HOME, "/admin/pages/", "/admin/account/", OWN):
        assert get(address)["Location"].startswith(INSTALL), address
    assert "demande une double authentification" in get(INSTALL).content.decode()
    post(INSTALL, {"password": "secret"})
    device = TOTPDevice.objects.get()
    assert get(HOME)["Location"].startswith(INSTALL), "begun is not installed"
    assert post(INSTALL, {"token": code_of(device)}).status_code == 200
    assert get(HOME).status_code == 200


def test_the_national_team_alone_makes_the_rules(client, anne, zoe, alpha, get, post):
    rules = "/admin/second-factor/rules/"
    for user in (anne, zoe):
        client.force_login(user)
        assert get(rules)["Location"] == HOME
        assert post(rules, {"asks_second_factor": "on"})["Location"] == HOME
    assert not LogInRules.objects.exists()
    client.force_login(make_member(None, "team", username="team"))
    assert rules in get("/admin/people/").content.decode()
    assert get(rules).status_code == 200 and not LogInRules.objects.exists()
    assert post(rules, {"asks_second_factor": "on"})["Location"] == "/admin/people/"
    assert LogInRules.objects.get().asks_second_factor
    # Whoever demands it has it too.
    assert get(rules)["Location"].startswith(INSTALL)


def lost(client, user, mailed):
    """A coordinator presses the button; the messages that leave."""
    address = f"/admin/people/alpha/{user.pk}/second-factor/"
    return mailed(client.post, address, {}, headers=HOST)


def test_a_lost_telephone_is_replaced_by_its_holder_from_a_link_and_the_password(
    client, anne, zoe, mailed, get, post
):
    equip(zoe)
    client.force_login(anne)
    assert "Téléphone perdu" in get("/admin/people/alpha/").content.decode()
    [message] = lost(client, zoe, mailed)
    assert message.to == ["zoe@ville.example"]
    assert TOTPDevice.objects.filter(user=zoe).exists(), "asking removes nothing"
    link = link_in(message)
    client.logout()
    assert get(link).status_code == 200 and TOTPDevice.objects.exists()
    assert post(link, {"password": "faux"}).status_code == 200
    assert TOTPDevice.objects.exists()
    assert post(link, {"password": "secret"})["Location"] == "/admin/login/"
    assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
    assert "_auth_user_id" not in client.session
    assert post(link, {"password": "secret"}).status_code == 410
    assert get("/admin/second-factor/reset/x/").status_code == 404


@pytest.mark.parametrize("more", ["beta", "national", "superuser"])
def test_a_coordinator_touches_no_account_that_opens_more_and_learns_nothing(
    client, anne, zoe, beta, mailed, get, more
):
    equip(zoe)
    client.force_login(anne)
    lost(client, zoe, mailed)
    own = client.get("/admin/people/alpha/", headers=HOST).content.decode()
    mail.outbox.clear()
    if more == "superuser":
        User.objects.filter(pk=zoe.pk).update(is_superuser=True)
    else:
        zoe.groups.add(role_group(beta, "editor") if more == "beta" else role_group(None, "team"))
    # The former link is dead: the account has become more than it was.
    [message] = lost(client, zoe, mailed)
    assert "/admin/" not in message.body and "équipe nationale" in message.body
    other = client.get("/admin/people/alpha/", headers=HOST).content.decode()
    sentence = "Un message part vers zoe@ville.example, avec la marche à suivre."
    assert sentence in own and sentence in other
    assert TOTPDevice.objects.filter(user=zoe).exists()


def test_a_link_dies_when_the_account_becomes_more(client, anne, zoe, beta, mailed, get, post):
    equip(zoe)
    client.force_login(anne)
    [message] = lost(client, zoe, mailed)
    zoe.groups.add(role_group(beta, "coordinator"))
    assert get(link_in(message)).status_code == 410
    assert post(link_in(message), {"password": "secret"}).status_code == 410
    assert TOTPDevice.objects.filter(user=zoe).exists()


def test_the_national_team_helps_coordinators_of_several_territories_and_not_itself(
    client, anne, zoe, beta, mailed
):
    zoe.groups.add(role_group(beta, "coordinator"))
    equip(zoe)
    team = make_member(None, "team", username="team@ville.example")
    client.force_login(team)
    [message] = lost(client, zoe, mailed)
    assert "/admin/second-factor/reset/" in message.body
    zoe.groups.add(role_group(None, "team"))
    [message] = lost(client, zoe, mailed)
    assert "/admin/" not in message.body
    client.force_login(User.objects.create_superuser("root", password="secret"))
    [message] = lost(client, zoe, mailed)
    assert "/admin/second-factor/reset/" in message.body


def test_strangers_ask_for_nobody(client, anne, zoe, beta, mailed):
    equip(zoe)
    client.force_login(make_member(beta))
    assert lost(client, zoe, mailed) == []
    client.force_login(zoe)
    assert lost(client, anne, mailed) == []


def test_an_account_without_an_address_is_left_to_the_national_team(client, anne, alpha, mailed):
    nameless = make_member(alpha, "editor", username="redaction")
    client.force_login(anne)
    assert lost(client, nameless, mailed) == []
    page = client.get("/admin/people/alpha/", headers=HOST).content.decode()
    assert "n’a pas d’adresse e-mail" in page
