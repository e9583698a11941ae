"""Editors write and submit; the coordination of the page's territory decides, and nobody else."""

import pytest
from agenda_factories import make_event
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import home_of, make_content_page, make_member, make_page, make_territory
from wagtail.models import (
    GroupApprovalTask,
    Page,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from territories.mail.models import OutgoingMail
from territories.models import ContentPage, JournalEntry, ReviewTask
from territories.review.models import waiting_for
from territories.review.setting_up import put_review_in_place

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def alpha(db):
    return make_territory("alpha")


def member(territory, role: str, **fields) -> User:
    user = make_member(territory, role)
    owner = territory.slug if territory else "national"
    User.objects.filter(pk=user.pk).update(email=f"{role}@{owner}.example", **fields)
    return user


@pytest.fixture
def editor(alpha):
    return member(alpha, "editor", first_name="Lina", last_name="Roy")


@pytest.fixture
def coordinator(alpha):
    return member(alpha, "coordinator", first_name="Sam", last_name="Petit")


@pytest.fixture
def at_work(client):
    def visit(user):
        client.force_login(user)
        return client

    return visit


def form_of(page: Page, **more) -> dict:
    return {
        "title": page.title,
        "slug": page.slug,
        "introduction": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "0",
        **more,
    }


def submit(client, page: Page):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(edit, form_of(page, **{"action-submit": "1"}), headers=HOST)
    assert answer.status_code == 302, answer.context["form"].errors
    return WorkflowState.objects.for_instance(page).latest("pk")


def decide(client, state: WorkflowState, action: str, comment: str | None = None):
    task = state.current_task_state
    page = state.content_object
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task.pk])
    return client.post(
        address, {} if comment is None else {"comment": comment, "next": "/admin/"}, headers=HOST
    )


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "subject"))


def test_an_editor_submits_and_cannot_publish(alpha, editor, coordinator, at_work):
    page = make_content_page(alpha, "Le forum", published=False)
    client = at_work(editor)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), headers=HOST)
    assert "Soumettre à la relecture" in shown.content.decode()
    assert 'name="action-publish"' not in shown.content.decode()
    state = submit(client, page)
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert decide(client, state, "approve").status_code in {302, 403}
    page.refresh_from_db()
    assert not page.live
    assert mails() == [("coordinator@alpha.example", "À relire : Le forum")]


def test_the_coordination_accepts_and_the_author_is_told(alpha, editor, coordinator, at_work):
    page = make_content_page(alpha, "Le forum", published=False)
    state = submit(at_work(editor), page)
    OutgoingMail.objects.all().delete()
    assert decide(at_work(coordinator), state, "approve").status_code == 302
    page.refresh_from_db()
    assert page.live
    (mail,) = OutgoingMail.objects.all()
    assert (mail.to, mail.subject) == ("editor@alpha.example", "Publié : Le forum")
    assert "Sam Petit a relu et publié « Le forum »." in mail.text
    assert "Cité de l’emploi Alpha" in mail.sender and mail.territory == alpha
    actions = JournalEntry.objects.filter(territory=alpha).values_list("action", flat=True)
    assert {"wagtail.workflow.start", "wagtail.workflow.approve", "wagtail.publish"} <= set(actions)


def test_the_coordination_returns_a_page_with_a_word_and_it_is_submitted_again(
    alpha, editor, coordinator, at_work
):
    page = make_content_page(alpha, "Le forum", published=False)
    state = submit(at_work(editor), page)
    OutgoingMail.objects.all().delete()
    decide(at_work(coordinator), state, "reject", "L’heure manque <ici>.")
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    (mail,) = OutgoingMail.objects.all()
    assert (mail.to, mail.subject) == ("editor@alpha.example", "À reprendre : Le forum")
    assert "L’heure manque <ici>." in mail.text and "&lt;ici&gt;" in mail.html
    again = submit(at_work(editor), page)
    assert again == state and again.status == WorkflowState.STATUS_IN_PROGRESS


def test_what_was_submitted_waits_for_the_coordination_of_its_territory_alone(
    alpha, editor, coordinator, at_work
):
    beta = make_territory("beta")
    stranger, team = member(beta, "coordinator"), make_member(None, "team", username="team")
    page = make_content_page(alpha, "Le forum", published=False)
    state = submit(at_work(editor), page)
    assert [task.revision.content_object for task in waiting_for(coordinator)] == [page]
    assert TaskState.objects.reviewable_by(coordinator).count() == 1
    for other in (stranger, team, editor):
        assert not waiting_for(other).exists()
        assert decide(at_work(other), state, "approve").status_code in {302, 403, 404}
    page.refresh_from_db()
    assert not page.live
    assert {to for to, _subject in mails()} == {"coordinator@alpha.example"}


def test_nobody_changes_a_page_under_the_eyes_of_its_reader(alpha, editor, coordinator, at_work):
    page = make_content_page(alpha, "Le forum", published=False)
    submit(at_work(editor), page)
    page = Page.objects.get(pk=page.pk)
    assert page.get_lock().for_user(editor) and not page.get_lock().for_user(coordinator)


