"""No story without a written consent, whichever way it would go public."""

from datetime import timedelta
from pathlib import Path

import pytest
from agenda_factories import make_actor
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from factories import home_of, make_content_page, make_member
from filling_forms import words_of
from matrix.forms import NO_COMMENTS, posted
from newsroom_factories import end_consent, give_consent, make_draft_story, make_story
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from newsroom.consents.rules import unpublish_what_is_over
from newsroom.models import Consent, StoryActor, StoryIndexPage, SuccessStoryPage
from territories.models import Neighbourhood, OutgoingMail

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}
LACKS = "Ce parcours n’a pas encore d’accord écrit."


@pytest.fixture
def at_work(client):
    def log_in(territory, role="coordinator"):
        client.force_login(make_member(territory, role))
        return client

    return log_in


def form_of(page, **more):
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(instance=page, parent_page=page.get_parent().specific, for_user=None)
    return {**posted(form), **NO_COMMENTS, **more}


def edit(client, page, **more):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, form_of(page, **more), headers=HOST)


def is_live(page):
    return SuccessStoryPage.objects.get(pk=page.pk).live


def draft_of(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def english_of(story):
    page = story.copy_for_translation(Locale.objects.get(language_code="en"))
    page.title = "Samia’s way"
    page.save_revision()
    return page


class TestPublishing:
    def test_the_form_says_what_lacks_and_loses_nothing(self, alpha, at_work):
        client, story = at_work(alpha), make_draft_story(alpha)
        answer = edit(client, story, **{"title": "Autre titre", "action-publish": "1"})
        assert answer.status_code == 200 and LACKS in words_of(answer)
        assert "Autre titre" in answer.content.decode() and not is_live(story)
        assert edit(client, story, title="Autre titre").status_code == 302
        assert draft_of(story).title == "Autre titre"
        give_consent(story)
        answer = edit(client, story, **{"action-publish": "1"})
        assert answer.status_code == 302 and is_live(story)

    def test_a_new_page_begins_as_a_draft(self, alpha, at_work):
        client, like = at_work(alpha), make_draft_story(alpha)
        index = StoryIndexPage.objects.records().get(territory=alpha)
        address = reverse("wagtailadmin_pages:add", args=["newsroom", "successstorypage", index.pk])
        sent = form_of(like, slug="le-parcours-de-lina", **{"action-publish": "1"})
        assert LACKS in words_of(client.post(address, sent, headers=HOST))
        del sent["action-publish"]
        client.post(address, sent, headers=HOST)
        made = SuccessStoryPage.objects.get(slug="le-parcours-de-lina")
        assert not made.live and made.territory == alpha

    def test_a_real_name_needs_to_be_covered(self, alpha, at_work):
        client, story = at_work(alpha), make_draft_story(alpha)
        consent = give_consent(story)
        sent = {"is_real_name": "on", "action-publish": "1"}
        assert "ne couvre pas son vrai prénom" in words_of(edit(client, story, **sent))
        consent.covers_first_name = True
        consent.save()
        assert edit(client, story, **sent).status_code == 302 and is_live(story)

    def test_an_ended_or_withdrawn_consent_publishes_nothing(self, alpha, at_work):
        client, story = at_work(alpha), make_draft_story(alpha)
        give_consent(story)
        end_consent(story, timezone.localdate() - timedelta(days=1))
        answer = edit(client, story, **{"action-publish": "1"})
        assert "L’accord écrit s’arrête le" in words_of(answer)
        Consent.objects.update(withdrawn_on=timezone.localdate())
        answer = edit(client, story, **{"action-publish": "1"})
        assert "a été retiré le" in words_of(answer) and not is_live(story)

    def test_a_plan_goes_no_further_than_the_consent(self, alpha, at_work):
        client, story = at_work(alpha), make_draft_story(alpha)
        give_consent(story, days=10)
        later = timezone.localtime() + timedelta(days=20)
        sent = {"go_live_at": later.strftime("%Y-%m-%d %H:%M"), "action-publish": "1"}
        assert "L’accord écrit s’arrête le" in words_of(edit(client, story, **sent))
        sooner = timezone.localtime() + timedelta(days=5)
        sent["go_live_at"] = sooner.strftime("%Y-%m-%d %H:%M")
        assert edit(client, story, **sent).status_code == 302
        assert story.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_what_was_planned_is_not_published_once_the_consent_is_gone(self, alpha):
        story, other = make_draft_story(alpha), make_content_page(alpha, "Autre", published=False)
        give_consent(story)
        for page in (story, other):
            page.go_live_at = timezone.now() + timedelta(days=1)
            page.save_revision().publish()
        Consent.objects.all().delete()
        for page in (story, other):
            page.revisions.update(approved_go_live_at=timezone.now() - timedelta(hours=1))
            revision = page.get_latest_revision()
            revision.content["go_live_at"] = None
            revision.save()
        call_command("publish_scheduled")
        assert not is_live(story)
        # And the plans of others go on.
        assert Page.objects.get(pk=other.pk).live

    def test_accepting_a_submission_publishes_nothing_without_consent(self, alpha, at_work):
        story = make_draft_story(alpha)
        state = story.get_workflow().start(story, make_member(alpha, "editor"))
        client = at_work(alpha)
        task = state.current_task_state
        sent = {"action-workflow-action": "true", "workflow-action-name": "approve"}
        assert LACKS in words_of(edit(client, story, **sent))
        OutgoingMail.objects.all().delete()
        address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task.pk])
        client.post(address, {"comment": ""}, headers=HOST)
        state.refresh_from_db()
        assert state.status == state.STATUS_IN_PROGRESS and not is_live(story)
        assert not OutgoingMail.objects.exists()
        give_consent(story)
        client.post(address, {"comment": ""}, headers=HOST)
        assert is_live(story)

    def test_a_translation_relies_on_the_consent_of_the_record(self, alpha, at_work):
        client, story = at_work(alpha), make_draft_story(alpha)
        english = english_of(story)
        assert LACKS in words_of(edit(client, english, **{"action-publish": "1"}))
        give_consent(story)
        assert edit(client, english, **{"action-publish": "1"}).status_code == 302
        assert is_live(english) and not Consent.objects.filter(story=english).exists()

    def test_the_editor_of_translations_refuses_too(self, alpha, at_work):
        client, story = at_work(alpha), make_draft_story(alpha)
        source, _made = TranslationSource.get_or_create_from_instance(story)
        locale = Locale.objects.get(language_code="en")
        translation = Translation.objects.create(source=source, target_locale=locale)
        translation.save_target(publish=False)
        page = story.get_translation(locale)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        answer = client.post(address, {"action": "publish"}, headers=HOST, follow=True)
        assert LACKS in words_of(answer) and not is_live(page)
        # What the synchronisation does by itself.
        translation.save_target(publish=True)
        assert not is_live(page)
        give_consent(story)
        client.post(address, {"action": "publish"}, headers=HOST)
        translation.save_target(publish=True)
        page.get_latest_revision().publish()
        assert is_live(page)

    def test_copies_aliases_and_bulk_actions_make_no_public_story(self, alpha, at_work):
        client, story = at_work(alpha), make_story(alpha)
        copy = story.copy(update_attrs={"slug": "copie", "title": "Copie"}, keep_live=True)
        alias = story.create_alias(update_slug="alias")
        assert is_live(story) and not is_live(copy) and not is_live(alias)
        draft = make_draft_story(alpha, "Brouillon")
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        for sent, query in (
            ({}, f"?id={draft.pk}"),
            ({"include_descendants": "on"}, f"?id={draft.get_parent().pk}"),
        ):
            answer = client.post(address + query, sent, headers=HOST, follow=True)
            assert LACKS in words_of(answer) and not is_live(draft)

    def test_what_is_live_by_mistake_answers_nothing(self, alpha, get):
        story = make_draft_story(alpha)
        Page.objects.filter(pk=story.pk).update(live=True)
        get("/parcours/le-parcours-de-samia/", status=404)
        assert story.title not in get("/parcours/")
        unpublish_what_is_over()
        assert not is_live(story)


