"""Anybody writes to a territory, on a page that no cache keeps, without a script."""

import html as markup

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import home_of, make_content_page, make_territory

from territories.contact.forms import ContactForm
from territories.contact.models import ContactMessage
from territories.contact.pages import ContactPage
from territories.models import OutgoingMail, Territory
from territories.plugins.switching import run_setup_steps


def words_of(response):
    return markup.unescape(response.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def test_what_is_sent_is_kept_for_the_territory_of_the_host(visitor, alpha):
    answer = visitor.sends()
    assert answer.status_code == 302 and answer.url == "/contact/envoye/"
    message = ContactMessage.objects.get()
    assert message.territory == alpha
    assert (message.subject, message.name) == ("Une aide", "Alix")
    assert (message.phone, message.email) == ("06 39 98 12 34", "alix@example.org")
    assert message.text == "Le bus passe-t-il le samedi ?"
    assert message.language == "fr" and message.answered_at is None
    sent = visitor.asks(answer.url)
    assert "Votre message est parti." in words_of(sent)
    assert sent["X-Robots-Tag"] == "noindex, nofollow"


def test_the_portal_has_a_form_of_its_own(visitor, alpha):
    assert visitor.sends(host="localhost").status_code == 302
    assert ContactMessage.objects.get().territory is None
    # Nobody has said yet who of the national team gets it by mail.
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["alix@example.org"]


def test_only_that_page_has_a_token_and_a_cookie_and_no_cache_keeps_it(visitor, alpha):
    form = visitor.asks()
    assert form.cookies["csrftoken"]
    assert "no-store" in form["Cache-Control"] and "private" in form["Cache-Control"]
    assert "<script" not in form.content.decode().split("<main")[1]
    assert " style=" not in form.content.decode()
    home = Client().get("/", headers={"host": "alpha.localhost"})
    assert not home.cookies and b"csrfmiddlewaretoken" not in home.content
    assert '<a href="/contact/">Nous écrire</a>' in home.content.decode()


def test_a_phone_without_a_number_to_ring_writes_with_its_thumb(visitor, alpha):
    assert 'class="call" href="tel:' in visitor.asks("/").content.decode()
    Territory.objects.filter(pk=alpha.pk).update(contact_phone="")
    assert 'class="call" href="/contact/"' in visitor.asks("/").content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Écrivez votre message : une phrase suffit."),
        ({"text": "x" * 4001}, "Votre message est trop long"),
        ({"subject": ""}, "Choisissez un sujet dans la liste."),
        ({"subject": "99"}, "Sélectionnez un choix valide"),
        ({"phone": "", "email": ""}, "Donnez un téléphone ou une adresse e-mail"),
        ({"phone": "appelez-moi", "email": ""}, "Écrivez 10 chiffres"),
        ({"email": "alix@"}, "Cette adresse e-mail n’est pas complète."),
        ({"email": "a@example.org\r\nBcc: b@example.org"}, "n’est pas complète"),
        ({"your_url": "https://spam.example"}, "Un champ caché doit rester vide."),
        ({"after": 1}, "Attendez 3 secondes"),
        ({"text": "http://a.example http://b.example http://c.example"}, "gardez-en 2 au plus"),
        ({"text": "Bonjour\x00"}, "Le caractère nul n’est pas autorisé."),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(visitor, alpha, typed, sentence):
    answer = visitor.sends(**typed)
    assert answer.status_code == 422
    words = words_of(answer)
    assert "<title>Erreur :" in words
    assert words.split("<main")[1].index('role="alert"') < words.split("<main")[1].index("<h1")
    assert sentence in words
    kept = {"text": "Le bus passe-t-il le samedi ?", "name": "Alix"} | typed
    assert kept["name"] in words
    if "\x00" not in kept["text"]:
        assert kept["text"] in words
    assert not ContactMessage.objects.exists() and not OutgoingMail.objects.exists()


def test_each_error_is_told_to_the_field_it_is_about(visitor, alpha):
    words = visitor.sends(email="alix@").content.decode()
    assert 'href="#id_email"' in words
    assert 'aria-invalid="true"' in words
    assert 'aria-describedby="id_email_helptext id_email_error"' in words
    for name in ("name", "tel", "email"):
        assert f'autocomplete="{name}"' in words


def test_one_too_many_in_an_hour_waits_and_is_not_lost(visitor, alpha, monkeypatch):
    monkeypatch.setattr(ContactForm, "sent_at_most", 2)
    for _time in range(2):
        assert visitor.sends(email="").status_code == 302
    refused = visitor.sends(email="")
    assert refused.status_code == 429
    assert "Le bus passe-t-il le samedi ?" in words_of(refused)
    assert ContactMessage.objects.count() == 2


def test_a_browser_that_keeps_no_cookie_is_told_so(visitor, alpha):
    shown = visitor.asks()
    visitor.browser.cookies.clear()
    refused = visitor.sends(shown=shown)
    assert refused.status_code == 403
    assert "Votre navigateur n’a pas gardé le cookie" in words_of(refused)


def test_the_subject_chosen_in_another_language_is_kept_in_french(visitor, alpha, page):
    ContactPage.objects.filter(pk=page.pk).update(subjects="Un rendez-vous\nUne aide")
    english = ContactPage.objects.get(territory=alpha, locale__language_code="en")
    english.subjects, english.introduction = "\nAn event\n Help \n", "Write."
    english.save()
    assert "Help" in words_of(visitor.asks("/en/contact/"))
    assert visitor.sends("/en/contact/").url == "/en/contact/envoye/"
    message = ContactMessage.objects.get()
    assert (message.subject, message.language) == ("Une aide", "en")
    # A translation that says more or less than its record: what was shown is kept.
    english.subjects = "An event\nHelp\nWork"
    english.save()
    visitor.sends("/en/contact/")
    assert ContactMessage.objects.first().subject == "Help"


def test_every_language_has_the_page_and_making_it_again_changes_nothing(visitor, alpha):
    before = list(ContactPage.objects.values_list("pk", "locale__language_code", "slug"))
    assert [code for _pk, code, _slug in before].count("ar") == 3  # two territories, the portal
    run_setup_steps(plugin="territories", territory=alpha)
    assert list(ContactPage.objects.values_list("pk", "locale__language_code", "slug")) == before
    assert visitor.asks("/ar/contact/").status_code == 200


def test_a_page_written_by_hand_keeps_its_address(alpha, page):
    ContactPage.objects.filter(territory=alpha).delete()
    home_of(alpha).refresh_from_db()
    make_content_page(alpha, "Contact", slug="contact")
    run_setup_steps(plugin="territories", territory=alpha)
    assert {found.slug for found in ContactPage.objects.filter(territory=alpha)} == {"nous-ecrire"}


def test_the_editor_previews_the_form(alpha, page):
    shown = page.make_preview_request()
    assert "Envoyer mon message" in shown.content.decode()


def test_it_costs_the_same_among_few_and_many_territories(alpha, visitor):
    def cost(address):
        visitor.asks(address)
        with CaptureQueriesContext(connection) as captured:
            assert visitor.asks(address).status_code == 200
        return len(captured)

    few = [cost("/contact/"), cost("/ar/contact/")]
    for number in range(2):
        make_territory(f"autre-{number}", plugins=[])
    assert [cost("/contact/"), cost("/ar/contact/")] == few
    assert max(few) <= 15, few
