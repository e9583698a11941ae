import pytest
from factories import make_member, make_portal
from wizard_answers import ANSWERS, HOST, STEPS, at, of_run

from territories.models import Provisioning


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
