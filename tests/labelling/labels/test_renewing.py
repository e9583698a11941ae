"""A label that ends is renewed: from 60 days before, by whoever holds it or the coordination."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from agenda_factories import make_actor, make_event
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from factories import make_member

from labelling.applying.beginning import begin_application
from labelling.labels.granting import withdraw_label
from labelling.labels.reminding import tell_of_labels_that_end
from labelling.labels.renewing import ask_for_renewal, why_not_renewed
from labelling.models import Answer, Application, Label, State

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


def ends_in(label, days):
    today = timezone.localdate()
    Label.objects.filter(pk=label.pk).update(
        granted_on=today - timedelta(days=300),
        starts_on=today - timedelta(days=300),
        expires_on=today + timedelta(days=days),
    )
    label.refresh_from_db()
    return label


@pytest.fixture
def place(alpha):
    return make_actor(alpha, "Le centre")


@pytest.fixture
def asked(alpha, place, mandatory):
    """The application that the label came of, with one answer."""
    application = begin_application(
        territory=alpha,
        subject="place",
        title="",
        page=place,
        language="fr",
        organisation="Tremplin",
        email="nadia@example.org",
    )
    Answer.objects.update_or_create(
        application=application,
        criterion=mandatory[0],
        defaults={"is_met": True, "text": "Gratuit, et près du tram."},
    )
    Application.objects.filter(pk=application.pk).update(state=State.GRANTED)
    application.refresh_from_db()
    return application


@pytest.fixture
def label(give, place, asked):
    return ends_in(give(place, application=asked), 40)


def test_it_starts_the_day_after_and_both_are_linked(give, place, label):
    later = give(place, renews=label)
    assert later.starts_on == label.expires_on + timedelta(days=1)
    assert (later.renews, label.renewed_by.get()) == (label, later)
    assert Label.objects.active().get() == label
    assert list(Label.objects.active(later.starts_on)) == [later]
    assert "déjà renouvelé" in why_not_renewed(label)


def test_after_the_end_it_starts_at_once(give, place, label):
    ends_in(label, -10)
    assert give(place, renews=label).starts_on == timezone.localdate()


def test_not_too_early_nor_once_withdrawn_nor_twice_nor_for_an_event(alpha, give, label):
    assert "60 jours" in why_not_renewed(ends_in(label, 61))
    assert not why_not_renewed(ends_in(label, 60))
    again = ask_for_renewal(label=label)
    with pytest.raises(ValidationError, match=again.reference):
        ask_for_renewal(label=label)
    withdraw_label(label=label, reasons="Erreur.")
    assert "retiré" in why_not_renewed(label)
    assert "fini" in why_not_renewed(give(make_event(alpha)))


def test_the_application_takes_over_who_asked_and_what_was_answered(label, asked, mandatory):
    again = ask_for_renewal(label=label)
    assert again.renews == label and again.state == State.DRAFT
    assert (again.organisation, again.email) == ("Tremplin", "nadia@example.org")
    assert again.answers.get(criterion=mandatory[0]).text == "Gratuit, et près du tram."


def test_granting_it_renews_without_being_told(give, place, label):
    again = ask_for_renewal(label=label)
    assert give(place, application=again).renews == label


def test_two_reminders_whatever_runs_twice_and_the_link_of_the_holder_asks(
    alpha, label, client, django_capture_on_commit_callbacks
):
    alpha.contact_email = "alpha@example.org"
    alpha.save()

    def run():
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            tell_of_labels_that_end()
            tell_of_labels_that_end()
        return sorted(to for message in mail.outbox for to in message.to)

    both = ["alpha@example.org", "nadia@example.org"]
    assert run() == both and run() == []
    ends_in(label, 15)
    assert run() == both
    [letter] = [message for message in mail.outbox if message.to == ["nadia@example.org"]]
    [address] = [word for word in letter.body.split() if "/label/renouveler/" in word]
    path = urlsplit(address).path
    alpha_host, beta_host = {"host": "alpha.localhost"}, {"host": "localhost"}
    assert client.get(path, headers=beta_host).status_code == 404
    assert "Demander le renouvellement" in client.get(path, headers=alpha_host).content.decode()
    assert not label.renewals.exists(), "reading asks for nothing"
    assert "/label/demander/" in client.post(path, headers=alpha_host).url
    assert label.renewals.get().state == State.DRAFT
    assert client.post(path, headers=alpha_host).status_code == 409
    assert run() == [], "it is asked for already"


class TestAdmin:
    def test_the_coordination_lists_reads_filters_and_exports_its_own(
        self, client, alpha, beta, give, label
    ):
        foreign = give(make_actor(beta, "Ailleurs"))
        client.force_login(make_member(alpha))
        for address in ("index", "export"):
            response = client.get(reverse(f"label_labels:{address}"), headers=HOST)
            said = b"".join(response) if response.streaming else response.content
            assert label.number.encode() in said and foreign.number.encode() not in said
        index = reverse("label_labels:index")
        assert (
            "Enlevez-en un" in client.get(f"{index}?state=withdrawn", headers=HOST).content.decode()
        )
        for state, is_there in (("ending", True), ("in_force", True), ("withdrawn", False)):
            html = client.get(f"{index}?state={state}", headers=HOST).content.decode()
            assert (f">{label.number}" in html or f"{label.number}\n" in html) is is_there, state
        html = client.get(index, headers=HOST).content.decode()
        # A day to come is no « 0 minute ago ».
        assert date_format(label.expires_on, "j F Y") in html and "minute" not in html
        read = reverse("label_labels:read", args=[label.pk])
        html = client.get(read, headers=HOST).content.decode()
        assert "Renouveler" in html and "Retirer le label" in html

    def test_renewing_is_asked_with_a_button(self, client, alpha, label):
        client.force_login(make_member(alpha))
        address = reverse("label_labels:renew", args=[label.pk])
        assert client.get(address, headers=HOST).status_code == 200
        assert not label.renewals.exists()
        response = client.post(address, headers=HOST)
        again = label.renewals.get()
        assert response.url == reverse("label_applications:read", args=[again.pk])
        assert client.post(address, headers=HOST).status_code == 302
        assert label.renewals.count() == 1

    def test_a_stranger_finds_neither(self, client, beta, label):
        client.force_login(make_member(beta))
        for name in ("read", "renew"):
            address = reverse(f"label_labels:{name}", args=[label.pk])
            assert client.get(address, headers=HOST).status_code == 404
            assert client.post(address, headers=HOST).status_code in {404, 405}
        assert not label.renewals.exists()

    def test_a_place_loses_its_label_as_an_event_does(self, client, alpha, place, label):
        client.force_login(make_member(alpha))
        address = reverse("labelling_withdraw", args=[place.pk])
        client.post(address, {"reasons": "Fermé pour travaux."}, headers=HOST)
        label.refresh_from_db()
        assert label.withdrawal_reasons == "Fermé pour travaux."
