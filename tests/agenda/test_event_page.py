import json
import re
from datetime import date, timedelta

import pytest
from agenda_factories import local, make_actor, make_event
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from agenda.models import EventDate, EventPartner
from territories.models import Term

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


def path(event):
    return event.get_url_parts()[2]


def plain(html):
    return html.replace(NBSP, " ").replace("\u202f", " ")


def translated(event, **words):
    page = event.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in words.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def test_it_says_when_where_for_whom_what_it_costs_and_what_to_bring(alpha, get):
    start = local(alpha, 2030, 12, 3, 9, 30)
    event = make_event(
        alpha,
        "Forum",
        dates=[EventDate(start=start, end=start + timedelta(hours=7, minutes=30))],
        place_name="Place Abbal",
        postcode="31100",
        commune="Toulouse",
        latitude=43.57,
        longitude=1.4,
        publics=["tous-publics"],
        to_bring="Une pièce d’identité\nVotre CV",
        registration="Entrée libre, sans inscription",
        registration_phone="05 36 49 12 21",
        registration_link="https://example.org/inscription",
        body="<p>Dix stands.</p>",
    )
    html = plain(get(path(event)))
    assert "Mardi 3 décembre 2030, de 9 h 30 à 17 h" in html
    assert "Place Abbal, 31100 Toulouse" in html
    assert "Tout le monde" in html and "<dd>Gratuit</dd>" in html
    assert "<span>Votre CV</span>" in html
    assert "Entrée libre, sans inscription" in html
    assert 'href="tel:+33536491221"' in html
    assert 'href="https://example.org/inscription"' in html
    assert "mlat=43.57&amp;mlon=1.4" in html
    assert "Dix stands." in html


def test_it_names_and_links_the_place_the_organiser_and_the_partners(alpha, get):
    place = make_actor(alpha, "Maison de quartier", address="12 rue du Lot", commune="Toulouse")
    organiser = make_actor(alpha, "Association Tremplin")
    event = make_event(alpha, place=place, place_name="salle 2", organiser=organiser)
    event.partners = [EventPartner(actor=make_actor(alpha, "Mission locale"))]
    event.save_revision().publish()
    html = get(path(event))
    assert f'href="{path(place)}">Maison de quartier, salle 2</a>' in html
    assert "12 rue du Lot, Toulouse" in html
    assert f'href="{path(organiser)}">Association Tremplin</a>' in html
    assert "Avec Mission locale." in html


def test_an_unpublished_actor_is_named_and_not_linked(alpha, get):
    place = make_actor(alpha, "Maison de quartier")
    event = make_event(alpha, place=place, organiser=place)
    place.unpublish()
    html = get(path(event))
    assert "Maison de quartier" in html and path(place) not in html


def test_a_series_gives_its_sentence_and_its_next_dates(alpha, get):
    start = local(alpha, 2026, 1, 8, 18)
    typed = EventDate(start=start, end=start + timedelta(hours=2), repeat="weekly")
    html = plain(get(path(make_event(alpha, dates=[typed]))))
    assert "Tous les jeudis. Prochaine date : jeudi" in html
    page, _share, message = html.partition('id="partager"')
    assert page.count("de 18 h à 20 h") == 1 + 6 and message.count("de 18 h à 20 h") == 2
    assert "Et d’autres dates ensuite." in html


def test_several_dates_are_all_told(alpha, get):
    first = local(alpha, 2030, 12, 3, 9)
    dates = [EventDate(start=first + timedelta(days=number)) for number in range(3)]
    html = plain(get(path(make_event(alpha, dates=dates))))
    for day in ("Mardi 3", "Mercredi 4", "Jeudi 5"):
        assert f"{day} décembre 2030 à 9 h" in html
    assert "Et d’autres dates" not in html


@pytest.mark.parametrize(
    ("status", "words", "noted"),
    [
        ("cancelled", "Ce rendez-vous est annulé.", False),
        ("postponed", "Ce rendez-vous est reporté.", True),
        ("full", "C’est complet.", True),
        ("scheduled", None, True),
    ],
)
def test_a_banner_says_what_has_changed(alpha, get, status, words, noted):
    html = get(path(make_event(alpha, status=status, registration_link="https://example.org/i")))
    assert ("Ce rendez-vous est" in html or "C’est complet" in html) == (words is not None)
    assert words is None or words in html
    assert (".ics" in html) == noted
    assert ("https://example.org/i" in html) == (status == "scheduled")


