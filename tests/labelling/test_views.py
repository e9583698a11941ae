"""« Retirer le label » in the admin: a coordinator of the territory, and nobody else."""

import pytest
from agenda_factories import make_event
from django.urls import reverse
from factories import make_member

from labelling.models import Label
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


def withdraw_url(event):
    return reverse("labelling_withdraw", args=[event.pk])


@pytest.fixture
def event(alpha):
    return make_event(alpha, "Le forum")


@pytest.fixture
def coordinator(client, alpha):
    user = make_member(alpha)
    client.force_login(user)
    return user


def test_the_label_is_withdrawn_with_a_reason(client, coordinator, event, give):
    label = give(event)
    assert client.post(withdraw_url(event), {"reasons": ""}, headers=HOST).status_code == 200
    label.refresh_from_db()
    assert label.withdrawn_on is None
    client.post(withdraw_url(event), {"reasons": "Devenu payant."}, headers=HOST)
    label.refresh_from_db()
    assert label.withdrawn_on is not None and label.withdrawal_reasons == "Devenu payant."
    history = client.get(
        reverse("wagtailadmin_pages:history", args=[event.pk]), headers=HOST
    ).content.decode()
    assert f"{label.number} retiré" in history


def test_a_label_is_not_withdrawn_twice(client, coordinator, event, give):
    assert client.post(withdraw_url(event), {"reasons": "x"}, headers=HOST).status_code == 302
    label = give(event)
    client.post(withdraw_url(event), {"reasons": "Devenu payant."}, headers=HOST)
    client.post(withdraw_url(event), {"reasons": "Autre chose."}, headers=HOST)
    label.refresh_from_db()
    assert label.withdrawal_reasons == "Devenu payant."


def test_a_stranger_coordinator_cannot_withdraw(client, event, beta, give):
    client.force_login(make_member(beta))
    give(event)
    for method in (client.get, client.post):
        assert method(withdraw_url(event), {"reasons": "x"}, headers=HOST).status_code == 404
    assert Label.objects.active().count() == 1


def test_an_editor_cannot_withdraw_and_sees_no_button(client, alpha, event, give):
    client.force_login(make_member(alpha, "editor"))
    give(event)
    edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert withdraw_url(event) not in client.get(edit, headers=HOST).content.decode()
    home = reverse("wagtailadmin_home")
    assert client.post(withdraw_url(event), {"reasons": "x"}, headers=HOST).url == home
    assert Label.objects.active().count() == 1


def test_who_is_not_logged_in_is_sent_to_the_door(client, event, give):
    give(event)
    assert "/login/" in client.post(withdraw_url(event), {"reasons": "x"}, headers=HOST).url
    assert Label.objects.active().exists()


def test_where_the_label_is_closed_nothing_is_withdrawn(client, coordinator, event, give):
    give(event)
    switch_off(territory=event.territory, plugin="labelling")
    edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert withdraw_url(event) not in client.get(edit, headers=HOST).content.decode()
    assert client.get(withdraw_url(event), headers=HOST).status_code == 404


def test_the_dashboard_lists_the_labels_of_ones_own_territories(client, event, beta, give):
    own, foreign = give(event), give(make_event(beta, "Ailleurs"))
    client.force_login(make_member(event.territory))
    html = client.get(reverse("wagtailadmin_home"), headers=HOST).content.decode()
    assert "Vos labels" in html and own.number in html and "Le forum" in html
    assert foreign.number not in html and "Ailleurs" not in html
    switch_off(territory=event.territory, plugin="labelling")
    html = client.get(reverse("wagtailadmin_home"), headers=HOST).content.decode()
    assert "Vos labels" not in html
