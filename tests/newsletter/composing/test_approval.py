"""Who writes a letter submits it; the coordination of its territory alone puts it online."""

import pytest
from django.urls import reverse
from factories import make_member, make_territory
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage
from wagtail.test.utils.form_data import nested_form_data, streamfield

from newsletter.models import NewsletterIndexPage
from territories.mail.models import OutgoingMail
from territories.review.models import waiting_for
from territories.tenancy.rights import put_right
from territories.tenancy.roles import role_group

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def coordinator(territory):
    user = make_member(territory, "coordinator")
    user.email = "coordination@alpha.example"
    user.save()
    return user


@pytest.fixture
def writer(client, territory):
    user = make_member(territory, "newsletter-editor")
    client.force_login(user)
    return user


def post(client, letter, action):
    names = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    form = {"title": letter.title, "slug": letter.slug, "body": streamfield([])}
    sent = nested_form_data(form | {"comments": dict.fromkeys(names, "0"), action: "1"})
    edit = reverse("wagtailadmin_pages:edit", args=[letter.pk])
    return client.post(edit, sent, headers=HOST)


def test_a_letter_is_submitted_read_by_the_coordination_and_then_online(
    client, territory, make_letter, writer, coordinator
):
    letter = make_letter(territory, published=False)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[letter.pk]), headers=HOST)
    html = edit.content.decode()
    assert 'name="action-submit"' in html and 'name="action-publish"' not in html
    post(client, letter, "action-publish")
    assert not Page.objects.get(pk=letter.pk).live
    post(client, letter, "action-submit")
    state = Page.objects.get(pk=letter.pk).current_workflow_task_state
    assert [mail.to for mail in OutgoingMail.objects.all()] == [coordinator.email]
    assert list(waiting_for(coordinator)) == [state]
    stranger = make_member(make_territory("beta"), "coordinator")
    decide = reverse("wagtailadmin_pages:workflow_action", args=[letter.pk, "approve", state.pk])
    for other in (stranger, writer):
        assert not waiting_for(other).exists()
        client.force_login(other)
        client.post(decide, headers=HOST)
        assert not Page.objects.get(pk=letter.pk).live
    client.force_login(coordinator)
    client.post(decide, headers=HOST)
    assert Page.objects.get(pk=letter.pk).live


def test_a_territory_of_before_gets_the_same_when_its_roles_are_put_right(territory, writer):
    index = NewsletterIndexPage.objects.in_territory(territory).records().get()
    group = role_group(territory, "newsletter-editor")
    GroupPagePermission.objects.create(group=group, page=index, permission_type="publish")
    assert index.permissions_for_user(writer).can_publish_subpage()
    put_right(territory)
    put_right(territory)
    writer = type(writer).objects.get(pk=writer.pk)
    permissions = index.permissions_for_user(writer)
    assert permissions.can_add_subpage() and not permissions.can_publish_subpage()


def test_one_workflow_serves_the_letters_of_every_territory(territory, make_letter):
    there = make_letter(make_territory("beta"), published=False)
    here = make_letter(territory, published=False)
    assert here.get_workflow() == there.get_workflow() == Workflow.objects.get(active=True)
    assert not WorkflowPage.objects.filter(page__depth__gt=1).exists()
