"""« Nouvelle lettre »: from what is new, from a template, from an earlier letter."""

from datetime import date, timedelta

import pytest
from agenda_factories import make_event
from django.urls import reverse
from django.utils import timezone
from factories import home_of, make_member, make_territory

from newsletter.composing.starting import template_like
from newsletter.models import NewsletterIndexPage, NewsletterPage, Sending
from territories.tenancy.roles import role_group
from territories.words import day_words

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def index(territory):
    return NewsletterIndexPage.objects.in_territory(territory).records().get()


@pytest.fixture
def editor(client, territory):
    editor = make_member(territory, "newsletter-editor")
    client.force_login(editor)
    return editor


def start(client, index, **data):
    return client.post(reverse("newsletter_start", args=[index.pk]), data, headers=HOST)


def newest(territory):
    letter = NewsletterPage.objects.in_territory(territory).order_by("-pk").first()
    return letter.get_latest_revision_as_object()


def test_one_click_makes_a_draft_filled_with_what_is_new_since_the_last_letter(
    client, territory, index, editor, make_letter
):
    old, new = make_event(territory, "Ancien"), make_event(territory, "Nouveau")
    type(old).objects.filter(pk=old.pk).update(
        first_published_at=timezone.now() - timedelta(days=9)
    )
    sent_on = timezone.localdate() - timedelta(days=5)
    make_letter(territory, "La dernière", sent_on=sent_on)
    response = start(client, index)
    letter = newest(territory)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[letter.pk])
    assert letter.title == f"Lettre du {said(timezone.localdate())}"
    assert not letter.live and letter.owner == editor and letter.sent_on is None
    values = {child.block_type: child.value for child in letter.body}
    assert values["upcoming_events"]["since"] == sent_on
    assert "greeting" in values and new.live


def said(day):
    return day_words(day, weekday=False, year=True)


def test_two_letters_of_one_day_have_two_addresses(client, territory, index, editor):
    start(client, index)
    start(client, index)
    drafts = NewsletterPage.objects.filter(is_template=False, territory=territory)
    assert len(set(drafts.values_list("slug", flat=True))) == 2


def test_a_copy_of_an_earlier_letter_says_the_same_and_was_never_sent(
    client, territory, index, editor, make_letter
):
    body = [
        ("text", {"text": "<p>Bonjour</p>"}),
        ("upcoming_events", {"title": "À venir", "count": 3, "since": date(2026, 1, 1)}),
    ]
    source = make_letter(
        territory, "Octobre", body=body, preheader="Deux minutes", sent_on=date(2026, 10, 3)
    )
    Sending.objects.create(letter=source, territory=territory)
    response = start(client, index, like=source.pk)
    copy = newest(territory)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert copy.pk != source.pk and copy.translation_key != source.translation_key
    assert copy.preheader == "Deux minutes" and copy.sent_on is None
    assert copy.first_published_at is None and not hasattr(copy, "sending")
    text, events = copy.body
    assert "Bonjour" in str(text.value["text"]) and events.value["count"] == 3
    # Its lists go on where the last letter ended.
    assert events.value["since"] == date(2026, 10, 3)
    source.refresh_from_db()
    assert source.body[1].value["since"] == date(2026, 1, 1)


def test_a_letter_begins_with_a_template_as_it_was_last_saved(
    client, territory, index, editor, make_letter
):
    letter = make_letter(territory, body=[("text", {"text": "<p>Bonjour</p>"})])
    template = template_like(letter, title="La quinzaine", user=editor)
    template.body = [("text", {"text": "<p>Bonsoir</p>"})]
    template.save_revision()
    start(client, index, like=template.pk)
    copy = newest(territory)
    assert not copy.is_template and "Bonsoir" in str(copy.body[0].value["text"])
    assert template.title == "La quinzaine" and template.is_template and not template.live


def test_the_screen_lists_templates_and_earlier_letters_of_the_territory_alone(
    client, territory, index, editor, make_letter
):
    make_letter(territory, "Octobre")
    make_letter(territory, "Pas finie", published=False)
    beta = make_territory("beta")
    make_letter(beta, "Chez beta")
    template_like(make_letter(beta, "Modèle de beta"), title="Modèle de beta", user=editor)
    html = client.get(reverse("newsletter_start", args=[index.pk]), headers=HOST).content.decode()
    assert "Octobre" in html and "La lettre de la quinzaine" in html
    assert "beta" not in html and "Pas finie" not in html


