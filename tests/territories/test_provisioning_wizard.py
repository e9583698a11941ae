"""The national team makes a territory in the admin, one question a page."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from factories import make_member, make_portal, make_territory
from wagtail.models import Site

from territories.models import Provisioning, Territory
from territories.people.models import Invitation
from territories.provisioning import steps as provisioning_steps
from territories.provisioning.create import Plan, carry_out, plan_territory

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}
ANSWERS = {
    "identity": {"name": "Nouveau Bourg", "slug": "", "town": "Bourg", "tagline": "Bienvenue"},
    "communes": {"communes": "31555 Toulouse\r\n2a004 : Ajaccio\r\n"},
    "address": {"hostname": "nouveau-bourg.localhost", "port": "80"},
    "plugins": {"plugins": ["resources_directory", "agenda"]},
    "coordinator": {
        "coordinator_email": "claire@ville.example",
        "coordinator_first_name": "Claire",
        "coordinator_last_name": "Petit",
    },
}
STEPS = list(ANSWERS)


def at(step: str) -> str:
    if step == "summary":
        return reverse("provisioning:summary")
    return reverse("provisioning:step", args=[step])


def of_run(view: str, run: Provisioning) -> str:
    return reverse(f"provisioning:{view}", args=[run.pk])


@pytest.fixture
def team(client):
    make_portal()
    user = make_member(None, "team", username="team")
    client.force_login(user)
    return user


@pytest.fixture
def answer(client, team):
    def post(step: str, **changed):
        return client.post(at(step), {**ANSWERS.get(step, {}), **changed}, headers=HOST)

    return post


@pytest.fixture
def show(client, team):
    def get(address: str) -> str:
        response = client.get(address, headers=HOST)
        assert response.status_code == 200, response.get("Location")
        return response.content.decode()

    return get


@pytest.fixture
def send(client, answer, django_capture_on_commit_callbacks):
    """Answer everything, send it, let the worker work; gives the run."""

    def send(**changed):
        for step in STEPS:
            assert answer(step, **changed.get(step, {})).status_code == 302, step
        key = client.get(at("summary"), headers=HOST).context["key"]
        with django_capture_on_commit_callbacks(execute=True):
            response = answer("summary", key=key)
        run = Provisioning.objects.get(pk=key)
        assert response.url == of_run("run", run)
        return run

    return send


def errors_of(response, field: str) -> list[str]:
    assert response.status_code == 200
    return list(response.context["form"].errors.get(field, []))


def test_a_territory_is_made_by_answering(send, show, client, team):
    run = send()
    territory = Territory.objects.get(slug="nouveau-bourg")
    assert (run.state, run.territory, run.asked_by) == ("done", territory, team)
    assert (territory.name, territory.town, territory.tagline) == (
        "Nouveau Bourg", "Bourg", "Bienvenue",
    )  # fmt: skip
    assert set(territory.communes.values_list("code", "name")) == {
        ("31555", "Toulouse"), ("2A004", "Ajaccio"),
    }  # fmt: skip
    assert territory.enabled_plugins == {"resources_directory", "agenda"}
    page = show(of_run("run", run))
    assert "« Nouveau Bourg » est en ligne." in page
    assert 'href="http://nouveau-bourg.localhost/"' in page
    assert client.get("/", headers={"host": "nouveau-bourg.localhost"}).status_code == 200
    assert client.get("/", headers={"host": "nouveau.localhost"}).status_code == 400


def test_the_first_coordinator_is_invited_once_the_site_is_ready(send, client, team):
    run = send()
    invitation = Invitation.objects.get(territory=run.territory)
    assert (invitation.email, invitation.roles) == ("claire@ville.example", ["coordinator"])
    assert invitation.full_name == "Claire Petit"
    assert invitation.payload["invited_by"] == team.pk
    assert [message.to for message in mail.outbox] == [["claire@ville.example"]]
    run.steps_done = []
    run.save()
    carry_out(run)
    assert Invitation.objects.filter(territory=run.territory).count() == 1


def test_without_a_coordinator_nobody_is_written_to(send):
    run = send(coordinator=dict.fromkeys(ANSWERS["coordinator"], ""))
    assert run.state == "done" and not Invitation.objects.exists() and not mail.outbox


def test_adding_a_territory_leads_to_the_wizard(client, team, show):
    start = reverse("provisioning:start")
    assert start in show(reverse("territory:index"))
    response = client.get(start, headers=HOST, follow=True)
    assert response.redirect_chain[-1][0] == at("identity")


def test_going_back_and_forth_loses_nothing_right_or_wrong(client, answer, show):
    answer("identity")
    response = answer("communes", communes="n’importe quoi", to="identity")
    assert response.url == at("identity")
    assert 'value="Nouveau Bourg"' in show(at("identity"))
    page = show(at("communes"))
    assert "n’importe quoi" in page and "Un code INSEE a 5 caractères" in page
    answer("identity", name="Autre Bourg")
    assert "n’importe quoi" in show(at("communes"))


def test_the_summary_leads_back_to_what_is_missing(client, answer):
    for step in STEPS[:2]:
        answer(step)
    assert client.get(at("summary"), headers=HOST).url == at("address")
    assert answer("summary").url == at("address")
    assert not Provisioning.objects.exists()


def test_the_summary_says_what_will_be_made(answer, show):
    for step in STEPS:
        answer(step)
    page = show(at("summary"))
    for words in (
        "Nouveau Bourg", "nouveau-bourg", "Toulouse (31555)", "Ajaccio (2A004)",
        "http://nouveau-bourg.localhost/", "Claire Petit", "claire@ville.example",
    ):  # fmt: skip
        assert words in page


def test_a_draft_may_be_thrown_away(client, answer, show):
    answer("identity")
    client.post(reverse("provisioning:start"), headers=HOST)
    assert "Nouveau Bourg" not in show(at("identity"))


def test_looking_writes_nothing(client, show):
    for step in STEPS:
        show(at(step))
    assert "new_territory" not in client.session


@pytest.mark.parametrize(
    ("step", "field", "typed", "sentence"),
    [
        ("identity", "name", "", "requis"),
        ("identity", "name", "x" * 101, "100"),
        ("identity", "slug", "alpha", "Le nom court « alpha » est déjà pris"),
        ("identity", "slug", "portail", "Le nom court « portail » est déjà pris"),
        ("identity", "slug", "national", "équipe nationale"),
        ("identity", "slug", "Éàü", "Des minuscules sans accent"),
        ("communes", "communes", "", "Donnez au moins une commune."),
        ("communes", "communes", "315 Toulouse", "315:Toulouse : Un code INSEE a 5 caractères"),
        ("communes", "communes", "31001", "La commune 31001 n’est pas encore connue"),
        ("communes", "communes", "\x00", ""),
        ("address", "hostname", "", "Donnez une adresse."),
        ("address", "hostname", "alpha.localhost", "L’adresse alpha.localhost est déjà prise."),
        ("address", "hostname", "https://localhost/", "L’adresse localhost est déjà prise."),
        ("address", "hostname", "cité.example.org", "n’est pas une adresse de site"),
        ("address", "hostname", "https://[", "n’est pas une adresse de site"),
        ("address", "hostname", "-a.example.org", "n’est pas une adresse de site"),
        ("address", "hostname", "a" * 64 + ".fr", "n’est pas une adresse de site"),
        ("address", "hostname", "beta.invalid", "n’est pas une adresse de site"),
        ("address", "port", "0", "Un port est un nombre de 1 à 65535"),
        ("address", "port", "beaucoup", "nombre entier"),
        ("plugins", "plugins", "nimporte", "nimporte"),
        ("coordinator", "coordinator_email", "claire", "n’est pas une adresse e-mail"),
    ],
)
def test_each_error_stands_at_its_field_in_french(answer, step, field, typed, sentence):
    make_territory("alpha")
    found = errors_of(answer(step, **{field: typed}), field)
    assert found and sentence in " ".join(found)


def test_a_known_commune_needs_no_name(answer):
    make_territory("alpha")
    assert answer("communes", communes="31555").status_code == 302


def test_the_short_name_is_made_of_the_name(client, answer):
    answer("identity", name="Val d’Essai-sur-Orge")
    form = client.get(at("address"), headers=HOST).context["form"]
    assert form["hostname"].value() == "val-d-essai-sur-orge.localhost"


def test_the_address_is_proposed_after_the_portals(client, answer):
    Site.objects.filter(is_default_site=True).update(port=443)
    answer("identity")
    form = client.get(at("address"), headers=HOST).context["form"]
    assert form["hostname"].value() == "nouveau-bourg.localhost"
    assert form["port"].value() == 443


def test_what_a_plugin_requires_is_shown_ticked_and_said_before_it_is_taken(client, answer, show):
    response = answer("plugins", plugins=["labelling"])
    said = " ".join(errors_of(response, "plugins"))
    assert "demande aussi" in said and "C’est coché" in said
    assert set(response.context["form"]["plugins"].value()) == {
        "labelling", "agenda", "resources_directory",
    }  # fmt: skip
    assert answer("plugins", plugins=["labelling", "agenda", "resources_directory"]).url == at(
        "coordinator"
    )
    assert answer("plugins", plugins=[]).url == at("coordinator")


def test_sending_twice_makes_one_territory(
    client, answer, send, django_capture_on_commit_callbacks
):
    run = send()
    with django_capture_on_commit_callbacks(execute=True):
        response = answer("summary", key=str(run.pk))
    assert response.url == of_run("run", run)
    assert Territory.objects.count() == Provisioning.objects.count() == 1


def test_two_tabs_that_send_the_same_draft_make_one_territory(client, answer):
    for step in STEPS:
        answer(step)
    kept = client.session["new_territory"]
    first = answer("summary", key=kept["key"])
    session = client.session
    session["new_territory"] = kept
    session.save()
    assert answer("summary", key="").url == first.url
    assert Provisioning.objects.count() == 1


def test_what_somebody_else_has_taken_meanwhile_is_said_and_nothing_is_lost(client, answer, show):
    for step in STEPS:
        answer(step)
    make_territory("alpha", hostname="nouveau-bourg.localhost")
    assert answer("summary").url == at("address")
    page = show(at("address"))
    assert "déjà prise" in page and 'value="nouveau-bourg.localhost"' in page
    assert not Provisioning.objects.filter(slug="nouveau-bourg").exists()


def test_a_key_that_is_none_is_refused_quietly(answer):
    assert answer("summary", key="n’importe").status_code == 302


def test_an_unknown_step_is_not_found(client, team):
    assert client.get(at("rien"), headers=HOST).status_code == 404


class TestProgress:
    @pytest.fixture
    def run(self, team):
        return plan_territory(
            Plan(
                slug="beta",
                name="Beta",
                hostname="beta.localhost",
                communes=["31555:Toulouse"],
                plugins=["agenda"],
            ),
            asked_by=User.objects.create_user("collègue"),
        )

    @pytest.fixture
    def fail(self, run, monkeypatch):
        with monkeypatch.context() as patch:
            patch.setattr(provisioning_steps, "put_right", lambda territory: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                carry_out(run)
        run.refresh_from_db()

    def test_a_waiting_run_says_so_and_is_watched(self, show, run):
        page = show(of_run("run", run))
        assert "La création va commencer" in page
        assert re.search(r'<progress[^>]*value="0"[^>]*max="9"', page)
        assert of_run("state", run) in page and "provisioning.js" in page
        assert "Regarder de nouveau" in page and "Reprendre" not in page

    def test_a_script_reads_how_far_it_is(self, client, show, run):
        def told():
            return client.get(of_run("state", run), headers=HOST).json()

        assert told() == {
            "state": "waiting", "done": 0, "total": 9, "step": "Nom et accueil", "goes_on": True,
        }  # fmt: skip
        carry_out(run)
        assert told() == {
            "state": "done", "done": 9, "total": 9, "step": "", "goes_on": False,
        }  # fmt: skip

    @pytest.mark.usefixtures("fail")
    def test_a_failed_run_says_where_and_is_resumed_from_there(
        self, client, show, run, django_capture_on_commit_callbacks
    ):
        page = show(of_run("run", run))
        assert "La création s’est arrêtée à : Rôles" in page and "Une erreur" in page
        assert "Reprendre" in page and "provisioning.js" not in page
        assert "Beta" in show(at("identity")), "the wizard leads to what is unfinished"
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(of_run("resume", run), headers=HOST)
        assert response.url == of_run("run", run)
        assert "« Beta » est en ligne." in show(response.url)

    def test_an_interrupted_run_is_resumed_too(
        self, client, show, run, django_capture_on_commit_callbacks
    ):
        long_ago = timezone.now() - timedelta(minutes=5)
        Provisioning.objects.filter(pk=run.pk).update(state="running", heard_at=long_ago)
        page = show(of_run("run", run))
        assert "La création a été interrompue" in page and "Reprendre" in page
        with django_capture_on_commit_callbacks(execute=True):
            client.post(of_run("resume", run), headers=HOST)
        assert Territory.objects.filter(slug="beta").exists()

    def test_a_run_that_nobody_takes_up_says_who_may_help(self, show, run):
        long_ago = timezone.now() - timedelta(minutes=5)
        Provisioning.objects.filter(pk=run.pk).update(heard_at=long_ago)
        assert "tâches de fond" in show(of_run("run", run))

    def test_a_run_that_goes_on_is_not_started_again(
        self, client, run, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks() as callbacks:
            client.post(of_run("resume", run), headers=HOST)
            client.post(of_run("correct", run), headers=HOST)
        assert not callbacks and "new_territory" not in client.session

    def test_the_answers_of_a_failed_run_are_corrected(
        self, client, answer, show, run, django_capture_on_commit_callbacks
    ):
        alpha = make_territory("alpha")
        Site.objects.filter(pk=alpha.site_id).update(hostname="beta.localhost")
        with pytest.raises(ValueError, match="déjà prise"):
            carry_out(run)
        assert client.post(of_run("correct", run), headers=HOST).url == at("summary")
        assert client.get(at("summary"), headers=HOST).url == at("address")
        assert "Toulouse" in show(at("communes")) and 'value="Beta"' in show(at("identity"))
        assert errors_of(answer("identity", name="Beta", slug="gamma"), "slug")
        answer("identity", name="Beta", slug="beta")
        answer("address", hostname="neuf.localhost")
        with django_capture_on_commit_callbacks(execute=True):
            response = answer("summary", key=str(run.pk))
        assert response.url == of_run("run", run)
        assert Territory.objects.get(slug="beta").site.hostname == "neuf.localhost"

    def test_get_resumes_nothing(self, client, run):
        assert client.get(of_run("resume", run), headers=HOST).status_code == 405


def addresses(run: Provisioning) -> list[str]:
    return [
        reverse("provisioning:start"),
        *(at(step) for step in (*STEPS, "summary")),
        *(of_run(view, run) for view in ("run", "state", "resume", "correct")),
    ]


@pytest.mark.parametrize("role", ["coordinator", "editor", "nobody"])
def test_strangers_are_kept_out_of_all_of_it(client, role):
    alpha = make_territory("alpha")
    run = plan_territory(
        Plan(slug="beta", name="zibeline", hostname="beta.localhost", communes=["31555"])
    )
    if role != "nobody":
        client.force_login(make_member(alpha, role))
    for address in addresses(run):
        for method in (client.get, client.post):
            response = method(address, {"name": "Pirate"}, headers=HOST)
            assert response.status_code in {302, 403, 405}, address
            assert "zibeline" not in response.content.decode()
            if response.status_code == 302:
                assert not response.url.startswith("/admin/provisioning/") or (
                    address == reverse("territory:add")
                )
    assert Provisioning.objects.get(slug="beta").state == "waiting"
    assert "new_territory" not in client.session


def test_a_superuser_may_too(client):
    make_portal()
    client.force_login(User.objects.create_superuser("super"))
    assert client.get(at("identity"), headers=HOST).status_code == 200
