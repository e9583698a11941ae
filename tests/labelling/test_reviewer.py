"""A label reviewer gives and withdraws labels in its territory, and does nothing else."""

import pytest
from agenda_factories import make_event
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import home_of, make_member

from labelling.models import Label
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


@pytest.fixture
def ticked(mandatory):
    return {"mandatory": [one.pk for one in mandatory], "reasons": "Préparé à plusieurs."}


def explorer_of(event):
    return reverse("wagtailadmin_explore", args=[event.get_parent().pk])


def grant_url(event):
    return reverse("labelling_grant", args=[event.pk])


def withdraw_url(event):
    return reverse("labelling_withdraw", args=[event.pk])


def test_a_reviewer_finds_the_event_gives_the_label_and_withdraws_it(
    client, reviewer, event, ticked
):
    assert client.get(reverse("wagtailadmin_home"), headers=HOST).status_code == 200
    listed = client.get(explorer_of(event), headers=HOST).content.decode()
    assert "Le forum" in listed and grant_url(event) in listed
    response = client.post(grant_url(event), ticked, headers=HOST)
    assert response.url == explorer_of(event)
    label = Label.objects.get()
    assert label.page_id == event.pk and label.granted_by == reviewer
    listed = client.get(explorer_of(event), headers=HOST).content.decode()
    assert withdraw_url(event) in listed and grant_url(event) not in listed
    assert label.number in client.get(reverse("wagtailadmin_home"), headers=HOST).content.decode()
    client.post(withdraw_url(event), {"reasons": "Devenu payant."}, headers=HOST)
    assert not Label.objects.active().exists()


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


def test_a_reviewer_of_another_territory_learns_nothing(client, beta, event, ticked, give):
    client.force_login(make_member(beta, "label-reviewer"))
    assert client.post(grant_url(event), ticked, headers=HOST).status_code == 404
    assert not Label.objects.exists()
    give(event)
    assert client.post(withdraw_url(event), {"reasons": "x"}, headers=HOST).status_code == 404
    assert "Le forum" not in client.get(explorer_of(event), headers=HOST).content.decode()
    assert Label.objects.active().count() == 1


def test_reviewing_here_and_writing_there_gives_no_label_there(client, alpha, beta, ticked):
    user = make_member(alpha, "label-reviewer")
    user.groups.add(role_group(beta, "editor"))
    client.force_login(user)
    there = make_event(beta, "Le salon")
    assert user.has_perm("labelling.add_label"), "Django knows no territory"
    assert list(territories_where(user, "labelling.add_label")) == [alpha]
    home = reverse("wagtailadmin_home")
    assert client.post(grant_url(there), ticked, headers=HOST).url == home
    assert grant_url(there) not in client.get(explorer_of(there), headers=HOST).content.decode()
    assert not Label.objects.exists()


def test_a_reviewer_may_do_nothing_where_the_label_is_closed(client, reviewer, event, alpha):
    switch_off(territory=alpha, plugin="labelling")
    assert client.get(grant_url(event), headers=HOST).status_code in {302, 404}
    assert "/login/" in client.get(reverse("wagtailadmin_home"), headers=HOST).url


def test_the_list_of_events_asks_about_labels_once(client, reviewer, alpha, event, give):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(explorer_of(event), headers=HOST)
        return sum("labelling_label" in query["sql"] for query in captured)

    give(event)
    one = cost()
    for rank in range(5):
        make_event(alpha, f"Atelier {rank}", slug=f"atelier-{rank}")
    assert cost() == one > 0
