"""What an event says beside its dates: for whom, on which terms, with which help, by whom."""

import json
import re
from datetime import timedelta

import pytest
from agenda_factories import local, make_actor, make_event, place_of
from django.core.exceptions import ValidationError
from django.utils import timezone
from factories import make_member, make_territory

from agenda.models import EventDate, EventPage, EventPartner
from agenda.proposable import events_of
from agenda.searchable import find_event
from resources_directory.models import ActorMember
from territories.models import Term

pytestmark = pytest.mark.django_db


def full_event(territory, **fields):
    """An event that says all it can."""
    host = make_actor(territory, "Maison de quartier", step_free=True)
    sectors = list(Term.objects.filter(kind="sector", code="industrie"))
    first = timezone.now() + timedelta(days=3)
    return make_event(
        territory,
        "Forum",
        slug="forum",
        dates=[EventDate(start=first), EventDate(start=first + timedelta(days=1))],
        place=host,
        organiser=host,
        partners=[
            EventPartner(actor=make_actor(territory, "Tremplin"), role="organiser"),
            EventPartner(actor=make_actor(territory, "Plie")),
        ],
        publics=["jeunes"],
        sectors=sectors,
        aimed_at=[place_of(territory)],
        conditions="Dès 16 ans",
        accessibility=["hi", "mi"],
        access_details="Interprète à 14 h",
        childcare="Gardés sur place",
        mobility_help="Minibus à 9 h",
        registration_email="venir@example.org",
        contact_name="Yasmine",
        phone="05 36 49 12 21",
        email="forum@example.org",
        **fields,
    )


def plain(html):
    return re.sub(r"\s+", " ", html.replace("\u00a0", " "))


def test_the_page_says_all_of_it_in_words(alpha, get):
    full_event(alpha)
    html = plain(get("/agenda/forum/"))
    for words in (
        "Jeunes. D’abord pour les habitants de Bagatelle",
        "Dès 16 ans",
        "Entrée sans marche. Adapté aux personnes sourdes ou malentendantes, personnes à mobilité "
        "réduite. Interprète à 14 h",
        "Gardés sur place",
        "Minibus à 9 h",
        "Usine, atelier, maintenance",
        "Organisé aussi par Tremplin.",
        "Avec Plie.",
        "Une question ? Demandez Yasmine.",
        'href="mailto:venir@example.org"',
        'href="mailto:forum@example.org"',
        'href="tel:+33536491221"',
    ):
        assert words in html, words


def test_a_page_that_says_nothing_of_it_shows_no_empty_fact(alpha, get):
    html = get("/agenda/" + make_event(alpha).slug + "/")
    for term in ("Accès", "Enfants", "Conditions", "Métiers", "Aide pour venir"):
        assert f"<dt>{term}</dt>" not in html
    assert "Une question" not in html


def test_the_door_of_an_actor_is_told_only_where_somebody_looked(alpha, get):
    make_event(alpha, "Marche", slug="marche", place=make_actor(alpha, "Chez un", step_free=False))
    make_event(alpha, "Inconnu", slug="inconnu", place=make_actor(alpha, "Chez deux"))
    assert "Il y a une marche à l’entrée." in get("/agenda/marche/")
    assert "marche" not in get("/agenda/inconnu/")


def test_search_engines_are_told_every_date_whom_it_is_for_and_the_welcome(alpha, get):
    full_event(alpha)
    block = re.search(r'application/ld\+json">(.*?)</script>', get("/agenda/forum/"))[1]
    event = json.loads(block)["@graph"][0]
    (other,) = event["subEvent"]
    assert other["@type"] == "Event" and other["name"] == "Forum" and other["location"]
    assert other["startDate"] > event["startDate"]
    assert event["audience"] == {
        "@type": "Audience",
        "audienceType": "Jeunes",
        "geographicArea": [{"@type": "AdministrativeArea", "name": "Bagatelle"}],
    }
    features = {one["name"]: one["value"] for one in event["location"]["amenityFeature"]}
    assert features["Entrée sans marche"] is True and features["Garde d’enfants"] is True
    assert [one["name"] for one in event["organizer"]] == ["Maison de quartier", "Tremplin"]
    assert event["contributor"] == [{"@type": "Organization", "name": "Plie"}]
    assert event["eventAttendanceMode"].endswith("/OfflineEventAttendanceMode")


