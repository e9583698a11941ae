"""Templates: letters that are never published, whoever tries and however."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from factories import make_member, make_territory
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from newsletter.composing.starting import template_like
from newsletter.composing.templates import TemplatePublished
from newsletter.models import NewsletterIndexPage, NewsletterPage
from newsletter.setup_steps import make_letters

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def coordinator(client, territory):
    user = make_member(territory, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def template(territory, make_letter, coordinator):
    letter = make_letter(territory, body=[("text", {"text": "<p>Bonjour</p>"})], published=False)
    return template_like(letter, title="Secret", user=coordinator)


def edit(client, page, **data):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {"title": page.title, "slug": page.slug, "body": streamfield([])}
    names = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    sent = nested_form_data(form | {"comments": dict.fromkeys(names, "0")})
    return client.post(address, {**sent, **data}, headers=HOST)


def is_live(page):
    return NewsletterPage.objects.get(pk=page.pk).live


def test_the_editor_saves_it_and_refuses_to_publish_it_in_a_sentence(client, template, coordinator):
    address = reverse("wagtailadmin_pages:edit", args=[template.pk])
    shown = client.get(address, headers=HOST).content.decode()
    assert "Secret (modèle)" in shown
    assert 'name="action-publish"' not in shown and 'name="action-submit"' not in shown
    for action in ("action-publish", "action-submit"):
        html = edit(client, template, **{action: "1"}).content.decode()
        assert "Un modèle n’est jamais mis en ligne" in html.replace("&#x27;", "’")
    edit(client, template, title="La quinzaine")
    template.refresh_from_db()
    assert template.get_latest_revision_as_object().title == "La quinzaine"
    assert not template.live and template.get_workflow() is None and not template.has_workflow


def test_whatever_else_would_publish_it_does_not(client, template, coordinator):
    revision = template.save_revision()
    with pytest.raises(TemplatePublished):
        revision.publish(user=coordinator)
    revision.publish()
    assert not is_live(template)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={template.pk}", {"include_descendants": "on"}, headers=HOST)
    assert not is_live(template)
    template.live = True
    template.save()
    assert not is_live(template)


def test_what_was_planned_is_forgotten_and_holds_nothing_else_up(template, make_letter, territory):
    soon = timezone.now() - timedelta(minutes=1)
    letter = make_letter(territory, "Une autre", published=False)
    for page in (template, letter):
        revision = page.save_revision()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=soon)
    call_command("publish_scheduled")
    assert not is_live(template) and is_live(letter)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_it_is_in_no_public_page_nor_in_the_list_of_letters(client, template, territory):
    index = NewsletterIndexPage.objects.in_territory(territory).records().get()
    for address in ("/", "/lettres/", "/recherche/?q=Secret", "/sitemap.xml"):
        html = client.get(address, headers={"host": "alpha.localhost"}).content.decode()
        assert "Secret</a>" not in html and template.slug not in html
    found = client.get(f"/lettres/{template.slug}/", headers={"host": "alpha.localhost"})
    assert found.status_code == 404
    listing = client.get(reverse("wagtailadmin_explore", args=[index.pk]), headers=HOST)
    assert "Secret" not in listing.content.decode()
    start = client.get(reverse("newsletter_start", args=[index.pk]), headers=HOST)
    assert "Secret" in start.content.decode()


def test_a_letter_is_saved_as_a_template_with_a_name(client, territory, make_letter, coordinator):
    letter = make_letter(territory, body=[("text", {"text": "<p>Bonjour</p>"})])
    address = reverse("newsletter_template", args=[letter.pk])
    assert "La lettre du lundi" in client.get(address, headers=HOST).content.decode()
    assert client.post(address, {"title": " "}, headers=HOST).status_code == 200
    response = client.post(address, {"title": "La quinzaine"}, headers=HOST)
    template = NewsletterPage.objects.get(title="La quinzaine")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[template.pk])
    assert template.is_template and not template.live and template.territory == territory
    assert (
        client.get(reverse("newsletter_template", args=[template.pk]), headers=HOST).status_code
        == 404
    )


def test_whoever_writes_letters_changes_and_deletes_templates(client, territory, template):
    client.force_login(make_member(territory, "newsletter-editor"))
    permissions = template.permissions_for_user(make_member(territory, "newsletter-editor", "n2"))
    assert permissions.can_edit() and permissions.can_delete() and not permissions.can_publish()
    client.post(reverse("wagtailadmin_pages:delete", args=[template.pk]), headers=HOST)
    assert not NewsletterPage.objects.filter(pk=template.pk).exists()


def test_a_new_territory_has_one_template_and_never_a_second(db):
    beta = make_territory("beta")
    [template] = NewsletterPage.objects.in_territory(beta)
    assert template.is_template and not template.live
    names = [child.block_type for child in template.body]
    assert names[0] == "text" and {"labelling_events", "upcoming_events", "closures"} <= set(names)
    make_letters(beta, [beta.site.root_page.specific])
    assert NewsletterPage.objects.in_territory(beta).count() == 1


def test_a_territory_that_has_letters_gets_its_template_when_it_is_made_again(
    territory, make_letter
):
    NewsletterPage.objects.in_territory(territory).delete()
    make_letter(territory)
    make_letters(territory, [territory.site.root_page.specific])
    assert NewsletterPage.objects.in_territory(territory).filter(is_template=True).count() == 1
