"""What residents read of the news: the list, its filters, the home page, a letter, the feed."""

from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from factories import home_of, make_content_page, make_page
from newsroom_factories import make_news
from wagtail.models import Locale, PageViewRestriction

from newsletter.composing.filling import add_to, proposals
from newsletter.models import NewsletterIndexPage, NewsletterPage
from newsletter.rendering.letter import render_letter
from newsroom.models import NewsPage
from territories.models import Neighbourhood
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
LICENCE = "mobilite--financer-ma-mobilite"
COMPUTERS = "numerique--maitriser-les-fondamentaux-du-numerique"
DC = "{http://purl.org/dc/elements/1.1/}creator"


def order(html, *titles):
    return sorted(titles, key=html.index)


def feed_of(get, address="/actualites/flux.xml", host="alpha.localhost"):
    return ElementTree.fromstring(get(address, host)).find("channel")  # noqa: S314 – our own


def test_the_list_is_in_the_menu_and_shows_the_newest_first(alpha, get):
    today = timezone.localdate()
    make_news(alpha, "La plus vieille", day=today - timedelta(days=9))
    make_news(alpha, "La plus neuve", day=today - timedelta(days=1))
    make_news(alpha, "Un brouillon", published=False)
    html = get("/actualites/")
    assert order(html, "La plus vieille", "La plus neuve")[0] == "La plus neuve"
    assert "Un brouillon" not in html and "2 actualités" in html
    assert 'href="/actualites/"' in get("/")


def test_a_pinned_one_stands_first_until_its_day(alpha, get):
    today = timezone.localdate()
    make_news(alpha, "Récente", day=today)
    old = {"day": today - timedelta(days=40), "is_pinned": True}
    held = make_news(alpha, "Épinglée", front_until=today, **old)
    make_news(alpha, "Passée", front_until=today - timedelta(days=1), **old)
    html = get("/actualites/")
    assert order(html, "Passée", "Récente", "Épinglée") == ["Épinglée", "Récente", "Passée"]
    home = get("/")
    assert order(home, "Récente", "Épinglée")[0] == "Épinglée" and "Passée" not in home
    held.front_until = today - timedelta(days=1)
    held.save()
    assert "Épinglée" not in get("/")


def test_the_filters_count_and_narrow(alpha, get):
    make_news(alpha, "Le permis", day=date(2025, 3, 1), themes=[LICENCE])
    make_news(alpha, "Un ordinateur", day=date(2026, 3, 1), themes=[COMPUTERS])
    html = get("/actualites/")
    assert 'name="annee" value="2026"' in html and 'name="theme" value="mobilite"' in html
    assert html.index('value="2026"') < html.index('value="2025"')
    narrowed = get("/actualites/?theme=mobilite&annee=2025")
    assert "Le permis" in narrowed and "Un ordinateur" not in narrowed
    assert "Rien avec ces filtres." in get("/actualites/?annee=1999")
    for nonsense in ("annee=²", "annee=" + "9" * 5000, "annee=-1", "page=0", "theme=%00"):
        assert "2 actualités" in get(f"/actualites/?{nonsense}")


def test_more_than_a_page_is_cut(alpha, get):
    for rank in range(13):
        make_news(alpha, f"Nouvelle {rank:02}", day=date(2026, 1, rank + 1))
    assert "Nouvelle 00" not in get("/actualites/")
    assert "Nouvelle 00" in get("/actualites/?page=2")


def test_the_page_says_its_day_its_place_and_what_search_engines_read(alpha, get, rf):
    place = Neighbourhood.objects.create(commune=alpha.communes.first(), name="La Reynerie")
    news = make_news(alpha, "La halte-garderie rouvre", day=date(2026, 11, 3), neighbourhood=place)
    html = get(news.url.removeprefix("http://alpha.localhost"))
    assert "Mardi 3 novembre 2026" in html and "La Reynerie" in html
    said = news.structured_data(rf.get("/"))
    assert said["@type"] == "NewsArticle" and said["headline"] == news.title
    assert said["datePublished"] == "2026-11-03T12:00:00+01:00"
    assert said["publisher"]["name"] == "Cité de l’emploi Alpha"
    assert "image" not in said


def test_the_day_is_the_territorys(alpha, get):
    alpha.time_zone = "Indian/Reunion"
    alpha.save()
    news = make_news(alpha, "Tard le soir", day=date(2026, 11, 3))
    # 23 h in Paris is two in the morning there.
    NewsPage.objects.filter(pk=news.pk).update(date="2026-11-03T22:00:00Z")
    assert "Mercredi 4 novembre 2026" in get("/actualites/tard-le-soir/")


def test_a_picture_needs_words_and_a_summary_is_short(alpha):
    news = make_news(alpha)
    news.image_id = 1
    with pytest.raises(ValidationError, match="dites ce que montre"):
        news.clean()
    news.image_id, news.summary = None, "a" * 201
    with pytest.raises(ValidationError, match="200 caractères au plus"):
        news.full_clean()