@pytest.mark.parametrize(
    ("fields", "mode", "said"),
    [
        ({"is_online": True}, "OnlineEventAttendanceMode", "en-ligne"),
        (
            {"is_online": True, "commune": "Toulouse"},
            "MixedEventAttendanceMode",
            "sur-place-et-en-ligne",
        ),
        ({"commune": "Toulouse"}, "OfflineEventAttendanceMode", "sur-place"),
    ],
)
def test_how_one_takes_part_follows_from_the_place_and_the_box(alpha, get, fields, mode, said):
    make_event(alpha, "Atelier", slug="atelier", **fields)
    assert mode in get("/agenda/atelier/")
    (row,) = json.loads(get("/open-data/evenements.json"))
    assert row["participation"] == said


def test_a_link_to_take_part_from_home_needs_the_box_ticked(alpha):
    event = make_event(alpha)
    event.online_url = "https://example.org/salle"
    with pytest.raises(ValidationError, match="En ligne : cochez cette case"):
        event.clean()


def test_open_data_has_it_under_its_own_names(alpha, get):
    full_event(alpha)
    (row,) = json.loads(get("/open-data/evenements.json"))
    assert row["secteurs"] == ["industrie"]
    assert row["quartiers_vises"] == [{"nom": "Bagatelle", "code": "QP031007"}]
    assert (row["co_organisateurs"], row["partenaires"]) == (["Tremplin"], ["Plie"])
    assert row["accessibilite"] == ["hi", "mi"] and row["acces_sans_marche"] is True
    assert row["contact_nom"] == "Yasmine" and row["aide_mobilite"] == "Minibus à 9 h"


def test_it_is_found_by_its_trade_its_neighbourhood_and_its_partners(alpha):
    event = full_event(alpha)
    finding = find_event(event, event)
    assert {"Industrie", "Bagatelle", "Tremplin", "Plie"} <= set(finding.words)
    assert "Gardés sur place" in finding.body


def test_the_form_offers_the_neighbourhoods_of_the_territory_alone(alpha, beta, client):
    own, stranger = place_of(alpha), place_of(beta, "Ailleurs")
    event = make_event(alpha, slug="atelier")
    client.force_login(make_member(alpha, "coordinator"))
    address = f"/admin/pages/{event.pk}/edit/"
    page = client.get(address, headers={"host": "localhost"})
    form = page.context["form"]
    assert list(form.fields["aimed_at"].queryset) == [own]
    sent = {"title": "Atelier", "aimed_at": [str(stranger.pk)]}
    response = client.post(address, sent, headers={"host": "localhost"})
    assert "aimed_at" in response.context["form"].errors
    assert not EventPage.objects.get(pk=event.pk).aimed_at.exists()


def test_whoever_works_for_a_co_organiser_may_offer_changes(alpha):
    event = full_event(alpha)
    others = make_event(alpha, "Autre", organiser=make_actor(alpha, "Seul"))
    helper, guest = make_member(alpha, "editor", "aide"), make_member(alpha, "editor", "invite")
    for partner in event.partners.all():
        user = helper if partner.role == "organiser" else guest
        ActorMember.objects.create(actor=partner.actor, user=user)
    assert list(events_of(helper)) == [event]
    assert list(events_of(guest)) == []
    assert others not in events_of(helper)


def test_a_message_holds_what_when_where_how_much_and_the_address(alpha, get):
    start = local(alpha, 2030, 12, 3, 9, 30)
    make_event(
        alpha,
        "Café & métiers",
        slug="cafe",
        dates=[EventDate(start=start, end=start + timedelta(hours=2))],
        commune="Toulouse",
    )
    html = get("/agenda/cafe/")
    message = re.search(r"<textarea[^>]*readonly>(.*?)</textarea>", html, re.DOTALL)[1]
    assert message.splitlines() == [
        "Café &amp; métiers",
        "Mardi 3 décembre 2030, de 9 h 30 à 11 h 30",
        "Toulouse",
        "Gratuit",
        "http://alpha.localhost/agenda/cafe/",
    ]
    assert "https://wa.me/?text=Caf%C3%A9%20%26%20m%C3%A9tiers%0AMardi" in html
    assert 'data-copy="Café &amp; métiers\n' in html


def test_the_formats_of_the_field_are_governed_words(db):
    known = set(Term.objects.filter(kind="event-format").values_list("code", flat=True))
    assert {"job-dating", "forum", "cafe-rencontre", "atelier", "visite"} <= known
    assert {"evenement-de-rue", "portes-ouvertes", "permanence"} <= known


def test_the_national_portal_may_aim_at_any_neighbourhood(alpha, beta):
    from resources_directory.choices import neighbourhoods_of

    own, other = place_of(alpha), place_of(beta, "Ailleurs")
    assert {own, other} <= set(neighbourhoods_of(None))
    assert set(neighbourhoods_of(make_territory("gamma", plugins=["agenda"]))) == set()