class TestReading:
    def test_the_page_tells_the_way_and_who_helped(self, alpha, beta, get):
        actor, hidden = make_actor(alpha, "La régie"), make_actor(beta, "Chez les autres")
        place = Neighbourhood.objects.create(commune=alpha.communes.first(), name="Reynerie")
        story = make_story(
            alpha,
            quote="J’ai osé pousser la porte.",
            steps="Un café\n\nUn stage\n",
            neighbourhood=place,
            actors=[StoryActor(actor=actor), StoryActor(actor=hidden)],
        )
        html = get("/parcours/le-parcours-de-samia/")
        for words in ("J’ai osé pousser la porte.", "Un stage", "Reynerie", "La régie"):
            assert words in html
        assert "Chez les autres" not in html and "(prénom changé)" in html
        assert "Zibeline" not in html and "classeur" not in html
        assert story.title in get("/parcours/") and story.title in get("/actualites/")
        assert 'href="/parcours/"' not in get("/")
        assert get("/parcours/", "localhost", status=404)

    def test_the_picture_waits_for_a_consent_that_covers_it(self, alpha, get):
        file = get_test_image_file(filename="samia.png")
        portrait = Image.objects.create(title="Samia", file=file)
        story = make_story(alpha, portrait=portrait, portrait_alt="Samia sourit")
        english = english_of(story)
        english.save_revision().publish()
        address = "/parcours/le-parcours-de-samia/"
        for path in (address, f"/en{address}", f"/ar{address}"):
            assert "Samia sourit" in get(path), path
        Consent.objects.update(covers_picture=False)
        for path in (address, f"/en{address}"):
            html = get(path)
            assert "Samia sourit" not in html and "samia" not in html.replace(address, "").replace(
                "le-parcours-de-samia", ""
            ), path

    def test_the_other_languages_read_the_name_and_the_consent_of_the_record(self, alpha, get):
        story = make_story(alpha)
        english_of(story).save_revision().publish()
        html = get("/en/parcours/le-parcours-de-samia/")
        assert "Samia" in html and 'dir="rtl"' in get("/ar/parcours/le-parcours-de-samia/")
        end_consent(story, timezone.localdate() - timedelta(days=1))
        for prefix in ("", "/en", "/ar"):
            get(f"{prefix}/parcours/le-parcours-de-samia/", status=404)


