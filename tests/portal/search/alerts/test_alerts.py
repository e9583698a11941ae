"""Being told, once a week, of what is new and answers a search: from the form to the last stop."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from directory_factories import make_service
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from factories import make_territory

from newsletter.models import Consent, Subscriber, SubscriberState
from newsletter.subscribing.addresses import token_of
from newsletter.subscribing.leaving import leave
from portal.search.alerts.question import words_of
from portal.search.alerts.telling import tell_readers
from portal.search.models import Alert
from territories.models import Commune
from territories.plugins.switching import switch_off

ADDRESS = "/recherche/alerte/?q=permis"
NADIA = "nadia@example.org"
WEEK = timedelta(days=7)


@pytest.fixture
def alpha(db):
    cache.clear()
    return make_territory("alpha", plugins=["resources_directory", "newsletter"])


@pytest.fixture
def beta(db):
    return make_territory("beta", plugins=["resources_directory", "newsletter"])


class Resident:
    """A browser without a script."""

    def __init__(self, committed, host="alpha.localhost"):
        self.browser, self.committed, self.host = Client(), committed, host

    def opens(self, address, **given):
        return self.browser.get(address, headers={"host": self.host}, **given)

    def asks(self, address=ADDRESS, email=NADIA, after=timedelta(seconds=30)):
        now = timezone.now()
        with time_machine.travel(now, tick=False):
            shown = self.opens(address).content.decode()
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', shown))
        form = {**hidden, "your_url": "", "email": email}
        with time_machine.travel(now + after, tick=False), self.committed():
            return self.browser.post(address, form, headers={"host": self.host})

    def sends(self, address, form=None):
        return self.browser.post(address, form or {}, headers={"host": self.host})

    def confirms(self):
        link = self.path_in(mail.outbox[-1])
        assert self.opens(link).status_code == 200
        assert not Alert.objects.exists(), "opening changes nothing: mail programs open links too"
        return self.sends(link)

    def path_in(self, message):
        whole = next(one for one in re.findall(r"http://\S+", message.body) if "alerte/" in one)
        assert urlsplit(whole).hostname == self.host
        return urlsplit(whole).path


@pytest.fixture
def resident(alpha, committed):
    return Resident(committed)


@pytest.fixture
def alert(resident):
    resident.asks()
    resident.confirms()
    mail.outbox.clear()
    return Alert.objects.get()


@pytest.fixture
def tells(committed):
    """What readers are told when so much time has passed."""

    def tells(after=WEEK):
        with committed():
            tell_readers(timezone.now() + after + timedelta(minutes=1))
        sent = list(mail.outbox)
        mail.outbox.clear()
        return sent

    return tells


class TestAsking:
    def test_the_page_of_a_search_leads_to_the_form_which_says_what_is_looked_for(self, resident):
        page = resident.opens("/recherche/?q=permis&gratuit=oui&periode=week-end&page=2")
        [address] = re.findall(r'href="(/recherche/alerte/[^"]*)"', page.content.decode())
        assert address.replace("&amp;", "&") == "/recherche/alerte/?q=permis&gratuit=oui"
        shown = resident.opens(address.replace("&amp;", "&")).content.decode()
        assert "permis" in shown and "Gratuit" in shown
        assert "[&#x27;" not in shown, "nothing of it is read by the frame of the page"
        assert "no-store" in resident.opens(ADDRESS).headers["Cache-Control"]

    def test_nothing_is_offered_where_nothing_is_searched_for(self, resident):
        assert "/recherche/alerte/" not in resident.opens("/recherche/").content.decode()
        answer = resident.opens("/recherche/alerte/")
        assert answer.status_code == 200 and "Cherchez d’abord" in answer.content.decode()
        assert resident.asks("/recherche/alerte/").status_code == 422

    @pytest.mark.parametrize("host", ["localhost", "beta.localhost"])
    def test_there_is_none_on_the_portal_nor_where_letters_are_closed(
        self, resident, beta, client, host
    ):
        switch_off(territory=beta, plugin="newsletter")
        assert client.get(ADDRESS, headers={"host": host}).status_code == 404
        page = client.get("/recherche/?q=permis", headers={"host": host})
        assert "/recherche/alerte/" not in page.content.decode()

    def test_an_address_that_is_none_is_refused_with_a_sentence(self, resident):
        answer = resident.asks(email="nadia@")
        assert answer.status_code == 422
        assert "n’est pas complète" in answer.content.decode()
        assert not mail.outbox and not Subscriber.objects.exists()

    def test_the_answer_says_nothing_of_the_address(self, resident, alert):
        again = resident.asks("/recherche/alerte/?q=garde")
        other = resident.asks("/recherche/alerte/?q=garde", email="other@example.org")
        assert again.headers["Location"] == other.headers["Location"]

    def test_nobody_is_told_of_anything_before_they_confirm(self, resident, tells):
        resident.asks()
        [asked] = mail.outbox
        assert asked.to == [NADIA] and "permis" not in asked.body + asked.alternatives[0][0]
        assert not Alert.objects.exists()
        assert Subscriber.objects.get().state == SubscriberState.PENDING

    def test_a_place_and_a_quotation_are_plain_words_in_every_language(self, alpha, resident):
        """A page in English marks the language of a place; a proof and a message hold no mark."""
        alpha.communes.add(Commune.objects.get_or_create(code="31555", name="Toulouse")[0])
        question = "q=%3Cb%3Epermis&commune=31555"
        shown = resident.opens(f"/en/recherche/alerte/?{question}").content.decode()
        assert "&lt;bdi" not in shown and "<b>permis" not in shown and "“" in shown
        with override("en"):
            assert words_of(question, alpha)[1:] == ["Toulouse"]


class TestConfirming:
    def test_the_proof_is_kept_word_for_word_and_no_letter_comes(self, alert):
        reader, consent = Subscriber.objects.get(), Consent.objects.get()
        assert reader.state == SubscriberState.ACTIVE and not reader.wants_letters
        assert consent.confirmed_at and "« permis »" in consent.words
        assert not Subscriber.objects.receiving(reader.territory)

    def test_who_gets_letters_goes_on_getting_them(self, alpha, resident):
        Subscriber.objects.create(territory=alpha, email=NADIA, state=SubscriberState.ACTIVE)
        resident.asks()
        resident.confirms()
        assert Subscriber.objects.get().wants_letters

    def test_a_link_works_once_and_on_its_own_host(self, resident, beta, client):
        resident.asks()
        link = resident.path_in(mail.outbox[-1])
        for ask in (client.get, client.post):
            assert ask(link, headers={"host": "beta.localhost"}).status_code == 404
        assert resident.sends(link).status_code == 200
        assert resident.sends(link).status_code == 410
        assert Alert.objects.count() == 1

    def test_the_eleventh_is_refused_and_the_first_asked_again_is_not(self, resident, alert):
        reader, now = alert.subscriber, timezone.now()
        Alert.objects.bulk_create(
            Alert(subscriber=reader, question=f"q=mot{n}", language="fr", next_at=now)
            for n in range(9)
        )
        cache.clear()
        resident.asks("/recherche/alerte/?q=garde")
        assert resident.sends(resident.path_in(mail.outbox[-1])).status_code == 409
        cache.clear()
        resident.asks()
        assert resident.sends(resident.path_in(mail.outbox[-1])).status_code == 200
        assert Alert.objects.count() == 10


class TestTelling:
    def test_what_is_new_and_answers_is_told_once(self, alpha, alert, tells, committed):
        with committed():
            make_service(alpha, "Permis solidaire")
            make_service(alpha, "Garde d’enfants", description="Une place à la crèche.")
        assert not tells(after=WEEK - timedelta(hours=1)), "once a week"
        [message] = tells()
        assert message.to == [NADIA] and message.subject == "1 nouveauté pour vous"
        assert "Permis solidaire" in message.body and "Garde" not in message.body
        assert "http://alpha.localhost" in message.body
        assert not tells() and not tells(after=2 * WEEK)

    def test_a_week_without_news_is_a_week_without_a_message(self, alpha, alert, tells, committed):
        assert not tells()
        with committed(), time_machine.travel(timezone.now() + WEEK + timedelta(days=1)):
            make_service(alpha, "Permis solidaire")
        assert len(tells(after=2 * WEEK)) == 1

    def test_what_was_there_before_is_not_new(self, alpha, resident, tells, committed):
        with committed(), time_machine.travel(timezone.now() - timedelta(days=3)):
            make_service(alpha, "Permis solidaire")
        resident.asks()
        resident.confirms()
        mail.outbox.clear()
        assert not tells()

    def test_what_answers_some_of_the_words_alone_is_not_told(
        self, alpha, resident, tells, committed
    ):
        resident.asks("/recherche/alerte/?q=permis+bateau")
        resident.confirms()
        mail.outbox.clear()
        with committed():
            make_service(alpha, "Permis solidaire")
        assert not tells()

    def test_another_territorys_news_are_not_told(self, alert, beta, tells, committed):
        with committed():
            make_service(beta, "Permis solidaire")
        assert not tells()

    @pytest.mark.parametrize("event", ["left", "closed", "unpublished"])
    def test_nothing_leaves_to_who_left_nor_of_what_is_gone(
        self, alpha, alert, tells, committed, event
    ):
        with committed():
            service = make_service(alpha, "Permis solidaire")
        with committed():
            if event == "left":
                leave(alert.subscriber)
            elif event == "closed":
                switch_off(territory=alpha, plugin="newsletter")
            else:
                service.unpublish()
        assert not tells()

    def test_all_the_alerts_of_a_reader_come_in_one_message(
        self, alpha, resident, alert, tells, committed
    ):
        cache.clear()
        resident.asks("/recherche/alerte/?q=creche")
        resident.sends(resident.path_in(mail.outbox[-1]))
        mail.outbox.clear()
        with committed():
            make_service(alpha, "Permis solidaire")
            make_service(alpha, "Crèche", description="Une place pour votre enfant.")
        [message] = tells()
        assert message.subject == "2 nouveautés pour vous"
        assert "Permis solidaire" in message.body and "Crèche" in message.body

    def test_the_number_of_queries_does_not_depend_on_what_there_is(
        self, alpha, alert, committed, django_assert_max_num_queries
    ):
        with committed():
            for number in range(15):
                make_service(alpha, f"Permis solidaire {number}")
        with django_assert_max_num_queries(20):
            tell_readers(timezone.now() + 2 * WEEK)


class TestStopping:
    def address(self, alert):
        return f"/recherche/alertes/{token_of(alert.subscriber.key)}/"

    def test_the_button_of_a_mailbox_stops_them_all_without_a_cookie(
        self, alpha, alert, tells, committed
    ):
        with committed():
            make_service(alpha, "Permis solidaire")
        [message] = tells()
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        whole = message.extra_headers["List-Unsubscribe"].strip("<>")
        assert urlsplit(whole).hostname == "alpha.localhost"
        browser = Client(enforce_csrf_checks=True)
        form = {"List-Unsubscribe": "One-Click"}
        answer = browser.post(urlsplit(whole).path, form, headers={"host": "alpha.localhost"})
        assert answer.status_code == 200 and not Alert.objects.exists()
        # The letters, if there are any, are left with their own button.
        assert Subscriber.objects.get().state == SubscriberState.ACTIVE

    def test_one_is_stopped_and_the_others_stay(self, resident, alert):
        now = timezone.now()
        other = Alert.objects.create(
            subscriber=alert.subscriber, question="q=garde", language="fr", next_at=now
        )
        page = resident.opens(self.address(alert))
        assert page.status_code == 200 and "garde" in page.content.decode()
        resident.sends(self.address(alert), {"alert": str(alert.pk)})
        assert Alert.objects.get() == other

    def test_no_other_readers_alert_is_stopped(self, resident, alpha, alert):
        other = Subscriber.objects.create(territory=alpha, email="other@example.org")
        theirs = Alert.objects.create(
            subscriber=other, question="q=x", language="fr", next_at=timezone.now()
        )
        for value in (str(theirs.pk), "-1", "x", "9" * 40):
            assert resident.sends(self.address(alert), {"alert": value}).status_code == 200
        assert Alert.objects.count() == 2

    def test_a_stranger_and_another_host_open_nothing(self, resident, beta, alert, client):
        at = self.address(alert)
        assert client.get(at, headers={"host": "beta.localhost"}).status_code == 404
        assert client.post(at, headers={"host": "beta.localhost"}).status_code == 404
        assert resident.opens(at[:-2] + "x/").status_code == 404
        assert Alert.objects.exists()

    def test_the_choices_of_a_reader_lead_to_their_alerts_and_back(self, resident, alert):
        alerts = self.address(alert)
        choices = f"/lettres/choix/{token_of(alert.subscriber.key)}/"
        assert f'href="{alerts}"' in resident.opens(choices).content.decode()
        assert f'href="{choices}"' in resident.opens(alerts).content.decode()
        alert.delete()
        assert alerts not in resident.opens(choices).content.decode()

    def test_only_the_link_of_their_own_letters_says_that_somebody_has_alerts(
        self, resident, alpha, beta, alert
    ):
        for territory, host in ((alpha, "alpha.localhost"), (beta, "beta.localhost")):
            other = Subscriber.objects.create(
                territory=territory,
                email=NADIA if territory == beta else "other@example.org",
                state=SubscriberState.ACTIVE,
            )
            own = f"/lettres/choix/{token_of(other.key)}/"
            shown = resident.browser.get(own, headers={"host": host})
            assert shown.status_code == 200 and "alerte" not in shown.content.decode()

    def test_who_is_erased_has_no_alert(self, alert):
        alert.subscriber.delete()
        assert not Alert.objects.exists()
