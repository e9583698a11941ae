"""Nobody gets letters before their own mailbox has said so, and nobody learns who gets them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from factories import make_page

from newsletter.models import (
    Consent,
    NewsletterIndexPage,
    NewsletterPage,
    Objection,
    Subscriber,
    SubscriberState,
)
from newsletter.subscribing.joining import forget_unconfirmed
from newsletter.subscribing.leaving import leave
from territories.models import Commune, OutgoingMail
from territories.plugins.switching import switch_off

from .conftest import ADDRESS, link_in_mail, page_of, words

pytestmark = pytest.mark.django_db


def test_an_address_is_a_readers_once_it_has_confirmed(visitor, alpha):
    answer = visitor.subscribes(themes=["numerique"], frequency="monthly", language="ar")
    assert answer.status_code == 302
    reader = Subscriber.objects.get()
    assert reader.state == SubscriberState.PENDING
    assert not Subscriber.objects.receiving(alpha).exists()
    link = link_in_mail(reader.email)
    opened = visitor.opens(link)
    assert "Oui, je m’abonne" in words(opened)
    # Mail programs open links too.
    assert not Subscriber.objects.receiving(alpha).exists()
    confirmed = visitor.presses(link)
    assert "vous êtes abonné" in words(confirmed)
    reader.refresh_from_db()
    assert list(Subscriber.objects.receiving(alpha)) == [reader]
    assert (reader.themes, reader.frequency, reader.language) == (["numerique"], "monthly", "ar")
    proof = reader.consents.get()
    assert proof.source == Consent.Source.FORM and proof.confirmed_at
    assert "J’accepte de recevoir par e-mail les lettres" in proof.words
    assert proof.words in words(visitor.asks())
    assert proof.page == f"http://alpha.localhost{ADDRESS}"
    assert visitor.opens(link).status_code == 410


def test_pages_of_readers_are_kept_by_no_cache_and_no_search_engine(visitor):
    visitor.subscribes()
    for answer in (visitor.asks(), visitor.opens(link_in_mail("samira@example.org"))):
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]


def test_the_answer_is_the_same_for_a_reader_and_for_anybody(visitor, alpha, make_reader):
    make_reader(alpha, "known@example.org")
    known, unknown = visitor.subscribes("Known@example.org"), visitor.subscribes("new@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert visitor.opens(known.url).content == visitor.opens(unknown.url).content
    mail = OutgoingMail.objects.get(to__iexact="known@example.org")
    assert "/lettres/choix/" in mail.text and "/lettres/abonnement/" not in mail.text
    assert Subscriber.objects.filter(email__iexact="known@example.org").count() == 1


def test_an_address_is_one_whatever_its_capitals(visitor, alpha):
    from django.core.cache import cache

    for typed in ("Samira@ÉCOLE.example", "samira@école.example", "SAMIRA@École.EXAMPLE"):
        cache.clear()
        assert visitor.subscribes(typed).status_code == 302
    assert Subscriber.objects.get().email == "Samira@école.example"


def test_the_way_to_an_address_is_the_index_of_its_constraint(alpha):
    found = Subscriber.objects.filter(territory=alpha).with_address("a@example.org")
    assert "subscriber_once_in_a_territory" in found.explain() or connection.vendor != "sqlite"


def test_pages_of_readers_ask_little(visitor, alpha, make_reader, django_assert_max_num_queries):
    reader = make_reader(alpha)
    for address in (ADDRESS, page_of(reader), page_of(reader, "desabonnement")):
        visitor.opens(address)
        with django_assert_max_num_queries(15):
            assert visitor.opens(address).status_code == 200


def test_a_stranger_changes_nothing_of_a_reader_by_typing_their_address(
    visitor, alpha, make_reader
):
    reader = make_reader(alpha, themes=["sante"])
    visitor.subscribes(reader.email, themes=["numerique"], frequency="monthly")
    reader.refresh_from_db()
    assert (reader.themes, reader.frequency) == (["sante"], "each")


def test_one_message_an_hour_leaves_for_one_address(visitor, alpha):
    for _time in range(3):
        assert visitor.subscribes().status_code == 302
    assert OutgoingMail.objects.count() == 1


def test_three_territories_at_most_write_to_one_address_within_the_hour(visitor, alpha):
    from newsletter.subscribing.brakes import may_mail

    class Territory:
        def __init__(self, pk):
            self.pk = pk

    allowed = [may_mail(Territory(pk), "samira@example.org") for pk in range(9)]
    assert allowed.count(True) == 3
    assert may_mail(Territory(1), "louis@example.org")


def test_what_is_wrong_is_said_and_what_was_typed_comes_back(visitor):
    answer = visitor.subscribes("samira@", themes=["numerique", "nonsense"], language="xx")
    text = words(answer)
    assert answer.status_code == 422
    for said in ("pas complète", "Ce sujet n’est plus proposé", "Cette langue n’est pas proposée"):
        assert said in text, said
    assert 'value="samira@"' in text and "checked" in text
    # What is wrong is not folded away.
    assert '<details class="acc" open>' in text
    assert not Subscriber.objects.exists()


def test_a_double_click_is_one_message(visitor):
    import re

    hidden = dict(
        re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', visitor.asks().content.decode())
    )
    form = {**hidden, "email": "a@example.org", "frequency": "each", "language": "fr"}
    with time_machine.travel(timezone.now() + timedelta(seconds=9), tick=False):
        both = [
            visitor.browser.post(ADDRESS, form, headers={"host": visitor.host}) for _ in range(2)
        ]
    assert [one.status_code for one in both] == [302, 302]
    assert OutgoingMail.objects.count() == 1


def test_who_left_comes_back_with_their_own_mailbox_alone(visitor, alpha, make_reader):
    reader = make_reader(alpha)
    leave(reader)
    assert Objection.objects.count() == 1
    visitor.subscribes(reader.email)
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT
    visitor.confirms(reader.email)
    reader.refresh_from_db()
    assert reader.state == SubscriberState.ACTIVE
    assert reader.consents.count() == 2 and not Objection.objects.exists()


def test_a_link_opens_on_the_host_of_its_territory_alone(visitor, stranger):
    visitor.subscribes()
    link = link_in_mail("samira@example.org")
    assert stranger.opens(link).status_code == 404
    stranger.opens(ADDRESS)
    assert stranger.presses(link).status_code in {403, 404}
    # And it is not used up.
    assert visitor.presses(link).status_code == 200


def test_an_address_is_a_reader_of_one_territory_alone(visitor, stranger, alpha, beta):
    visitor.subscribes()
    visitor.confirms()
    assert not Subscriber.objects.receiving(beta).exists()
    stranger.subscribes()
    assert Subscriber.objects.count() == 2
    mail = OutgoingMail.objects.filter(territory=beta).get()
    assert "/lettres/abonnement/" in mail.text


def test_what_was_not_confirmed_in_a_week_is_forgotten(visitor, alpha, make_reader):
    stays = make_reader(alpha, "stays@example.org")
    visitor.subscribes()
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert forget_unconfirmed() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert forget_unconfirmed()
        assert visitor.opens(link_in_mail("samira@example.org")).status_code == 410
    assert list(Subscriber.objects.all()) == [stays]


def test_a_confirmation_of_a_forgotten_address_says_that_it_is_too_late(visitor):
    visitor.subscribes()
    link = link_in_mail("samira@example.org")
    Subscriber.objects.all().delete()
    assert visitor.opens(link).status_code == 410


def test_where_the_plugin_is_closed_nothing_answers(visitor, alpha):
    switch_off(territory=alpha, plugin="newsletter")
    assert visitor.asks().status_code == 404


def test_the_portal_has_no_readers(client, alpha):
    assert client.get(ADDRESS, headers={"host": "localhost"}).status_code == 404


def test_a_letter_called_like_the_forms_address_is_not_hidden_by_it(visitor, alpha):
    index = NewsletterIndexPage.objects.in_territory(alpha).records().get()
    letter = make_page(index, NewsletterPage(title="Abonnement"))
    assert letter.slug != "abonnement"
    assert "Abonnement" in words(visitor.opens(f"/lettres/{letter.slug}/"))


def test_the_form_answers_in_other_languages_and_says_what_stays_in_french(visitor, alpha):
    alpha.name = "Alpha <&"
    alpha.save()
    shown = words(visitor.opens("/en/lettres/abonnement/"))
    assert 'lang="en"' in shown and "I agree to get the newsletters of" in shown
    assert '<bdi lang="fr"' in shown.partition("I agree")[2].partition("</p>")[0]
    assert "Alpha <&" not in shown


def test_names_that_no_page_translates_say_their_language(client, alpha):
    commune = Commune.objects.get_or_create(code="31555", defaults={"name": "Toulouse"})[0]
    alpha.neighbourhoods.create(commune=commune, code="QN03199M", name="Les Pradettes")
    page = client.get("/ar/lettres/abonnement/", headers={"host": "alpha.localhost"})
    options = re.findall(r'<option value="([^"]+)"[^>]* lang="(\w+)"', page.content.decode())
    assert {("QN03199M", "fr"), ("en", "en"), ("ar", "ar")} <= set(options)