class TestKeeping:
    def sent(self, **more):
        today = timezone.localdate()
        return {
            "given_by": "Samia Z.",
            "given_on": today.isoformat(),
            "ends_on": (today + timedelta(days=700)).isoformat(),
            "kept_by": "classeur",
            **more,
        }

    def test_a_coordinator_and_an_editor_write_it_down(self, alpha, at_work):
        for role in ("coordinator", "editor"):
            story = make_draft_story(alpha, f"Parcours {role}")
            client = at_work(alpha, role)
            shown = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk]), headers=HOST)
            address = reverse("newsroom_consent", args=[story.pk])
            assert address in shown.content.decode()
            assert "Enregistrer l’accord" in words_of(client.get(address, headers=HOST))
            scan = SimpleUploadedFile("accord.pdf", b"%PDF-1.4 secret")
            answer = client.post(address, self.sent(scan=scan, covers_picture="on"), headers=HOST)
            assert answer.status_code == 302
            consent = Consent.objects.get(story=story)
            assert consent.covers_picture and not consent.covers_first_name

    def test_the_scan_is_for_them_alone_and_goes_with_the_story(
        self, alpha, at_work, settings, django_capture_on_commit_callbacks
    ):
        story = make_draft_story(alpha)
        consent = give_consent(story, scan=SimpleUploadedFile("accord.pdf", b"%PDF-1.4 secret"))
        assert consent.scan.path.startswith(str(settings.PRIVATE_ROOT))
        assert not consent.scan.path.startswith(str(settings.MEDIA_ROOT))
        with pytest.raises(ValueError, match="not accessible via a URL"):
            _ = consent.scan.url
        address = reverse("newsroom_scan", args=[story.pk])
        answer = at_work(alpha).get(address, headers=HOST)
        assert b"".join(answer.streaming_content) == b"%PDF-1.4 secret"
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Disposition"].startswith("attachment")
        path = Path(consent.scan.path)
        with django_capture_on_commit_callbacks(execute=True):
            story.delete()
        assert not path.exists()

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"given_on": "2999-01-01"}, "L’accord est signé avant d’être enregistré ici."),
            ({"ends_on": "2001-01-01"}, "L’accord s’arrête après le jour où il est signé."),
            ({"given_on": "2001-01-01", "ends_on": "2002-01-01"}, "Ce jour est passé."),
            ({"kept_by": ""}, "dites où l’original est rangé"),
            ({"scan": SimpleUploadedFile("accord.exe", b"x")}, "exe"),
        ],
    )
    def test_what_makes_no_consent_is_said(self, alpha, at_work, change, sentence):
        story = make_draft_story(alpha)
        address = reverse("newsroom_consent", args=[story.pk])
        answer = at_work(alpha).post(address, self.sent(**change), headers=HOST)
        assert answer.status_code == 200 and sentence in words_of(answer)
        assert not Consent.objects.exists()

    def test_a_consent_that_covers_less_takes_the_story_off(self, alpha, at_work):
        story = make_story(
            alpha, is_real_name=True, first_name="Samia", consent={"covers_first_name": True}
        )
        address = reverse("newsroom_consent", args=[story.pk])
        answer = at_work(alpha).post(address, self.sent(), headers=HOST, follow=True)
        assert "il quitte le site" in words_of(answer) and not is_live(story)


