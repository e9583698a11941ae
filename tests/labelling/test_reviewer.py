"""The committee reads applications and gives opinions in its territory, and does nothing else."""

import pytest
from agenda_factories import make_event
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import home_of, make_member
from labelling_factories import make_application

from labelling.models import Application, Label, Opinion
from territories.plugins.switching import switch_off
from territories.tenancy.roles import role_group, territories_where

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def event(alpha):
    return make_event(alpha, "Le forum")


@pytest.fixture
def reviewer(client, alpha):
    user = make_member(alpha, "label-reviewer")
    client.force_login(user)
    return user


def explorer_of(event):
    return reverse("wagtailadmin_explore", args=[event.get_parent().pk])


def study_url(event):
    return reverse("label_applications:study", args=[event.pk])


def withdraw_url(event):
    return reverse("labelling_withdraw", args=[event.pk])


def test_a_reviewer_finds_the_event_and_the_applications_and_decides_nothing(
    client, reviewer, event, give
):
    home = client.get(reverse("wagtailadmin_home"), headers=HOST).content.decode()
    assert reverse("label_applications:index") in home
    assert reverse("label_rules:index") not in home
    listed = client.get(explorer_of(event), headers=HOST).content.decode()
    assert "Le forum" in listed and study_url(event) not in listed
    for method in (client.get, client.post):
        assert method(study_url(event), headers=HOST).status_code == 404
    assert not Application.objects.exists()
    label = give(event)
    assert label.number in client.get(reverse("wagtailadmin_home"), headers=HOST).content.decode()
    assert client.post(withdraw_url(event), {"reasons": "x"}, headers=HOST).status_code in {
        302,
        404,
    }
    assert Label.objects.active().exists()


def test_a_reviewer_reads_the_grid(client, reviewer, grid):
    inspect = reverse("wagtailsnippets_labelling_criteriagrid:inspect", args=[grid.pk])
    assert grid.name in client.get(inspect, headers=HOST).content.decode()
    edit = reverse("wagtailsnippets_labelling_criteriagrid:edit", args=[grid.pk])
    assert client.get(edit, headers=HOST).status_code == 302


def test_a_reviewer_changes_no_page(client, reviewer, event, alpha):
    for page in (event, event.get_parent(), home_of(alpha)):
        for view in ("edit", "delete", "unpublish", "move", "copy"):
            address = reverse(f"wagtailadmin_pages:{view}", args=[page.pk])
            assert client.post(address, {}, headers=HOST).status_code in {302, 403}, address
        permissions = page.permissions_for_user(reviewer)
        assert not permissions.can_edit() and not permissions.can_delete()
        assert not permissions.can_add_subpage() and not permissions.can_lock()
    event.refresh_from_db()
    assert event.live


def test_a_reviewer_of_another_territory_learns_nothing(client, alpha, beta, event):
    application = make_application(alpha, event, state="in_committee")
    client.force_login(make_member(beta, "label-reviewer"))
    for name in ("read", "opinion"):
        url = reverse(f"label_applications:{name}", args=[application.pk])
        for method in (client.get, client.post):
            assert method(url, {"verdict": "for"}, headers=HOST).status_code == 404
    listed = client.get(reverse("label_applications:index"), headers=HOST).content.decode()
    assert application.reference not in listed
    assert "Le forum" not in client.get(explorer_of(event), headers=HOST).content.decode()
    assert not Opinion.objects.exists()


def test_reviewing_here_and_writing_there_gives_no_opinion_there(client, alpha, beta):
    user = make_member(alpha, "label-reviewer")
    user.groups.add(role_group(beta, "editor"))
    client.force_login(user)
    there = make_application(beta, make_event(beta, "Le salon"), state="in_committee")
    assert user.has_perm("labelling.add_opinion"), "Django knows no territory"
    assert list(territories_where(user, "labelling.add_opinion")) == [alpha]
    url = reverse("label_applications:opinion", args=[there.pk])
    assert client.post(url, {"verdict": "for"}, headers=HOST).status_code == 404
    assert not Opinion.objects.exists()


def test_a_reviewer_may_do_nothing_where_the_label_is_closed(client, reviewer, event, alpha):
    application = make_application(alpha, event, state="in_committee")
    switch_off(territory=alpha, plugin="labelling")
    url = reverse("label_applications:read", args=[application.pk])
    assert client.get(url, headers=HOST).status_code in {302, 404}
    assert "/login/" in client.get(reverse("wagtailadmin_home"), headers=HOST).url


def test_the_list_of_events_asks_about_labels_once(client, alpha, event, give):
    client.force_login(make_member(alpha))

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(explorer_of(event), headers=HOST)
        return sum("labelling_label" in query["sql"] for query in captured)

    give(event)
    one = cost()
    for rank in range(5):
        make_event(alpha, f"Atelier {rank}", slug=f"atelier-{rank}")
    assert cost() == one > 0
