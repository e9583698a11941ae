"""« Étudier pour le label »: from a page to its application, and from there to the one decision."""

import pytest
from agenda_factories import make_actor, make_event
from cooperation_factories import make_action
from django.urls import reverse
from factories import make_content_page
from labelling_factories import set_rules
from wagtail.models import Locale, PageLogEntry

from agenda.models import EventPage
from labelling.models import Application, Label, State
from territories.plugins.switching import switch_off

HOST = {"host": "localhost"}


@pytest.fixture
def event(world, db):
    return make_event(world.alpha, "Le salon")


@pytest.fixture
def ticked(world):
    return {
        "mandatory": [one.pk for one in world.mandatory],
        "optional": [world.optional[1].pk, world.optional[4].pk],
    }


@pytest.fixture
def coordinator(client, people):
    client.force_login(people["coordinator"])
    return people["coordinator"]


def url(name, pk):
    return reverse(f"label_applications:{name}", args=[pk])


def test_a_coordinator_finds_the_button_opens_an_application_and_decides(
    client, coordinator, world, event, ticked
):
    edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert url("study", event.pk) in client.get(edit, headers=HOST).text
    form = client.get(url("study", event.pk), headers=HOST).text
    assert all(one.name in form for one in [*world.mandatory, *world.optional])
    assert not Application.objects.filter(page=event.pk).exists(), "reading opens nothing"
    answer = client.post(url("study", event.pk), ticked, headers=HOST)
    application = Application.objects.get(page=event.pk)
    assert answer.url == url("grant", application.pk)
    assert application.state == State.SUBMITTED and application.user == coordinator
    met = application.answers.filter(is_met=True).values_list("criterion", flat=True)
    assert set(met) == {*ticked["mandatory"], *ticked["optional"]}
    assert not Label.objects.exists()
    decision = client.get(answer.url, headers=HOST).text
    assert decision.count("checked") == len(set(met))
    reasons = "Gratuit et préparé à plusieurs."
    client.post(answer.url, {**ticked, "words": reasons}, headers=HOST)
    label = Label.objects.get()
    assert label.application == application and label.page_id == event.pk
    assert label.granted_by == coordinator and label.reasons == reasons
    assert set(label.criteria.values_list("pk", flat=True)) == set(met)
    assert PageLogEntry.objects.filter(page=event.pk, action="labelling.grant").exists()
    assert url("study", event.pk) not in client.get(edit, headers=HOST).text
    assert label.number in client.get(url("read", application.pk), headers=HOST).text
    again = client.get(url("study", event.pk), headers=HOST)
    assert again.status_code == 302 and Label.objects.count() == 1


def test_no_label_is_opened_given_or_attached_once_the_event_is_cancelled(
    client, coordinator, world, event, ticked, application
):
    EventPage.objects.filter(pk__in=[event.pk, world.event.pk]).update(status="cancelled")
    form = {**ticked, "words": "Gratuit."}
    refused = client.post(url("grant", application.pk), form, headers=HOST)
    assert refused.status_code == 422
    assert "Le rendez-vous « Le forum » est annulé" in refused.text.replace("\xa0", " ")
    refused = client.post(url("attach", application.pk), {"page": event.pk}, headers=HOST)
    assert refused.status_code == 422 and "« Le salon » est annulé" in refused.text
    answer = client.post(url("study", event.pk), ticked, headers=HOST, follow=True)
    assert "« Le salon » est annulé" in answer.text.replace("\xa0", " ")
    assert Application.objects.count() == 1 and not Label.objects.exists()


def test_with_a_quorum_the_way_leads_to_the_application_that_waits(
    client, coordinator, world, event, ticked
):
    set_rules(world.alpha, quorum=1)
    answer = client.post(url("study", event.pk), ticked, headers=HOST)
    application = Application.objects.get(page=event.pk)
    assert answer.url == url("read", application.pk)
    refused = client.post(url("grant", application.pk), {**ticked, "words": "Bien."}, headers=HOST)
    assert refused.status_code == 422 and "Il faut 1 avis" in refused.text
    assert client.get(url("study", event.pk), headers=HOST).url == answer.url


def test_an_action_and_a_place_are_studied_too(client, coordinator, world, ticked):
    action = make_action(world.alpha, "Chantier école")
    place = make_actor(world.alpha, "Maison de quartier")
    for page, subject in ((action, "action"), (place, "place")):
        client.post(url("study", page.pk), ticked, headers=HOST)
        assert Application.objects.get(page=page.pk).subject == subject
    page = make_content_page(world.alpha)
    assert client.get(url("study", page.pk), headers=HOST).status_code == 404


def test_from_a_translation_the_record_is_studied(client, coordinator, event, ticked):
    translation = event.copy_for_translation(Locale.objects.get(language_code="en"))
    client.post(url("study", translation.pk), ticked, headers=HOST)
    assert Application.objects.filter(page=event.pk).exists()


def test_nobody_else_opens_an_application_for_a_page(client, people, event, ticked):
    for who in ("stranger", "editor", "reviewer", "partner", "applicant", "team"):
        client.force_login(people[who])
        for method in (client.get, client.post):
            assert method(url("study", event.pk), ticked, headers=HOST).status_code == 404, who
    client.logout()
    assert "/login/" in client.post(url("study", event.pk), ticked, headers=HOST).url
    assert not Application.objects.filter(page=event.pk).exists()


def test_where_the_label_is_closed_nothing_is_studied(client, coordinator, event):
    switch_off(territory=event.territory, plugin="labelling")
    edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert url("study", event.pk) not in client.get(edit, headers=HOST).text
    assert client.get(url("study", event.pk), headers=HOST).status_code == 404


def test_a_missing_mandatory_criterion_is_named_and_the_ticks_are_kept(
    client, coordinator, world, application, ticked
):
    ticked["mandatory"].remove(world.mandatory[2].pk)
    answer = client.post(url("grant", application.pk), {**ticked, "words": "Bien."}, headers=HOST)
    assert answer.status_code == 422
    assert f"Il manque un critère obligatoire : {world.mandatory[2].name}" in answer.text
    assert answer.text.count("checked") == len(ticked["mandatory"]) + len(ticked["optional"])
    application.refresh_from_db()
    assert application.state == State.SUBMITTED and not Label.objects.exists()
    assert not application.answers.filter(is_accepted__isnull=False).exists()


@pytest.mark.parametrize(
    "nonsense",
    [
        {"mandatory": ["abc"]},
        {"mandatory": ["99999999"], "optional": ["\x00"], "words": "x"},
        {"optional": ["-1"], "seen": "x"},
        {},
        {"mandatory": ["1"], "words": "x" * 5000},
        {"words": "a\x00b"},
    ],
)
def test_nonsense_in_the_forms_decides_nothing(client, coordinator, application, nonsense):
    for name in ("grant", "refuse"):
        answer = client.post(url(name, application.pk), nonsense, headers=HOST)
        assert answer.status_code == 422, name
    application.refresh_from_db()
    assert application.state == State.SUBMITTED and not Label.objects.exists()
