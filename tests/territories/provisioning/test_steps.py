"""Making a territory may stop anywhere: it goes on, and ends as if it had not stopped."""

import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from factories import make_portal, make_territory
from wagtail.models import Collection, Page, Site

from territories.models import JournalEntry, Provisioning, Territory
from territories.pages.homes import homes_of
from territories.people.models import Invitation
from territories.plugins.registry import plugins
from territories.provisioning import steps as provisioning_steps
from territories.provisioning.create import (
    InvalidPlan,
    Plan,
    carry_out,
    create_territory,
    plan_territory,
    take_step,
)
from territories.provisioning.steps import steps_of
from territories.tenancy.rights import plan_rights, standing_rights

pytestmark = pytest.mark.django_db


def plan(slug="alpha", **changed) -> Plan:
    return Plan(
        **{
            "slug": slug,
            "name": slug.title(),
            "hostname": f"{slug}.localhost",
            "communes": ["31555:Toulouse"],
            "plugins": list(plugins()),
            "tagline": "Bienvenue",
            "coordinator_email": "claire@ville.example",
            **changed,
        }
    )


STEPS = [step.code for step in steps_of(plan())]


def made(territory: Territory) -> dict:
    """What a territory is made of, without its name and its keys."""

    def plain(text: str) -> str:
        return text.replace(territory.slug, "x").replace(territory.name, "X")

    pages = Page.objects.none()
    for home in homes_of(territory):
        pages |= home.get_descendants(inclusive=True)
    groups = dict(
        Group.objects.filter(name__startswith=f"{territory.slug}: ").values_list("pk", "name")
    )
    return {
        "pages": sorted(
            (plain(page.slug), plain(page.title), page.locale.language_code, page.live, page.depth)
            for page in pages.select_related("locale")
        ),
        "rights": len(standing_rights(groups)),
        "right": not plan_rights(territory),
        "groups": sorted(plain(name) for name in groups.values()),
        "collections": Collection.objects.filter(name=territory.slug).count(),
        "switches": sorted(territory.switches.values_list("plugin", "is_on")),
        "communes": sorted(territory.communes.values_list("pk", flat=True)),
        "invited": list(
            Invitation.objects.waiting(territory).values_list("email", "payload__roles")
        ),
        "site": plain(territory.site.root_url),
        "facts": (plain(territory.name), territory.town, territory.tagline),
    }


class Killed(BaseException):
    """As a signal would: nothing may take it for an error of the program."""


def kill_before(step_number: int):
    def tell(run: Provisioning) -> None:
        if len(run.steps_done) == step_number:
            raise Killed

    return tell


@pytest.fixture
def one_go():
    make_portal()
    return made(create_territory(plan())[0])


def test_a_run_killed_after_any_step_is_resumed_and_ends_as_in_one_go(one_go):
    for number, code in enumerate(STEPS):
        wanted = plan(f"t-{number}")
        with pytest.raises(Killed):
            create_territory(wanted, tell=kill_before(number + 1))
        run = Provisioning.objects.get(slug=wanted.slug)
        assert run.steps_done == STEPS[: number + 1]
        territory, _is_new = create_territory(wanted)
        assert made(territory) == one_go, code
        assert Provisioning.objects.get(slug=wanted.slug).state == "done"


@pytest.mark.parametrize("code", STEPS)
def test_a_run_that_dies_within_a_step_keeps_nothing_of_it(monkeypatch, one_go, code):
    real = provisioning_steps.steps_of

    def breaking(plan, asked_by=None):
        def half(step):
            def run(plan, territory):
                step.run(plan, territory)
                raise Killed

            return run

        return [
            provisioning_steps.Step(
                step.code, step.label, half(step) if step.code == code else step.run
            )
            for step in real(plan, asked_by)
        ]

    monkeypatch.setattr(provisioning_steps, "steps_of", breaking)
    with pytest.raises(Killed):
        create_territory(plan("beta"))
    run = Provisioning.objects.get(slug="beta")
    assert run.steps_done == STEPS[: STEPS.index(code)]
    assert (run.state, run.errors) == ("failed", ["Elle a été interrompue."])
    monkeypatch.undo()
    territory, _is_new = create_territory(plan("beta"))
    assert made(territory) == one_go


def test_two_workers_share_the_steps_of_a_run_and_do_none_twice(one_go):
    ours = plan_territory(plan("beta"))
    theirs = Provisioning.objects.get(pk=ours.pk)
    for _number in range(len(STEPS)):
        ours, theirs = take_step(ours), take_step(theirs)
    assert theirs.state == "done" and theirs.steps_done == STEPS
    assert made(theirs.territory) == one_go


@pytest.mark.parametrize("number", range(1, STEPS.index("address") + 1))
def test_half_a_territory_shows_nowhere(client, number):
    make_portal()
    with pytest.raises(Killed):
        create_territory(plan("beta"), tell=kill_before(number))
    for host in ("beta.localhost", "beta.invalid"):
        assert client.get("/", headers={"host": host}).status_code == 400
    assert "Beta" not in client.get("/", headers={"host": "localhost"}).content.decode()
    create_territory(plan("beta"))
    assert client.get("/", headers={"host": "beta.localhost"}).status_code == 200
    assert "Beta" in client.get("/", headers={"host": "localhost"}).content.decode()


def test_completing_a_territory_never_takes_it_offline(client):
    make_territory("alpha")
    again = plan(name="Alpha plus", hostname="neuf.localhost")
    with pytest.raises(Killed):
        create_territory(again, tell=kill_before(STEPS.index("address")))
    assert client.get("/", headers={"host": "alpha.localhost"}).status_code == 200
    create_territory(again)
    assert client.get("/", headers={"host": "alpha.localhost"}).status_code == 400
    assert "Alpha plus" in client.get("/", headers={"host": "neuf.localhost"}).content.decode()


