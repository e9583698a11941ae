"""A newsletter editor writes and submits letters, in every language, and nothing else."""

import pytest
from django.urls import reverse
from factories import home_of, make_content_page, make_member, make_territory
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from newsletter.models import NewsletterIndexPage, NewsletterPage
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def editor(client, territory):
    user = make_member(territory, "newsletter-editor")
    client.force_login(user)
    return user


def write(client, index, **more):
    address = reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterpage", index.pk])
    form = {
        "title": "La lettre de mai",
        "slug": "mai",
        "subject": "",
        "preheader": "",
        "sent_on": "",
        "body-count": "0",
        "button_text": "",
        "button_page": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "0",
        **more,
    }
    return client.post(address, form, headers=HOST)


def test_a_newsletter_editor_writes_and_submits_in_every_language(client, editor, territory):
    indexes = NewsletterIndexPage.objects.in_territory(territory)
    assert indexes.count() == 3
    for index in indexes:
        assert write(client, index, **{"action-submit": "1"}).status_code == 302
        letter = NewsletterPage.objects.child_of(index).letters().get()
        assert letter.owner == editor and letter.territory == territory
        assert letter.workflow_in_progress and not letter.live
        edit = reverse("wagtailadmin_pages:edit", args=[letter.pk])
        assert client.get(edit, headers=HOST).status_code == 200
        assert not letter.permissions_for_user(editor).can_publish()


def test_a_newsletter_editor_fills_a_letter_with_what_is_new(
    client, editor, territory, make_letter
):
    address = reverse("newsletter_fill", args=[make_letter(territory).pk])
    assert client.get(address, headers=HOST).status_code == 200


def test_a_newsletter_editor_touches_no_other_page(client, editor, territory):
    page = make_content_page(territory)
    for other in (page, home_of(territory), home_of(None)):
        permissions = other.permissions_for_user(editor)
        assert not permissions.can_edit() and not permissions.can_publish()
        assert not permissions.can_add_subpage() and not permissions.can_delete()
        edit = reverse("wagtailadmin_pages:edit", args=[other.pk])
        assert client.get(edit, headers=HOST).status_code == 302


def test_a_newsletter_editor_sees_no_letter_of_another_territory(client, editor, make_letter):
    beta = make_territory("beta")
    letter = make_letter(beta, "Lettre secrète", published=False)
    index = NewsletterIndexPage.objects.in_territory(beta).records().get()
    assert write(client, index).status_code in {302, 403}
    assert NewsletterPage.objects.in_territory(beta).letters().count() == 1
    edit = reverse("wagtailadmin_pages:edit", args=[letter.pk])
    assert client.get(edit, headers=HOST).status_code == 302
    explore = reverse("wagtailadmin_explore", args=[index.pk])
    assert "Lettre secrète" not in client.get(explore, headers=HOST).content.decode()
    fill = reverse("newsletter_fill", args=[letter.pk])
    assert client.get(fill, headers=HOST).status_code == 404


def test_a_newsletter_editor_adds_pictures_to_its_territory_only(editor, territory):
    make_territory("beta")
    policy = policy_registry.get_by_type(get_image_model())
    collections = policy.collections_user_has_permission_for(editor, "add")
    own = Collection.objects.get(name="alpha")
    # With the part of it that professionals alone may read.
    assert set(collections) == set(own.get_descendants(inclusive=True))


def test_a_newsletter_editor_does_nothing_where_letters_are_closed(client, editor, territory):
    switch_off(territory=territory, plugin="newsletter")
    index = NewsletterIndexPage.objects.in_territory(territory).records().get()
    assert not index.permissions_for_user(editor).can_edit()
    assert "/login/" in client.get(reverse("wagtailadmin_home"), headers=HOST).url


def test_a_letter_leads_to_any_page_of_its_territory_and_to_no_other(client, editor, territory):
    own = make_content_page(territory, "Venir nous voir")
    other = make_content_page(make_territory("beta"), "Page de Beta")
    index = NewsletterIndexPage.objects.in_territory(territory).records().get()
    for page, is_offered in ((own, True), (other, False)):
        browse = reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk])
        assert (page.title in client.get(browse, headers=HOST).content.decode()) == is_offered
        answer = write(client, index, button_page=page.pk, slug=f"lettre-{page.pk}")
        assert (answer.status_code == 302) == is_offered
    assert NewsletterPage.objects.letters().get().button_page_id == own.pk