def test_a_coordinator_publishes_without_waiting(alpha, coordinator, at_work):
    page = make_content_page(alpha, "Le forum", published=False)
    client = at_work(coordinator)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = client.get(edit, headers=HOST).content.decode()
    assert 'name="action-publish"' in shown and "Soumettre" not in shown
    add = reverse("wagtailadmin_pages:add", args=["territories", "contentpage", home_of(alpha).pk])
    assert "Soumettre" not in client.get(add, headers=HOST).content.decode()
    client.post(edit, form_of(page, **{"action-publish": "1"}), headers=HOST)
    page.refresh_from_db()
    assert page.live and not OutgoingMail.objects.exists()


def test_publishing_what_was_submitted_ends_its_review(alpha, editor, coordinator, at_work):
    page = make_content_page(alpha, "Le forum", published=False)
    state = submit(at_work(editor), page)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    at_work(coordinator).post(edit, form_of(page, **{"action-publish": "1"}), headers=HOST)
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_CANCELLED
    assert not waiting_for(coordinator).exists()


def test_a_translation_is_submitted_to_the_same_coordination(alpha, editor, coordinator, at_work):
    english = home_of(alpha).get_translations().get(locale__language_code="en").specific
    page = ContentPage(title="The fair", locale=english.locale)
    make_page(english, page, published=False)
    state = submit(at_work(editor), page)
    assert mails() == [("coordinator@alpha.example", "À relire : The fair")]
    decide(at_work(coordinator), state, "approve")
    page.refresh_from_db()
    assert page.live


def test_a_page_of_the_portal_waits_for_the_national_team(alpha, coordinator):
    team = make_member(None, "team", username="team")
    User.objects.filter(pk=team.pk).update(email="team@national.example")
    page = make_content_page(None, "Le portail", published=False)
    page.get_workflow().start(page, User.objects.create_user("someone"))
    assert waiting_for(team).count() == 1 and not waiting_for(coordinator).exists()
    assert mails() == [("team@national.example", "À relire : Le portail")]


def test_who_has_declined_such_mail_or_left_gets_none(alpha, editor, coordinator, at_work):
    profile = UserProfile.get_for_user(coordinator)
    profile.submitted_notifications = False
    profile.save()
    make_member(alpha, "coordinator", username="left")
    User.objects.filter(username="left").update(email="left@alpha.example", is_active=False)
    submit(at_work(editor), make_content_page(alpha, "Le forum", published=False))
    assert mails() == []


def test_the_mail_is_in_the_language_that_its_reader_chose(alpha, editor, coordinator, at_work):
    profile = UserProfile.get_for_user(coordinator)
    profile.preferred_language = "en"
    profile.save()
    submit(at_work(editor), make_content_page(alpha, "Le forum", published=False))
    assert 'lang="en"' in OutgoingMail.objects.get().html


def test_one_workflow_serves_every_territory_and_names_none():
    for slug in ("alpha", "beta", "gamma"):
        make_territory(slug)
    assert WorkflowPage.objects.count() == 1
    active = Workflow.objects.active()
    assert [workflow.name for workflow in active] == ["la relecture"]
    assert [task.name for task in active.get().tasks] == ["la relecture"]


def test_an_old_installation_is_put_right_and_its_submissions_may_be_made_again(alpha, editor):
    root = Page.get_first_root_node()
    WorkflowPage.objects.all().delete()
    Workflow.objects.filter(name="la relecture").delete()
    ReviewTask.objects.all().delete()
    old, task = Workflow.objects.create(name="old"), GroupApprovalTask.objects.create(name="old")
    WorkflowTask.objects.create(workflow=old, task=task, sort_order=0)
    WorkflowPage.objects.create(page=root, workflow=old)
    page = make_content_page(alpha, "Le forum", published=False)
    state = old.start(page, editor)
    call_command("migrate", verbosity=0)
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_CANCELLED
    page = Page.objects.get(pk=page.pk)
    assert page.get_workflow().name == "la relecture"
    old.refresh_from_db()
    assert not old.active and not GroupApprovalTask.objects.get(pk=task.pk).active
    workflow = put_review_in_place()
    assert workflow == put_review_in_place() == Workflow.objects.active().get()
    assert ReviewTask.objects.count() == 1


def test_a_workflow_that_serves_elsewhere_is_left_open(alpha):
    old = Workflow.objects.create(name="old")
    WorkflowPage.objects.filter(page__depth=1).update(workflow=old)
    WorkflowPage.objects.create(page=home_of(alpha), workflow=old)
    put_review_in_place()
    old.refresh_from_db()
    assert old.active


def test_what_waits_is_read_in_one_query_whatever_the_number(alpha, editor, coordinator):
    def cost() -> int:
        user = User.objects.get(pk=coordinator.pk)
        with CaptureQueriesContext(connection) as captured:
            list(waiting_for(user))
        return len(captured)

    def submitted(ranks: range) -> None:
        for rank in ranks:
            event = make_event(alpha, f"Forum {rank}", slug=f"forum-{rank}", published=False)
            event.get_workflow().start(event, editor)

    submitted(range(2))
    few = cost()
    submitted(range(2, 12))
    make_territory("beta")
    assert cost() == few <= 3