@pytest.mark.parametrize("like", ["abc", "0", "9" * 30, "-1", "\x00"])
def test_a_source_that_is_not_there_makes_no_letter(client, territory, index, editor, like):
    before = NewsletterPage.objects.count()
    assert start(client, index, like=like).status_code == 404
    assert NewsletterPage.objects.count() == before


def test_nothing_is_copied_from_another_territory(client, territory, index, editor, make_letter):
    there = make_letter(make_territory("beta"), "Chez beta")
    before = NewsletterPage.objects.count()
    assert start(client, index, like=there.pk).status_code == 404
    assert NewsletterPage.objects.count() == before


def test_a_stranger_gets_404_and_begins_nothing(client, territory, index, make_letter):
    letter = make_letter(territory, "Octobre")
    client.force_login(make_member(make_territory("beta")))
    before = NewsletterPage.objects.count()
    for address in (
        reverse("newsletter_start", args=[index.pk]),
        reverse("newsletter_template", args=[letter.pk]),
    ):
        assert client.get(address, headers=HOST).status_code == 404
        assert client.post(address, {"title": "À moi"}, headers=HOST).status_code == 404
    assert NewsletterPage.objects.count() == before
    client.logout()
    assert start(client, index).status_code == 302
    assert NewsletterPage.objects.count() == before


def test_one_begins_from_the_list_of_letters_the_menu_and_the_admins_home(
    client, territory, index, editor
):
    address = reverse("newsletter_start", args=[index.pk])
    listing = client.get(reverse("wagtailadmin_explore", args=[index.pk]), headers=HOST)
    assert address in listing.content.decode()
    menu = reverse("newsletter_start_somewhere")
    assert menu in listing.content.decode()
    assert client.get(menu, headers=HOST).url == address
    client.force_login(make_member(territory, "coordinator"))
    assert address in client.get(reverse("wagtailadmin_home"), headers=HOST).content.decode()
    english = index.get_translations().get(locale__language_code="en")
    found = client.get(reverse("newsletter_start", args=[english.pk]), headers=HOST)
    assert found.status_code == 404


def test_whoever_writes_for_several_territories_chooses_one(client, territory, index):
    beta = make_territory("beta", name="Beta")
    make_territory("gamma", name="Gamma")
    both = make_member(territory, "newsletter-editor")
    both.groups.add(role_group(beta, "newsletter-editor"))
    client.force_login(both)
    html = client.get(reverse("newsletter_start_somewhere"), headers=HOST).content.decode()
    assert "Alpha</a>" in html and "Beta</a>" in html and "Gamma" not in html


def test_who_writes_no_letter_has_no_such_place(client, territory):
    client.force_login(make_member(territory, "label-reviewer"))
    found = client.get(reverse("newsletter_start_somewhere"), headers=HOST)
    assert found.status_code == 404


def test_the_plus_of_the_list_of_letters_leads_to_the_same_screen(client, index, editor):
    add = reverse("wagtailadmin_pages:add_subpage", args=[index.pk])
    assert add in client.get(f"/admin/pages/{index.pk}/", headers=HOST).content.decode()
    screen = client.get(add, follow=True, headers=HOST)
    assert screen.redirect_chain[-1][0] == reverse("newsletter_start", args=[index.pk])
    assert screen.status_code == 200


def test_from_there_a_blank_page_opens_and_is_saved(client, territory, index, editor):
    screen = client.get(reverse("newsletter_start", args=[index.pk]), headers=HOST)
    blank = reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterpage", index.pk])
    assert f'"{blank}?blank=1"' in screen.content.decode()
    page = client.get(f"{blank}?blank=1", headers=HOST)
    assert page.status_code == 200 and f'action="{blank}"' in page.content.decode()
    form = {"title": "Toute neuve", "slug": "toute-neuve", "body-count": "0"}
    client.post(blank, form, headers=HOST)
    assert newest(territory).title == "Toute neuve"


def test_the_plus_of_a_translated_list_and_of_other_pages_is_not_ours(client, territory):
    client.force_login(make_member(territory))
    english = NewsletterIndexPage.objects.in_territory(territory).get(locale__language_code="en")
    for parent, kind in (
        (english, ("newsletter", "newsletterpage")),
        (home_of(territory), ("territories", "contentpage")),
    ):
        add = reverse("wagtailadmin_pages:add", args=[*kind, parent.pk])
        assert client.get(add, headers=HOST).status_code == 200