class TestStrangers:
    def test_nobody_from_elsewhere_reads_or_changes_a_consent(self, alpha, beta, client):
        story = make_draft_story(alpha)
        consent = give_consent(story, scan=SimpleUploadedFile("accord.pdf", b"secret"))
        people = [
            make_member(beta),
            make_member(beta, "editor"),
            make_member(alpha, "partner"),
            make_member(alpha, "label-reviewer"),
            None,
        ]
        for person in people:
            client.logout()
            if person:
                client.force_login(person)
            for name in ("newsroom_consent", "newsroom_withdraw", "newsroom_scan"):
                address = reverse(name, args=[story.pk])
                for answer in (
                    client.get(address, headers=HOST),
                    client.post(address, {"reason": "x", "day": "2026-01-01"}, headers=HOST),
                ):
                    assert answer.status_code in {302, 403, 404, 405}, (person, name)
                    assert b"secret" not in answer.content
        consent.refresh_from_db()
        assert not consent.is_withdrawn

    def test_the_form_takes_only_actors_and_neighbourhoods_of_the_territory(
        self, alpha, beta, at_work
    ):
        client, story = at_work(alpha), make_draft_story(alpha)
        elsewhere = Neighbourhood.objects.create(commune=beta.communes.first(), name="Ailleurs")
        beta.neighbourhoods.add(elsewhere)
        answer = edit(client, story, neighbourhood=str(elsewhere.pk))
        assert answer.status_code == 200 and "neighbourhood" in answer.context["form"].errors
        rows = {
            "actors-TOTAL_FORMS": "1",
            "actors-0-actor": str(make_actor(beta, "Chez beta").pk),
            "actors-0-ORDER": "1",
            "actors-0-id": "",
            "actors-0-DELETE": "",
        }
        answer = edit(client, story, **rows)
        assert answer.status_code == 200
        assert not draft_of(story).actors.count()
        assert home_of(beta).live
