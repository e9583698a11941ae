"""The national team makes a territory in the admin, one question a page."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from factories import make_member, make_portal, make_territory
from wagtail.models import Site
from wizard_answers import ANSWERS, HOST, STEPS, at, errors_of, of_run

from territories.models import Provisioning, Territory
from territories.people.models import Invitation
from territories.provisioning.create import Plan, carry_out, plan_territory

pytestmark = pytest.mark.django_db


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
