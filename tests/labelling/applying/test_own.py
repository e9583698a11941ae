"""A partner asks for the things of its actors, follows what it asked, and nothing of others'."""

import pytest
from agenda_factories import make_actor, make_event
from cooperation_factories import make_action
from django.contrib.auth.models import User

from cooperation.models import ActionActor
from labelling.applying import beginning
from labelling.models import Application, State
from resources_directory.members import add_partner

from .conftest import HOST, path_of, words

pytestmark = pytest.mark.django_db
INDEX = "/admin/label-applying/"
ADMIN = {"host": "localhost"}


@pytest.fixture
def actor(alpha):
    return make_actor(alpha, "Centre social")


@pytest.fixture
def partner(actor, client):
    user = User.objects.create_user(
        "lea", "lea@exemple.fr", "secret", first_name="Léa", last_name="Martin"
    )
    add_partner(actor=actor, user=user)
    client.force_login(user)
    return user


def test_a_partner_sees_its_own_things_and_begins_for_one(alpha, beta, actor, partner, client):
    mine = make_event(alpha, "Mon forum", organiser=actor)
    make_event(alpha, "Le forum des autres")
    make_actor(beta, "Ailleurs")
    action = make_action(alpha, "Mon action")
    action.actors.add(ActionActor(actor=actor))
    action.save_revision().publish()
    shown = words(client.get(INDEX, headers=ADMIN))
    for said in ("Mon forum", "Mon action", "Centre social"):
        assert said in shown, said
    assert "autres" not in shown and "Ailleurs" not in shown
    answer = client.post(f"{INDEX}begin/{mine.pk}/", headers=ADMIN)
    application = Application.objects.get()
    assert answer.url.startswith("http://alpha.localhost")
    assert (application.page_id, application.user, application.actor) == (mine.pk, partner, actor)
    assert (application.contact_name, application.email) == ("Léa Martin", "lea@exemple.fr")
    assert "Mon forum" in words(client.get(path_of(answer.url), headers=HOST))
    shown = words(client.get(INDEX, headers=ADMIN))
    assert application.reference in shown and "Une demande est en cours" in shown
    client.post(f"{INDEX}begin/{mine.pk}/", headers=ADMIN)
    assert Application.objects.count() == 1


def test_a_partner_goes_on_with_the_very_same_form(partner, client, actor, alpha, monkeypatch):
    said = {"subject": "event", "title": "Forum", "actor": actor.pk}
    assert client.post(f"{INDEX}new/", {**said, "title": ""}, headers=ADMIN).status_code == 422
    with monkeypatch.context() as patched:
        patched.setattr(beginning, "grid_of", lambda territory: None)
        refused = client.post(f"{INDEX}new/", {**said, "takes_place": "En mai"}, headers=ADMIN)
    assert refused.status_code == 422
    assert "Aucune grille de critères" in words(refused) and 'value="En mai"' in words(refused)
    client.post(f"{INDEX}new/", said, headers=ADMIN)
    application = Application.objects.get()
    assert (application.title, application.actor, application.page) == ("Forum", actor, None)
    answer = client.post(f"{INDEX}{application.pk}/continue/", headers=ADMIN)
    assert client.get(path_of(answer.url), headers=HOST).status_code == 200
    Application.objects.update(state=State.REFUSED, reasons="Pas assez de relais.")
    assert "Pas assez de relais." in words(client.get(INDEX, headers=ADMIN))
    gone = client.post(f"{INDEX}{application.pk}/continue/", headers=ADMIN)
    assert gone.status_code == 404


def test_nothing_of_others_is_begun_or_continued(alpha, beta, partner, client, begin):
    other = begin(title="Forum secret")
    for page in (make_event(alpha, "A", slug="a"), make_event(beta, "B"), make_actor(beta, "Cee")):
        assert client.post(f"{INDEX}begin/{page.pk}/", headers=ADMIN).status_code == 404
    assert client.post(f"{INDEX}{other.pk}/continue/", headers=ADMIN).status_code == 404
    stranger = {"subject": "event", "title": "F", "actor": make_actor(beta, "Autre").pk}
    assert client.post(f"{INDEX}new/", stranger, headers=ADMIN).status_code == 422
    assert "secret" not in words(client.get(INDEX, headers=ADMIN))
    assert Application.objects.count() == 1
    # GET writes nothing.
    assert client.get(f"{INDEX}{other.pk}/continue/", headers=ADMIN).status_code in {404, 405}


def test_who_speaks_for_nobody_has_no_such_list(client, alpha):
    client.force_login(User.objects.create_user("sam", password="secret"))
    assert client.get(INDEX, headers=ADMIN).status_code == 302
    assert client.get(INDEX, headers=ADMIN).url.startswith("/admin/")


def test_the_list_costs_the_same_for_one_application_and_for_twenty(
    alpha, beta, actor, partner, client, begin, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(15) as captured:
            shown = words(client.get(INDEX, headers=ADMIN))
        return len(captured), shown.count("DL-"), shown.count("/begin/")

    def more(number):
        make_event(alpha, f"Forum {number}", slug=f"forum-{number}", organiser=actor)
        action = make_action(alpha, f"Action {number}", slug=f"action-{number}")
        action.actors.add(ActionActor(actor=actor))
        action.save_revision().publish()

    more(1)
    begin(title="Forum", user=partner, actor=actor)
    client.get(INDEX, headers=ADMIN)
    few, *shown = cost()
    assert shown == [1, 3]
    add_partner(actor=make_actor(beta, "Maison"), user=partner)
    for number in (2, 3):
        more(number)
    for _again in range(19):
        begin(title="Forum", user=partner, actor=actor)
    assert cost() == (few, 20, 8)