def test_a_past_event_says_so_and_leads_to_the_next_ones(alpha, get):
    start = local(alpha, 2026, 1, 8, 18)
    html = get(path(make_event(alpha, dates=[EventDate(start=start)])))
    assert "Ce rendez-vous est passé." in html
    assert 'href="/agenda/">Voir les prochains rendez-vous' in html
    assert 'datetime="2026-01-08"' in html


def test_a_mark_lights_the_window(alpha, get, mark_events):
    event = make_event(alpha)
    assert 'class="date xl"' in get(path(event))
    mark_events(event)
    html = get(path(event))
    assert 'class="date lit xl"' in html and "Mis en lumière" in html


def english(words: str) -> str:
    with override("en"):
        return gettext(words)


def test_a_translation_shows_the_records_dates_and_status(alpha, get):
    event = make_event(alpha, "Le marché", slug="marche")
    translated(event, title="The market", summary="Come and see.")
    html = get("/en/agenda/marche/")
    assert "The market" in html and "Come and see." in html
    assert f'datetime="{timezone.localdate() + timedelta(days=10)}"' in html
    event.refresh_from_db()
    event.status = "cancelled"
    event.dates = [EventDate(start=local(alpha, 2031, 5, 6, 10))]
    event.save_revision().publish()
    html = get("/en/agenda/marche/")
    assert english("Ce rendez-vous est annulé.") in html
    assert 'datetime="2031-05-06"' in html
    assert "The market" in html
    assert english("Annulé") in get("/en/agenda/")


def test_a_translator_is_asked_for_words_only(alpha):
    event = make_event(alpha, "Le marché", slug="marche", place_name="Place Abbal", cost="2 €")
    source, _made = TranslationSource.get_or_create_from_instance(event)
    asked = set(source.stringsegment_set.values_list("context__path", flat=True))
    assert {"title", "summary", "cost"} <= asked
    assert not asked & {"slug", "status", "place_name", "registration_link"}
    english = Locale.objects.get(language_code="en")
    Translation.objects.create(source=source, target_locale=english).save_target()
    page = event.get_translation(english)
    assert page.slug == "marche" and not page.occurrences.exists()


def test_an_untranslated_event_is_shown_in_french_and_says_so(alpha, get):
    make_event(alpha, "Le marché", slug="marche")
    html = get("/en/agenda/marche/")
    assert "Le marché" in html
    assert english("Cette page n’est pas encore traduite. La voici en français.") in html
    assert '<div class="flow tight" lang="fr" dir="ltr"><h1>Le marché</h1>' in html


def test_search_engines_get_the_facts_as_data(alpha, get):
    event = make_event(alpha, "Forum </script><b>", status="cancelled", commune="Toulouse")
    html = get(path(event))
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1]
    facts = json.loads(block)["@graph"][0]
    assert facts["name"] == event.title
    assert facts["eventStatus"] == "https://schema.org/EventCancelled"
    assert facts["startDate"].endswith(("+01:00", "+02:00"))
    assert facts["location"]["address"]["addressLocality"] == "Toulouse"


def test_an_event_of_another_territory_answers_404_here(alpha, beta, get):
    event = make_event(beta, "Chez beta")
    get(path(event), status=404)
    assert get(path(event), host="beta.localhost")


def test_a_draft_can_be_previewed_with_its_dates(alpha, rf):
    typed = EventDate(start=local(alpha, 2030, 12, 3, 9, 30))
    event = make_event(alpha, "Brouillon", dates=[typed], published=False)
    page = event.get_latest_revision_as_object()
    response = page.make_preview_request(preview_mode="")
    html = response.render().content.decode() if hasattr(response, "render") else ""
    assert "Brouillon" in html and 'datetime="2030-12-03"' in html


def test_an_online_event_says_where_to_meet(alpha, get):
    event = make_event(alpha, is_online=True, online_url="https://example.org/salle")
    html = get(path(event))
    assert "<dd>En ligne</dd>" in html and 'href="https://example.org/salle"' in html


def test_a_format_is_a_word_beside_the_title(alpha, get):
    term = Term.objects.get(kind="event-format", code="visite")
    assert '<span class="tag">Visite</span>' in get(path(make_event(alpha, format=term)))


def test_the_last_day_of_a_series_is_told(alpha, get):
    start = local(alpha, 2026, 1, 8, 18)
    until = timezone.localdate() + timedelta(days=40)
    typed = EventDate(start=start, repeat="weekly", until=until)
    html = plain(get(path(make_event(alpha, dates=[typed]))))
    day = "1er" if until.day == 1 else until.day
    assert f"Tous les jeudis jusqu’au {day} " in html
    assert isinstance(until, date)
