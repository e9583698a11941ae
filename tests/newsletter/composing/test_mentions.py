"""What a letter tells of is written once, and told to whoever writes the next one."""

from datetime import date, timedelta

import pytest
from agenda_factories import make_event
from directory_factories import make_service
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from factories import make_member, make_territory

from newsletter.composing.mentions import already_told, record_mentions
from newsletter.models import Mention, NewsletterPage
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
EVENTS = ("upcoming_events", {"title": "À venir", "count": 12})
SERVICES = ("services", {"title": "Des aides", "count": 12})


def keys(letter):
    return set(Mention.objects.filter(letter=letter).values_list("page_key", flat=True))


def mention(letter, page, *, days_ago=10):
    made_at = timezone.now() - timedelta(days=days_ago)
    return Mention.objects.create(
        territory=letter.territory, letter=letter, page_key=page.translation_key, made_at=made_at
    )


def test_all_the_pages_a_letter_tells_of_are_written_once(territory, make_letter):
    event, service = make_event(territory, "Le forum"), make_service(territory, "Le permis")
    make_event(make_territory("beta"), "Chez beta")
    body = [EVENTS, SERVICES, ("chosen_events", {"title": "", "events": [event]})]
    letter = make_letter(territory, body=body, published=False)
    assert record_mentions(letter) == 2
    assert keys(letter) == {event.translation_key, service.translation_key}
    assert record_mentions(letter) == 2 and Mention.objects.count() == 2


def test_what_was_written_first_stays_as_it_was(territory, make_letter):
    event = make_event(territory, "Le forum")
    letter = make_letter(territory, body=[EVENTS], published=False)
    before = mention(letter, event, days_ago=30)
    record_mentions(letter)
    assert Mention.objects.get().made_at == before.made_at


def test_a_letter_without_lists_and_a_closed_plugin_tell_of_nothing(territory, make_letter):
    make_event(territory, "Le forum")
    text = make_letter(territory, "Texte", body=[("text", {"text": "<p>Oui</p>"})])
    assert record_mentions(text) == 0
    letter = make_letter(territory, body=[EVENTS], published=False)
    switch_off(territory=territory, plugin="agenda")
    letter = NewsletterPage.objects.get(pk=letter.pk)
    assert record_mentions(letter) == 0


def test_a_letter_put_online_has_told_once_and_corrections_add_nothing(territory, make_letter):
    event = make_event(territory, "Le forum")
    letter = make_letter(territory, body=[EVENTS])
    assert keys(letter) == {event.translation_key}
    make_event(territory, "Plus tard")
    letter.save_revision().publish()
    assert keys(letter) == {event.translation_key}


def test_the_draft_says_which_letter_told_of_a_page_last(territory, make_letter):
    event = make_event(territory, "Le forum")
    for title, day in (("Octobre", 40), ("Novembre", 10)):
        sent_on = date(2026, 11, 3) if title == "Novembre" else date(2026, 10, 3)
        mention(make_letter(territory, title, sent_on=sent_on), event, days_ago=day)
    beta = make_territory("beta")
    mention(make_letter(beta, "Chez beta", sent_on=date(2026, 11, 20)), event, days_ago=1)
    draft = make_letter(territory, "Décembre", body=[EVENTS], published=False)
    [(page, telling)] = already_told(draft)
    assert page == event and telling.title == "Novembre"
    assert telling.words == "Déjà dans la lettre du 3 novembre"
    # It is not its own predecessor.
    record_mentions(draft)
    assert len(already_told(draft)) == 1


def test_the_editor_shows_it_and_a_newcomer_sees_that_there_is_nothing(
    client, territory, make_letter
):
    event = make_event(territory, "Le forum")
    draft = make_letter(territory, "Décembre", body=[EVENTS], published=False)
    client.force_login(make_member(territory, "newsletter-editor"))
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    html = client.get(edit, headers={"host": "localhost"}).content.decode()
    assert "Déjà dit" in html and "Rien de ce que dit ce brouillon" in html
    mention(make_letter(territory, "Novembre", sent_on=date(2026, 11, 3)), event)
    html = client.get(edit, headers={"host": "localhost"}).content.decode()
    assert "Le forum : Déjà dans la lettre du 3 novembre" in html.replace("\u00a0", " ")


def test_marks_cost_the_same_for_few_pages_and_for_many(territory, make_letter):
    former = make_letter(territory, "Novembre", sent_on=date(2026, 11, 3))
    draft = make_letter(territory, "Décembre", body=[EVENTS], published=False)

    def queries():
        draft.refresh_from_db()
        already_told(draft)
        with CaptureQueriesContext(connection) as captured:
            found = already_told(draft)
        return len(captured), len(found)

    mention(former, make_event(territory, "Le forum"))
    few = queries()
    for number in range(9):
        mention(former, make_event(territory, f"Atelier {number}"))
    assert few[1] == 1
    assert queries() == (few[0], 10)
