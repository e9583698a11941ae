"""« Donner le label » in the admin: a coordinator of the territory, and nobody else."""

import pytest
from agenda_factories import make_event
from django.urls import reverse
from factories import make_content_page, make_member
from wagtail.models import Locale, PageLogEntry

from labelling.models import Label
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


def grant_url(event):
    return reverse("labelling_grant", args=[event.pk])


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


@pytest.fixture
def ticked(mandatory, optional):
    return {
        "mandatory": [one.pk for one in mandatory],
        "optional": [optional[1].pk, optional[4].pk],
        "reasons": "Gratuit et préparé à plusieurs.",
    }


def test_a_coordinator_finds_the_button_ticks_the_grid_and_gives_the_label(
    client, coordinator, event, ticked, mandatory, optional
):
    edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert grant_url(event) in client.get(edit, headers=HOST).content.decode()
    form = client.get(grant_url(event), headers=HOST).content.decode()
    assert "csrfmiddlewaretoken" in form
    for criterion in [*mandatory, *optional]:
        assert criterion.name in form
    assert not Label.objects.exists(), "reading the form gives nothing"
    response = client.post(grant_url(event), ticked, headers=HOST)
    assert response.url == edit
    label = Label.objects.get()
    assert label.page_id == event.pk and label.territory == event.territory
    assert label.granted_by == coordinator and label.reasons == ticked["reasons"]
    assert {check.criterion_id for check in label.checks.all()} == {
        *ticked["mandatory"],
        *ticked["optional"],
    }
    assert PageLogEntry.objects.filter(
        page=event.pk, action="labelling.grant", user=coordinator
    ).exists()
    after = client.get(edit, headers=HOST).content.decode()
    assert withdraw_url(event) in after and grant_url(event) not in after
    assert label.number in after


def test_a_missing_mandatory_criterion_is_named_and_the_ticks_are_kept(
    client, coordinator, event, ticked, mandatory
):
    ticked["mandatory"].remove(mandatory[2].pk)
    html = client.post(grant_url(event), ticked, headers=HOST).content.decode()
    assert f"Il manque un critère obligatoire : {mandatory[2].name}" in html
    assert html.count("checked") == len(ticked["mandatory"]) + len(ticked["optional"])
    assert not Label.objects.exists()


@pytest.mark.parametrize(
    "nonsense",
    [
        {"mandatory": ["abc"]},
        {"mandatory": ["99999999"], "optional": ["\x00"]},
        {"optional": ["-1"]},
        {},
        {"mandatory": ["1"], "reasons": "x" * 5000},
        {"reasons": "a\x00b"},
    ],
)
def test_nonsense_in_the_form_gives_no_label_and_no_500(client, coordinator, event, nonsense):
    assert client.post(grant_url(event), nonsense, headers=HOST).status_code == 200
    assert not Label.objects.exists()


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


def test_a_label_is_neither_given_twice_nor_withdrawn_twice(client, coordinator, event, ticked):
    assert client.post(withdraw_url(event), {"reasons": "x"}, headers=HOST).status_code == 302
    client.post(grant_url(event), ticked, headers=HOST)
    client.post(grant_url(event), ticked, headers=HOST)
    assert Label.objects.count() == 1


def test_a_stranger_coordinator_cannot_give_nor_withdraw(client, event, beta, ticked, give):
    client.force_login(make_member(beta))
    for method in (client.get, client.post):
        assert method(grant_url(event), headers=HOST).status_code == 404
    assert client.post(grant_url(event), ticked, headers=HOST).status_code == 404
    assert not Label.objects.exists()
    give(event)
    assert client.post(withdraw_url(event), {"reasons": "x"}, headers=HOST).status_code == 404
    assert Label.objects.active().count() == 1


def test_an_editor_cannot_give_nor_withdraw_and_sees_no_button(client, alpha, event, ticked, give):
    client.force_login(make_member(alpha, "editor"))
    edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert grant_url(event) not in client.get(edit, headers=HOST).content.decode()
    home = reverse("wagtailadmin_home")
    assert client.post(grant_url(event), ticked, headers=HOST).url == home
    assert not Label.objects.exists()
    give(event)
    assert client.post(withdraw_url(event), {"reasons": "x"}, headers=HOST).url == home
    assert Label.objects.active().count() == 1


def test_who_is_not_logged_in_is_sent_to_the_door(client, event, ticked):
    response = client.post(grant_url(event), ticked, headers=HOST)
    assert "/login/" in response.url
    assert not Label.objects.exists()


def test_only_events_have_the_button(client, coordinator, alpha):
    page = make_content_page(alpha)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert grant_url(page) not in client.get(edit, headers=HOST).content.decode()
    assert client.get(grant_url(page), headers=HOST).status_code == 404


def test_where_the_label_is_closed_there_is_neither_button_nor_form(client, coordinator, event):
    switch_off(territory=event.territory, plugin="labelling")
    edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert grant_url(event) not in client.get(edit, headers=HOST).content.decode()
    assert client.get(grant_url(event), headers=HOST).status_code == 404


def test_from_a_translation_the_label_goes_to_the_record(client, coordinator, event, ticked):
    translation = event.copy_for_translation(Locale.objects.get(language_code="en"))
    client.post(grant_url(translation), ticked, headers=HOST)
    assert Label.objects.get().page_id == event.pk


def test_the_dashboard_lists_the_labels_of_ones_own_territories(client, event, beta, give):
    own, foreign = give(event), give(make_event(beta, "Ailleurs"))
    client.force_login(make_member(event.territory))
    html = client.get(reverse("wagtailadmin_home"), headers=HOST).content.decode()
    assert "Vos labels" in html and own.number in html and "Le forum" in html
    assert foreign.number not in html and "Ailleurs" not in html
    switch_off(territory=event.territory, plugin="labelling")
    html = client.get(reverse("wagtailadmin_home"), headers=HOST).content.decode()
    assert "Vos labels" not in html