def test_the_feed_is_sound_and_holds_the_newest_first(alpha, beta, get):
    old = make_news(alpha, "Vieille & sage", day=date(2026, 1, 5), themes=[LICENCE])
    make_news(alpha, "Neuve", day=date(2026, 2, 5), is_pinned=False)
    make_news(beta, "Chez beta")
    closed = make_news(alpha, "Pour les membres")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    channel = feed_of(get)
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["Neuve", "Vieille & sage"]
    last = items[1]
    assert last.findtext("link") == "http://alpha.localhost/actualites/vieille-sage/"
    assert last.find("guid").attrib == {"isPermaLink": "false"}
    assert last.findtext("guid") == f"urn:uuid:{old.translation_key}"
    assert parsedate_to_datetime(last.findtext("pubDate")) == old.date
    assert last.findtext("category")
    assert channel.findtext("language") == "fr" and channel.findtext("link").endswith(
        "/actualites/"
    )
    assert 'href="/actualites/flux.xml"' in get("/actualites/")
    narrowed = feed_of(get, "/actualites/flux.xml?theme=mobilite")
    assert [item.findtext("title") for item in narrowed.findall("item")] == ["Vieille & sage"]


def test_the_portal_shows_those_of_all_and_says_whose(alpha, beta, get):
    make_news(alpha, "Chez alpha")
    make_news(beta, "Chez beta")
    html = get("/actualites/", "localhost")
    for name in ("Alpha", "Beta"):
        assert f"Cité de l’emploi {name}" in html
    items = feed_of(get, host="localhost").findall("item")
    assert {item.findtext(DC) for item in items} == {
        "Cité de l’emploi Alpha",
        "Cité de l’emploi Beta",
    }
    assert "Chez beta" not in get("/actualites/")


def test_a_closed_plugin_shows_nothing(alpha, beta, get):
    make_news(alpha, "Chez alpha")
    switch_off(territory=alpha, plugin="newsroom")
    for address in ("/actualites/", "/actualites/chez-alpha/", "/actualites/flux.xml"):
        get(address, status=404)
    assert "Chez alpha" not in get("/") and "Chez alpha" not in get("/actualites/", "localhost")
    assert feed_of(get, host="localhost").findall("item") == []


def test_three_languages(alpha, get):
    news = make_news(alpha, "Un bus de plus")
    make_news(alpha, "Pas encore traduite")
    english = news.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title, english.summary = "One more bus", "A new line."
    english.save_revision().publish()
    html = get("/en/actualites/")
    assert "One more bus" in html and "Un bus de plus" not in html
    assert '<bdi lang="fr">Pas encore traduite</bdi>' in html
    items = feed_of(get, "/en/actualites/flux.xml").findall("item")
    assert {item.findtext("link") for item in items} == {
        "http://alpha.localhost/en/actualites/un-bus-de-plus/",
        "http://alpha.localhost/en/actualites/pas-encore-traduite/",
    }
    assert 'dir="rtl"' in get("/ar/actualites/un-bus-de-plus/")


def test_in_another_language_the_order_is_that_of_the_records(alpha, get):
    old = make_news(alpha, "Vieille", day=date(2026, 1, 5))
    make_news(alpha, "Récente", day=date(2026, 2, 5))
    page = old.copy_for_translation(Locale.objects.get(language_code="en"))
    page.title, page.is_pinned = "Old", True
    page.save_revision().publish()
    for address in ("/en/", "/en/actualites/"):
        assert order(get(address), "Old", "Récente") == ["Récente", "Old"], address


def test_a_block_shows_the_latest_and_a_letter_takes_what_is_new(alpha, get):
    for rank in range(3):
        make_news(alpha, f"Nouvelle {rank}", day=date(2026, 1, rank + 1))
    body = [("newsroom_latest", {"title": "À lire", "count": 2, "since": None})]
    make_content_page(alpha, "Accueil bis", body=body)
    html = get("/accueil-bis/")
    assert "Nouvelle 2" in html and "Nouvelle 0" not in html
    index = NewsletterIndexPage.objects.records().get(territory=alpha)
    letter = make_page(index, NewsletterPage(title="Lettre", subject="Lettre"), published=False)
    yesterday, tomorrow = (timezone.now() + timedelta(days=days) for days in (-1, 1))
    assert "Dernières actualités" in add_to(letter, proposals(letter, yesterday))
    rendered = render_letter(letter)
    assert "Les nouvelles du territoire" in rendered.html
    assert "http://alpha.localhost/actualites/nouvelle-1/" in rendered.html
    assert "Nouvelle 1" in rendered.text
    empty = NewsletterPage(title="Vide", subject="Vide")
    make_page(index, empty, published=False)
    assert add_to(empty, proposals(empty, tomorrow)) == []


def test_the_home_says_nothing_when_there_is_nothing(beta, get):
    assert "Toutes les actualités" not in get("/", "beta.localhost")
    assert home_of(beta).live
