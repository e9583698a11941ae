"""Anybody asks for the label: for what, who, and a link by mail that says nothing they typed."""

import pytest
from agenda_factories import make_actor, make_event
from cooperation_factories import make_action
from django.core.cache import cache

from labelling.applying import choosing
from labelling.models import Application, State
from territories.models import OutgoingMail, Territory

from .conftest import WHO, mailed_path, words

pytestmark = pytest.mark.django_db
APPLY, BEGIN, LINK = (f"/label/demander/{name}" for name in ("", "nouvelle/", "lien/"))
THING = {"subject": "event", "title": "Forum secret", "takes_place": "En mai", "happens_at": "Ici"}


def test_a_strangers_form_makes_a_draft_and_mails_a_link_that_repeats_nothing(alpha, visitor):
    Territory.objects.filter(pk=alpha.pk).update(contact_phone="05 36 49 12 00")
    assert "Besoin d’un coup de main ?" in words(visitor.asks(BEGIN))
    answer = visitor.sends(BEGIN, {**WHO, **THING, "consent": "on"})
    assert (answer.status_code, answer.url) == (302, "/label/demander/commencee/")
    application = Application.objects.get()
    assert (application.state, application.title) == (State.DRAFT, "Forum secret")
    assert (application.territory, application.contact_name) == (alpha, "Léa Martin")
    mail = OutgoingMail.objects.get()
    assert mail.to == "lea@exemple.fr"
    assert application.reference in mail.text + mail.subject
    for typed in ("Forum secret", "Léa", "Bagatelle", "En mai"):
        assert typed not in mail.text + mail.html + mail.subject
    assert "Forum secret" in words(visitor.asks(mailed_path()))
    assert "Léa" not in words(visitor.asks(answer.url))


def test_what_is_wrong_is_said_and_nothing_is_lost(alpha, visitor):
    answer = visitor.sends(BEGIN, {**WHO, **THING, "email": "lea@", "title": ""})
    text = words(answer)
    assert answer.status_code == 422
    for said in ("Donnez-lui un nom", "pas complète", "Cochez cette case", "Léa Martin", "En mai"):
        assert said in text, said
    assert not Application.objects.exists()
    assert "no-store" in answer["Cache-Control"]


def test_an_event_of_the_agenda_is_chosen_and_asked_for_once(alpha, visitor):
    event = make_event(alpha, "Forum de l’emploi")
    address = f"{BEGIN}?fiche={event.pk}"
    assert "Forum de l’emploi" in words(visitor.asks(address))
    assert visitor.sends(address, {**WHO, "consent": "on"}).status_code == 302
    assert Application.objects.get().page_id == event.pk
    # A mail that nobody has answered keeps nobody else from asking.
    other = visitor.sends(address, {**WHO, "email": "sam@exemple.fr", "consent": "on"})
    assert other.status_code == 302
    shown = visitor.asks(address)
    Application.objects.update(state=State.SUBMITTED)
    refused = visitor.sends(address, {**WHO, "consent": "on"}, shown=shown)
    assert refused.status_code == 422
    assert "déjà en cours" in words(refused)
    assert "Une demande est en cours" in words(visitor.asks(address))
    assert Application.objects.count() == 2


def test_only_what_the_territory_shows_may_be_chosen(alpha, beta, visitor):
    stranger = make_event(beta, "Ailleurs")
    draft = make_event(alpha, "Brouillon", published=False)
    shown = visitor.asks(BEGIN)
    for pk in (stranger.pk, draft.pk, "0", "x", "9" * 40):
        assert visitor.asks(f"{BEGIN}?fiche={pk}").status_code == 404
        typed = {**WHO, "consent": "on"}
        assert visitor.sends(f"{BEGIN}?fiche={pk}", typed, shown=shown).status_code == 404
    assert not Application.objects.exists()
    assert visitor.asks(APPLY, host="localhost").status_code == 404


def test_pages_are_found_by_their_name_whatever_the_accents(alpha, beta, visitor, give):
    make_event(beta, "Forum à Béta")
    give(make_event(alpha, "Forum labellisé"))
    make_event(alpha, "Forum des métiers")
    make_action(alpha, "Apprendre un métier")
    make_actor(alpha, "Maison des métiers")
    text = words(visitor.asks(f"{APPLY}?q=forum"))
    assert "Forum des métiers" in text and "a déjà le label" in text
    assert "Béta" not in text
    text = words(visitor.asks(f"{APPLY}?q=METIERS&pour=lieu"))
    assert "Maison des métiers" in text and "Forum des" not in text
    assert "Apprendre un métier" in words(visitor.asks(f"{APPLY}?pour=action"))
    assert visitor.asks(f"{APPLY}?pour=x&page=zz&q=%00").status_code == 200


def test_hundreds_of_events_are_pages_that_cost_the_same(
    alpha, visitor, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(choosing, "PER_PAGE", 3)
    for number in range(5):
        make_event(alpha, f"Atelier {number}", slug=f"a-{number}")
    visitor.asks(APPLY)
    with django_assert_max_num_queries(15):
        text = words(visitor.asks(f"{APPLY}?q=atelier"))
    assert text.count("?fiche=") == 3
    assert "page=2" in text
    assert "5 résultats" in text


def test_a_new_link_is_mailed_and_a_wrong_guess_is_told_the_same(alpha, beta, visitor, begin):
    application = begin()
    said = {"reference": f" {application.reference.lower()} ", "email": "LEA@exemple.fr"}
    right = visitor.sends(LINK, said)
    assert OutgoingMail.objects.count() == 1
    assert "Atelier" in words(visitor.asks(mailed_path()))
    cache.clear()
    wrong = visitor.sends(LINK, {**said, "email": "sam@exemple.fr"})
    elsewhere = visitor.sends(LINK, said, host="beta.localhost")
    assert (right.status_code, right.url) == (wrong.status_code, wrong.url) == (302, elsewhere.url)
    assert OutgoingMail.objects.count() == 1
    assert "nouveau lien vient de partir" in words(visitor.asks(right.url))


def test_the_foot_of_a_territorys_pages_leads_there(alpha, visitor):
    link = '<a href="/label/demander/">Demander le label</a>'
    assert link in words(visitor.asks("/"))
    assert '<a href="/en/label/demander/">' in words(visitor.asks("/en/"))
    assert "label/demander" not in words(visitor.asks("/", host="localhost"))
