"""A consent that is taken back, or ends: the story leaves the site, everywhere, and it is told."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from factories import make_member
from filling_forms import words_of
from newsroom_factories import end_consent, give_consent, make_draft_story, make_story
from wagtail.models import Locale

from newsroom.consents.rules import unpublish_what_is_over, withdraw_consent
from newsroom.models import Consent, SuccessStoryPage
from newsroom.panels import consents_that_end
from portal.search.indexing import index_waiting
from portal.search.models import SearchDocument
from territories.archive.parts import export_parts
from territories.models import JournalEntry
from territories.plugins.registry import contributions
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def story(alpha):
    """In French and in English, and a draft in Arabic that is planned."""
    story = make_story(alpha)
    english = story.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "Samia’s way"
    english.save_revision().publish()
    arabic = story.copy_for_translation(Locale.objects.get(language_code="ar"))
    arabic.go_live_at = timezone.now() + timedelta(days=2)
    arabic.save_revision().publish()
    return story


def languages_online(story):
    pages = SuccessStoryPage.objects.filter(translation_key=story.translation_key, live=True)
    return set(pages.values_list("locale__language_code", flat=True))


def plans_of(story):
    pages = SuccessStoryPage.objects.filter(translation_key=story.translation_key)
    return [p for page in pages for p in page.revisions.filter(approved_go_live_at__isnull=False)]


def shown_documents(story):
    found = SearchDocument.objects.filter(translation_key=story.translation_key)
    return found.filter(is_withdrawn=False).count()


def test_withdrawn_the_story_leaves_in_all_languages_and_the_search(alpha, story, client):
    index_waiting()
    assert languages_online(story) == {"fr", "en"} and plans_of(story)
    assert shown_documents(story) == 2
    member = make_member(alpha)
    client.force_login(member)
    address = reverse("newsroom_withdraw", args=[story.pk])
    assert address in client.get(
        reverse("wagtailadmin_pages:edit", args=[story.pk]), headers=HOST
    ).content.decode().replace("&amp;", "&")
    assert client.get(address, headers=HOST).status_code == 200
    assert languages_online(story) == {"fr", "en"}
    day = timezone.localdate()
    sent = {"day": day.isoformat(), "reason": "La personne l’a demandé par téléphone."}
    answer = client.post(address, sent, headers=HOST, follow=True)
    said = words_of(answer)
    assert "2 pages ont quitté le site" in said
    for left in ("lettres déjà envoyées", "moteurs de recherche", "réseaux sociaux"):
        assert left in said
    assert languages_online(story) == set() and not plans_of(story)
    assert shown_documents(story) == 0
    for prefix in ("", "/en", "/ar"):
        gone = client.get(f"{prefix}/parcours/{story.slug}/", headers={"host": "alpha.localhost"})
        assert gone.status_code == 404
    line = JournalEntry.objects.get(action="newsroom.withdraw")
    assert line.territory == alpha and line.user == member
    assert "La personne l’a demandé par téléphone." in line.said
    again = client.post(address, sent, headers=HOST, follow=True)
    assert "pas d’accord en cours" in words_of(again)


def test_a_withdrawal_says_why_and_when(alpha, story, client):
    with pytest.raises(ValidationError, match="pourquoi"):
        withdraw_consent(consent=story.consent, reason=" ")
    client.force_login(make_member(alpha, "editor"))
    address = reverse("newsroom_withdraw", args=[story.pk])
    for sent in ({"day": "2026-01-01"}, {"day": "2999-01-01", "reason": "Oui."}, {}):
        assert client.post(address, sent, headers=HOST).status_code == 200
    assert languages_online(story) == {"fr", "en"}


def test_a_new_consent_may_follow_and_publishes_nothing_by_itself(alpha, story, client):
    withdraw_consent(consent=story.consent, reason="Demandé.")
    client.force_login(make_member(alpha))
    page = client.get(reverse("newsroom_consent", args=[story.pk]), headers=HOST)
    assert "Ce qu’il reste à faire" in words_of(page)
    assert "Samia Zibeline" not in page.content.decode()
    today = timezone.localdate()
    sent = {
        "given_by": "Samia",
        "given_on": today.isoformat(),
        "ends_on": (today + timedelta(days=9)).isoformat(),
        "kept_by": "classeur",
    }
    client.post(reverse("newsroom_consent", args=[story.pk]), sent, headers=HOST)
    consent = Consent.objects.get(story=story)
    assert not consent.is_withdrawn and consent.given_by == "Samia"
    assert languages_online(story) == set()


def test_the_day_after_its_end_the_job_unpublishes_and_nothing_else(alpha, story):
    kept = make_story(alpha, "Le parcours de Karim")
    end_consent(story, timezone.localdate())
    unpublish_what_is_over()
    assert languages_online(story) == {"fr", "en"} and plans_of(story)
    end_consent(story, timezone.localdate() - timedelta(days=1))
    unpublish_what_is_over()
    unpublish_what_is_over()
    assert languages_online(story) == set() and not plans_of(story)
    assert languages_online(kept) == {"fr"}
    assert JournalEntry.objects.filter(action="newsroom.expire", territory=alpha).count() == 2
    assert "newsroom.unpublish_what_is_over" in {
        f"{plugin}.{job.name}" for plugin, job in contributions("JOBS")
    }


def test_before_the_job_has_come_nothing_leads_to_it_any_more(alpha, story, client):
    end_consent(story, timezone.localdate() - timedelta(days=1))
    host = {"host": "alpha.localhost"}
    assert languages_online(story) == {"fr", "en"}
    for address in ("/sitemap-fr.xml", "/sitemap-en.xml", f"/{story.slug}s/", "/plan-du-site/"):
        text = client.get(address, headers=host).content.decode()
        assert f"/{story.slug}/" not in text and story.title not in text
    assert client.get(f"/partage/{story.pk}-a.png", headers=host).status_code == 404


def test_coordinators_are_warned_a_month_before(alpha, beta, story):
    make_story(alpha, "Le parcours de Karim", consent={"days": 90})
    give_consent(make_draft_story(alpha, "Un brouillon"), days=5)
    end_consent(story, timezone.localdate() + timedelta(days=20))
    request = RequestFactory().get("/")

    def warned(user):
        request.user = user
        shown = consents_that_end(request)
        return [consent.story.title for consent in shown["consents"]] if shown else []

    assert warned(make_member(alpha)) == ["Le parcours de Samia"]
    assert warned(make_member(beta)) == [] == warned(User.objects.create_user("nobody"))
    switch_off(territory=alpha, plugin="newsroom")
    assert warned(User.objects.get(username="coordinator-alpha")) == []


def test_the_admins_home_shows_the_warning(alpha, story, client):
    end_consent(story, timezone.localdate() + timedelta(days=20))
    client.force_login(make_member(alpha))
    said = words_of(client.get(reverse("wagtailadmin_home"), headers=HOST))
    assert "Accords écrits qui se terminent" in said and "Le parcours de Samia" in said


def test_no_archive_search_or_revision_tells_of_the_consent(alpha, story, client):
    index_waiting()
    told = str(export_parts(alpha)) + str(list(SearchDocument.objects.values()))
    told += str([r.content for r in story.revisions.all()]) + str(story.serializable_data())
    assert "Zibeline" not in told and "classeur" not in told
    for kind in ("story", ""):
        found = client.get(
            "/api/v1/search/", {"q": "Zibeline", "kind": kind}, headers={"host": "alpha.localhost"}
        )
        assert "Samia" not in found.content.decode()
