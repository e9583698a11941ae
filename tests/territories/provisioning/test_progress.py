"""How far the making of a territory is, what stopped it, and going on."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from factories import make_territory
from wagtail.models import Site
from wizard_answers import HOST, at, errors_of, of_run

from territories.models import Provisioning, Territory
from territories.provisioning import steps as provisioning_steps
from territories.provisioning.create import Plan, carry_out, plan_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(team):
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
def fail(run, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(provisioning_steps, "put_right", lambda territory: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            carry_out(run)
    run.refresh_from_db()


def test_a_waiting_run_says_so_and_is_watched(show, run):
    page = show(of_run("run", run))
    assert "La création va commencer" in page
    assert re.search(r'<progress[^>]*value="0"[^>]*max="8"', page)
    assert of_run("state", run) in page and "provisioning.js" in page
    assert "Regarder de nouveau" in page and "Reprendre" not in page


def test_a_script_reads_how_far_it_is(client, show, run):
    def told():
        return client.get(of_run("state", run), headers=HOST).json()

    assert told() == {
        "state": "waiting", "done": 0, "total": 8, "step": "Nom et accueil", "goes_on": True,
    }  # fmt: skip
    carry_out(run)
    assert told() == {
        "state": "done", "done": 8, "total": 8, "step": "", "goes_on": False,
    }  # fmt: skip


@pytest.mark.usefixtures("fail")
def test_a_failed_run_says_where_and_is_resumed_from_there(
    client, show, run, django_capture_on_commit_callbacks
):
    page = show(of_run("run", run))
    assert "La création s’est arrêtée à : Rôles" in page and "Une erreur" in page
    assert "Reprendre" in page and "provisioning.js" not in page
    assert "Beta" in show(at("identity")), "the wizard leads to what is unfinished"
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(of_run("resume", run), headers=HOST)
    assert response.url == of_run("run", run)
    assert "« Beta » est en ligne." in show(response.url)


def test_an_interrupted_run_is_resumed_too(client, show, run, django_capture_on_commit_callbacks):
    long_ago = timezone.now() - timedelta(minutes=5)
    Provisioning.objects.filter(pk=run.pk).update(state="running", heard_at=long_ago)
    page = show(of_run("run", run))
    assert "La création a été interrompue" in page and "Reprendre" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(of_run("resume", run), headers=HOST)
    assert Territory.objects.filter(slug="beta").exists()


def test_a_run_that_nobody_takes_up_says_who_may_help(show, run):
    long_ago = timezone.now() - timedelta(minutes=5)
    Provisioning.objects.filter(pk=run.pk).update(heard_at=long_ago)
    assert "tâches de fond" in show(of_run("run", run))


def test_a_run_that_goes_on_is_not_started_again(client, run, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(of_run("resume", run), headers=HOST)
        client.post(of_run("correct", run), headers=HOST)
    assert not callbacks and "new_territory" not in client.session


def test_the_answers_of_a_failed_run_are_corrected(
    client, answer, show, run, django_capture_on_commit_callbacks
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


def test_get_resumes_nothing(client, run):
    assert client.get(of_run("resume", run), headers=HOST).status_code == 405
