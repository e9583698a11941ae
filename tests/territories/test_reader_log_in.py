"""The log-in of a territory's host: whom it lets read, and that it lets do nothing else."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.signing import get_cookie_signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from factories import make_member, make_page, make_territory, open_space

from territories.models import ContentPage
from territories.people.second_factor.devices import make_codes
from territories.private_space.readers import COOKIE, LIFETIME
from territories.tenancy.roles import role_group, roles_of

pytestmark = pytest.mark.django_db
ALPHA = {"host": "alpha.localhost"}
BETA = {"host": "beta.localhost"}
PORTAL = {"host": "localhost"}
LOG_IN = "/espace-pro/connexion/"
MINUTES = "/espace-pro/comptes-rendus/"
SAID = "Réunion du comité"
SECRET = "secret"


@pytest.fixture
def alpha():
    territory = make_territory("alpha")
    make_page(open_space(territory), ContentPage(title=SAID, slug="comptes-rendus"))
    return territory


def log_in(client, username, password=SECRET, headers=ALPHA, **more):
    return client.post(
        LOG_IN, {"username": username, "password": password, **more}, headers=headers
    )


def reads(client, headers=ALPHA) -> bool:
    response = client.get(MINUTES, headers=headers)
    told = SAID in response.content.decode()
    assert told == (response.status_code == 200)
    return told


def test_people_of_every_role_read_and_strangers_do_not(client, alpha):
    beta = make_territory("beta")
    people = [make_member(alpha, role) for role in roles_of(alpha)]
    national = User.objects.create_user("equipe", password=SECRET)
    national.groups.add(role_group(None, "team"))
    for person in [*people, national, User.objects.create_superuser("tout", password=SECRET)]:
        client.cookies.clear()
        assert not reads(client)
        assert log_in(client, person.username, next=MINUTES).headers["Location"] == MINUTES
        assert reads(client), person
    client.cookies.clear()
    log_in(client, make_member(beta).username)
    assert COOKIE not in client.cookies and not reads(client)


def test_a_right_password_without_a_role_hears_what_a_wrong_one_hears(client, alpha):
    make_member(alpha, username="membre")
    User.objects.create_user("passant", password=SECRET)
    User.objects.create_user("parti", password=SECRET, is_active=False)
    answers = [
        log_in(client, "passant"),
        log_in(client, "parti"),
        log_in(client, "membre", "faux"),
        log_in(client, "personne"),
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert COOKIE not in client.cookies
    said = {
        re.findall(r'<div class="note danger".*?</div></div>', answer.content.decode(), re.S)[0]
        for answer in answers
    }
    assert len(said) == 1 and "n’ouvrent pas cet espace" in said.pop()


def test_the_pass_is_of_this_host_kept_from_scripts_and_over_after_twelve_hours(client, alpha):
    log_in(client, make_member(alpha).username)
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]
    assert cookie["max-age"] == 12 * 3600
    assert reads(client)
    with time_machine.travel(timezone.now() + LIFETIME - timedelta(minutes=1)):
        assert reads(client)
    with time_machine.travel(timezone.now() + LIFETIME + timedelta(minutes=1)):
        assert not reads(client)


def test_the_pass_is_secure_where_sessions_are(client, alpha, settings):
    settings.SESSION_COOKIE_SECURE = True
    log_in(client, make_member(alpha).username)
    assert client.cookies[COOKIE]["secure"]


def test_a_changed_password_a_lost_role_or_a_closed_account_ends_the_pass_at_once(client, alpha):
    def changed_password(person):
        person.set_password("autre")
        person.save()

    def lost_role(person):
        person.groups.clear()

    def closed_account(person):
        User.objects.filter(pk=person.pk).update(is_active=False)

    for end in (changed_password, lost_role, closed_account):
        person = make_member(alpha, username=end.__name__)
        log_in(client, person.username)
        assert reads(client)
        end(person)
        assert not reads(client), end.__name__


def test_a_forged_pass_opens_nothing(client, alpha):
    person = make_member(alpha)
    log_in(client, person.username)
    real = client.cookies[COOKIE].value
    _key, rest = real.split(":", 1)
    other = make_member(alpha, "editor")
    for forged in (
        f"{other.pk}:{rest}",
        real[:-1] + ("a" if real[-1] != "a" else "b"),
        f"{person.pk}",
        "1:",
        "",
        # Signed by us for another use.
        get_cookie_signer(salt="autre").sign(f"{person.pk}:x"),
        # Signed by whoever knows the salt and not the person's seal.
        get_cookie_signer(salt=f"{COOKIE}territory {alpha.pk}").sign(f"{person.pk}:x"),
        get_cookie_signer(salt=f"{COOKIE}territory {alpha.pk}").sign("²:x"),
    ):
        client.cookies[COOKIE] = forged
        assert not reads(client), forged
    client.cookies[COOKIE] = real
    assert reads(client)


def test_the_pass_is_worth_nothing_elsewhere(client, alpha):
    beta = make_territory("beta")
    make_page(open_space(beta), ContentPage(title=SAID, slug="comptes-rendus"))
    # Of both territories: even so, each host wants its own.
    person = make_member(alpha)
    person.groups.add(role_group(beta, "coordinator"))
    log_in(client, person.username)
    assert reads(client) and not reads(client, BETA)
    for address in ("/admin/", "/admin/pages/", "/admin/account/"):
        response = client.get(address, headers=PORTAL)
        assert response.status_code == 302 and "/admin/login/" in response["Location"]
        assert client.get(address, headers=ALPHA).status_code == 404


def test_a_session_of_the_admin_opens_nothing_on_a_territorys_host(client, alpha):
    client.force_login(make_member(alpha))
    assert client.get("/admin/", headers=PORTAL).status_code == 200
    assert not reads(client)
    client.force_login(User.objects.create_superuser("tout", password=SECRET))
    assert not reads(client)
    assert "wagtail-userbar" not in client.get("/", headers=ALPHA).content.decode()


def test_a_reader_logs_out_by_post_alone(client, alpha):
    log_in(client, make_member(alpha).username)
    assert client.get("/espace-pro/deconnexion/", headers=ALPHA).status_code == 405
    assert reads(client)
    assert client.post("/espace-pro/deconnexion/", headers=ALPHA).status_code == 302
    assert not reads(client)


def test_logging_in_and_out_want_the_forms_own_token(alpha):
    strict = Client(enforce_csrf_checks=True)
    assert log_in(strict, make_member(alpha).username).status_code == 403
    assert strict.post("/espace-pro/deconnexion/", headers=ALPHA).status_code == 403


def test_whoever_guesses_passwords_is_slowed_down_here_too(client, alpha):
    person = make_member(alpha)
    answers = [log_in(client, person.username, "faux").status_code for _try in range(6)]
    assert answers[0] == 422 and answers[-1] == 429
    assert log_in(client, person.username).status_code == 429
    assert COOKIE not in client.cookies


def test_a_second_factor_is_asked_here_too(client, alpha):
    person = make_member(alpha)
    assert 'name="token"' not in log_in(client, person.username, "faux").content.decode()
    TOTPDevice.objects.create(user=person, confirmed=True)
    code = make_codes(user=person)[0]
    asked = log_in(client, person.username)
    assert asked.status_code == 422 and 'name="token"' in asked.content.decode()
    refused = log_in(client, person.username, token="abcdefgh")
    assert "Ce code n’ouvre pas" in refused.content.decode()
    # A right code does not make a wrong password right.
    assert log_in(client, person.username, "faux", token=code).status_code == 422
    assert COOKIE not in client.cookies
    StaticDevice.objects.get(user=person).throttle_reset()
    assert log_in(client, person.username, token=code).status_code == 302
    assert reads(client)


@pytest.mark.parametrize(
    "address",
    ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)", "/\\ailleurs", ""],
)
def test_the_log_in_leads_nowhere_else(client, alpha, address):
    answer = log_in(client, make_member(alpha).username, next=address)
    assert answer.headers["Location"] == "/espace-pro/"


def test_the_log_in_is_kept_by_no_cache_and_speaks_the_visitors_language(client, alpha):
    for prefix in ("", "/en"):
        page = client.get(prefix + LOG_IN, {"next": MINUTES}, headers=ALPHA)
        html = page.content.decode()
        assert page.status_code == 200 and f'value="{MINUTES}"' in html
        assert "no-store" in page["Cache-Control"] and "noindex" in page["X-Robots-Tag"]
        assert 'href="http://localhost/admin/password_reset/"' in html and SAID not in html
    stranger = client.get(f"/en{MINUTES}", headers=ALPHA)
    assert stranger.headers["Location"] == f"/en{LOG_IN}?next=/en{MINUTES}"


def test_on_the_portal_there_is_one_log_in(client, alpha):
    answer = client.get(LOG_IN, {"next": "/admin/pages/"}, headers=PORTAL)
    assert answer.headers["Location"] == "/admin/login/?next=/admin/pages/"
    answer = log_in(client, make_member(alpha).username, headers=PORTAL)
    assert answer.status_code == 302 and COOKIE not in client.cookies


def test_a_private_page_costs_what_a_page_costs_whatever_the_number_of_territories(client, alpha):
    def queries() -> int:
        client.get(MINUTES, headers=ALPHA)
        with CaptureQueriesContext(connection) as captured:
            assert reads(client)
        return len(captured)

    log_in(client, make_member(alpha).username)
    few = queries()
    for number in range(5):
        make_territory(f"autre-{number}", plugins=[])
    assert queries() == few <= 15