def test_completing_keeps_what_people_wrote_where_the_plan_is_empty():
    territory = make_territory("alpha", tagline="Bienvenue")
    create_territory(plan(tagline="", town=""))
    territory.refresh_from_db()
    assert territory.tagline == "Bienvenue"


def test_the_journal_says_once_who_had_a_territory_made():
    make_portal()
    asker = User.objects.create_user("team")
    run = plan_territory(plan(), asked_by=asker)
    with pytest.raises(Killed):
        carry_out(run, tell=kill_before(3))
    for _time in range(2):
        create_territory(plan())
    entry = JournalEntry.objects.get(action="territories.create")
    assert (entry.territory.slug, entry.user_id) == ("alpha", asker.pk)


def test_what_a_plugin_requires_is_opened_with_it():
    make_portal()
    territory, _is_new = create_territory(plan(plugins=["labelling"]))
    assert territory.enabled_plugins == {"labelling", "agenda", "resources_directory"}


def test_an_address_taken_meanwhile_stops_the_run_with_a_sentence():
    alpha = make_territory("alpha")
    run = plan_territory(plan("beta"))
    Site.objects.filter(pk=alpha.site_id).update(hostname="beta.localhost")
    with pytest.raises(InvalidPlan):
        carry_out(run)
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.errors == ["Adresse du site : L’adresse beta.localhost est déjà prise."]
    assert run.next_step().code == "address"
    Site.objects.filter(pk=alpha.site_id).update(hostname="alpha.localhost")
    carry_out(run)
    assert Site.objects.get(hostname="beta.localhost").territory.slug == "beta"


def test_an_address_that_a_waiting_run_will_take_is_taken():
    make_portal()
    plan_territory(plan("beta"))
    with pytest.raises(InvalidPlan, match="déjà prise"):
        plan_territory(plan("gamma", hostname="beta.localhost"))


def test_an_error_nobody_expected_is_told_in_french_and_logged(monkeypatch, caplog):
    make_portal()
    run = plan_territory(plan("beta"))
    monkeypatch.setattr(provisioning_steps, "put_right", lambda territory: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        carry_out(run)
    run.refresh_from_db()
    assert run.next_step().code == "rights"
    assert "Reprenez" in run.errors[0] and "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"slug": "Grand Mirail"}, "Nom court : Des minuscules sans accent"),
        ({"slug": "national"}, "équipe nationale"),
        ({"slug": "portail"}, "déjà pris"),
        ({"name": ""}, "Nom : "),
        ({"hostname": "alpha!.localhost"}, "n’est pas une adresse de site"),
        ({"hostname": "alpha.invalid"}, "n’est pas une adresse de site"),
        ({"hostname": "localhost"}, "déjà prise"),
        ({"port": 70000}, "Port : Un port est un nombre"),
        ({"communes": []}, "au moins une commune"),
        ({"communes": ["3155"]}, "3155 : Un code INSEE a 5 caractères"),
        ({"plugins": ["nimporte"]}, "Module inconnu : nimporte"),
        ({"coordinator_email": "personne"}, "n’est pas une adresse e-mail"),
    ],
)
def test_a_bad_plan_is_said_field_by_field_before_anything_is_written(changed, sentence):
    make_portal()
    with pytest.raises(InvalidPlan) as refused:
        create_territory(plan(**changed))
    assert any(sentence in said for said in refused.value.sentences), refused.value.sentences
    assert not Provisioning.objects.exists() and not Territory.objects.exists()


def command(*arguments) -> str:
    out = io.StringIO()
    call_command("create_territory", *arguments, stdout=out)
    return out.getvalue()


ASKED = (
    "alpha", "--name=Alpha", "--hostname=alpha.localhost", "--commune=31555:Toulouse",
    "--plugins=agenda",
)  # fmt: skip


def test_the_command_shows_how_far_it_is():
    make_portal()
    said = command(*ASKED).splitlines()
    assert said[0] == f"[{'.' * 24}] 0/8 Nom et accueil"
    assert said[-2] == f"[{'#' * 24}] 8/8 Fini"
    assert said[-1] == "Alpha : créé. Adresse : http://alpha.localhost/"


def test_a_dry_run_prints_the_plan_and_writes_nothing():
    make_portal()
    said = command(*ASKED, "--dry-run")
    assert "Alpha : à créer." in said and "Communes : Toulouse (31555)" in said
    assert "Adresse du site : http://alpha.localhost/" in said
    assert "8. Mise en ligne" in said
    assert not Provisioning.objects.exists() and not Territory.objects.exists()
    with pytest.raises(CommandError, match="déjà prise"):
        command(*ASKED, "--hostname=localhost", "--dry-run")


def test_the_command_resumes_what_was_asked_elsewhere():
    make_portal()
    with pytest.raises(Killed):
        create_territory(plan("beta"), tell=kill_before(4))
    assert "(déjà fait)" in command("beta", "--resume", "--dry-run")
    said = command("beta", "--resume")
    assert said.startswith("[") and f"4/{len(STEPS)}" in said.splitlines()[0]
    assert "http://beta.localhost/" in said
    with pytest.raises(CommandError, match="rien à reprendre"):
        command("gamma", "--resume")


def test_the_command_takes_the_ports_of_the_portal():
    make_portal()
    Site.objects.filter(is_default_site=True).update(port=443)
    assert "https://alpha.localhost/" in command(*ASKED)


def test_the_command_says_what_it_lacks():
    with pytest.raises(CommandError, match="Il manque --name et --hostname"):
        command("alpha")
