"""What a reader changes with the link of a letter: choices, address, and leaving it all."""

import pytest
from django.test import Client
from django.utils import timezone

from newsletter.models import Objection, Subscriber, SubscriberState
from territories.models import OutgoingMail
from territories.places.models import Commune, Neighbourhood

from .conftest import link_in_mail, page_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(alpha, make_reader):
    return make_reader(alpha)


def add_neighbourhood(territory, name="Bellefontaine", code="QN03103M"):
    commune = Commune.objects.get(code="31555")
    one = Neighbourhood.objects.create(commune=commune, name=name, code=code)
    territory.neighbourhoods.add(one)
    return one


def test_a_reader_chooses(visitor, reader, alpha):
    quarter = add_neighbourhood(alpha)
    answer = visitor.presses(
        page_of(reader),
        action="save",
        wants_letters="on",
        themes=["sante", "numerique"],
        neighbourhood=quarter.code,
        language="en",
        frequency="monthly",
    )
    assert answer.status_code == 302
    assert "enregistrés" in words(visitor.opens(answer.url))
    reader.refresh_from_db()
    assert reader.themes == ["sante", "numerique"]
    assert (reader.neighbourhood, reader.language) == (quarter.code, "en")
    assert reader.frequency == "monthly" and reader.wants_letters
    found = Subscriber.objects.receiving(alpha, themes=["numerique"])
    assert list(found) == [reader]
    assert not Subscriber.objects.receiving(alpha, themes=["mobilite"]).exists()


def test_a_reader_keeps_their_row_without_letters(visitor, reader, alpha):
    visitor.presses(page_of(reader), action="save", language="fr", frequency="each")
    reader.refresh_from_db()
    assert reader.state == SubscriberState.ACTIVE and not reader.wants_letters
    assert not Subscriber.objects.receiving(alpha).exists()


def test_neighbourhoods_of_other_territories_are_not_offered(visitor, reader, alpha, beta):
    add_neighbourhood(alpha)
    theirs = add_neighbourhood(beta, "Le Mirail", "QN03104M")
    assert "Le Mirail" not in words(visitor.opens(page_of(reader)))
    answer = visitor.presses(
        page_of(reader), action="save", neighbourhood=theirs.code, language="fr", frequency="each"
    )
    assert answer.status_code == 422
    assert "n’est plus proposé" in words(answer)


def test_what_no_button_sends_changes_nothing(visitor, reader):
    answer = visitor.presses(page_of(reader), action="")
    assert answer.status_code == 422
    assert "choisissez l’un des boutons" in words(answer)


@pytest.mark.parametrize("word", ["choix", "desabonnement", "rester"])
def test_a_link_of_one_territory_opens_nothing_on_the_host_of_another(stranger, reader, word):
    address = page_of(reader, word)
    assert stranger.opens(address).status_code == 404
    exempt = Client()
    assert exempt.post(address, headers={"host": "beta.localhost"}).status_code == 404
    reader.refresh_from_db()
    assert reader.state == SubscriberState.ACTIVE


def test_a_token_that_nobody_signed_opens_nothing(visitor, reader):
    assert visitor.opens(f"/lettres/choix/{reader.key.hex}/").status_code == 404
    assert visitor.opens(f"/lettres/choix/{reader.key.hex}~nonsense/").status_code == 404
    assert visitor.opens("/lettres/desabonnement/%00~x/").status_code == 404


def test_a_mail_program_unsubscribes_in_one_click(reader, alpha):
    """RFC 8058, 3.2: neither cookie nor token, and the answer is no redirection."""
    browser = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        answer = browser.post(
            page_of(reader, "desabonnement"),
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
            headers={"host": "alpha.localhost"},
        )
        assert answer.status_code == 200
        assert not answer.cookies
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT and reader.left_at
    assert Objection.objects.count() == 1
    assert not Subscriber.objects.receiving(alpha).exists()


def test_opening_the_link_to_leave_shows_one_button_and_changes_nothing(visitor, reader):
    answer = visitor.opens(page_of(reader, "desabonnement"))
    assert words(answer).count('<button class="btn big"') == 1
    assert not answer.cookies
    reader.refresh_from_db()
    assert reader.state == SubscriberState.ACTIVE
    assert "vous êtes désabonné" in words(visitor.presses(page_of(reader, "desabonnement")))


def test_a_reader_leaves_from_their_choices(visitor, reader):
    answer = visitor.presses(page_of(reader), action="leave")
    assert "aucune lettre ne vous est envoyée" in words(visitor.opens(answer.url))
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT
    # Nothing of a letter's link brings it back: a letter is forwarded.
    visitor.presses(page_of(reader), action="save", language="fr", frequency="each")
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT


def test_a_reader_is_erased_and_leaves_what_nobody_can_read(visitor, reader):
    visitor.subscribes(reader.email)
    OutgoingMail.objects.update(sent_at=timezone.now())
    answer = visitor.presses(page_of(reader), action="erase")
    assert "votre adresse est effacée" in words(answer)
    assert not Subscriber.objects.exists()
    assert reader.email not in Objection.objects.get().digest
    assert not OutgoingMail.objects.filter(to=reader.email).exclude(sent_at=None).exists()
    gone = visitor.opens(page_of(reader))
    assert gone.status_code == 404
    assert "n’est plus dans nos listes" in words(gone)


def test_an_address_is_changed_once_the_new_one_has_answered(visitor, reader):
    answer = visitor.presses(page_of(reader), action="move", **{"new-email": "new@example.org"})
    assert answer.status_code == 302
    reader.refresh_from_db()
    assert reader.email == "samira@example.org"
    visitor.presses(link_in_mail("new@example.org", "adresse"))
    reader.refresh_from_db()
    assert reader.email == "new@example.org" and reader.state == SubscriberState.ACTIVE
    assert reader.consents.count() == 2


def test_whether_the_new_address_is_a_readers_is_told_to_it_alone(
    visitor, reader, alpha, make_reader
):
    make_reader(alpha, "other@example.org")
    taken = visitor.presses(page_of(reader), action="move", **{"new-email": "other@example.org"})
    free = visitor.presses(page_of(reader), action="move", **{"new-email": "free@example.org"})
    assert taken.url == free.url
    mail = OutgoingMail.objects.get(to="other@example.org")
    assert "Vous la recevez déjà" in mail.text


def test_a_new_address_that_became_a_readers_meanwhile_is_not_taken(
    visitor, reader, alpha, make_reader
):
    visitor.presses(page_of(reader), action="move", **{"new-email": "new@example.org"})
    make_reader(alpha, "new@example.org")
    answer = visitor.presses(link_in_mail("new@example.org", "adresse"))
    assert answer.status_code == 409
    assert Subscriber.objects.count() == 2


def test_a_wrong_new_address_is_said(visitor, reader):
    answer = visitor.presses(page_of(reader), action="move", **{"new-email": "new@"})
    assert answer.status_code == 422
    assert "pas complète" in words(answer)


def test_who_left_before_confirming_anew_is_not_brought_back_by_the_old_link(visitor, reader):
    visitor.presses(page_of(reader), action="save", language="fr", frequency="each")
    visitor.subscribes(reader.email)
    link = link_in_mail(reader.email)
    visitor.presses(page_of(reader, "desabonnement"))
    assert visitor.opens(link).status_code == 410
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT
