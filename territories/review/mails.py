"""Who is told what: the coordination that a page waits, its author what was decided.

In the name of the page's territory, through the house's own mail. In the places of Wagtail's
notifications, whose keys these receivers take: `territories` starts before `wagtail.admin`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected
from wagtail.users.models import UserProfile

from territories.audit.ownership import territory_id_of
from territories.mail.sending import send_mail
from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.tenancy.roles import group_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

COORDINATION = {False: "coordinator", True: "team"}


def coordinators_of(territory: Territory | None) -> QuerySet[User]:
    """Who decides on the pages of a territory; None: on the portal's."""
    groups = Group.objects.filter(name=group_name(territory, COORDINATION[territory is None]))
    return User.objects.filter(groups__in=groups, is_active=True).distinct()


def tell_the_coordination(
    sender: type[TaskState], instance: TaskState, user: User | None = None, **kwargs: Any
) -> None:
    from .models import ReviewTask

    page = instance.workflow_state.content_object
    if not isinstance(instance.task.specific, ReviewTask) or not isinstance(page, Page):
        return
    territory = territory_of(page)
    tell(
        coordinators_of(territory).exclude(pk=user and user.pk),
        kind="submitted",
        subject=_("À relire : %(title)s"),
        page=page,
        territory=territory,
        author=user,
    )


def tell_the_author(kind: str, subject: Any):
    def receiver(
        sender: type[WorkflowState], instance: WorkflowState, user: User | None = None, **kwargs
    ) -> None:
        page, author = instance.content_object, instance.requested_by
        if not isinstance(page, Page) or author is None or author == user:
            return
        decision = instance.current_task_state
        tell(
            [author] if author.is_active else [],
            kind=kind,
            subject=subject,
            page=page,
            territory=territory_of(page),
            reader=user,
            comment=decision.get_comment() if decision else "",
        )

    return receiver


def tell(
    people: Iterable[User],
    *,
    kind: str,
    subject: Any,
    page: Page,
    territory: Territory | None,
    **context: Any,
) -> None:
    """Write to each of them who has an address and has not declined such mail in the account."""
    title = page.specific.get_admin_display_title()
    told = {
        **context,
        "title": title,
        "edit_url": settings.WAGTAILADMIN_BASE_URL
        + reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "page_url": page.specific.full_url or "",
    }
    for person in people:
        profile = UserProfile.get_for_user(person)
        if not person.email or not getattr(profile, f"{kind}_notifications"):
            continue
        language = profile.preferred_language or SOURCE_LANGUAGE
        with override(language):
            said = subject % {"title": title}
        send_mail(
            territory=territory,
            to=person.email,
            subject=said,
            template=f"territories/review/{kind}",
            context=told,
            language=language,
        )


def territory_of(page: Page) -> Territory | None:
    found = Territory.objects.filter(pk=territory_id_of(page)).select_related("site")
    return found.first()


tell_approved = tell_the_author("approved", _("Publié : %(title)s"))
tell_rejected = tell_the_author("rejected", _("À reprendre : %(title)s"))


def connect() -> None:
    # Wagtail's own looks only at tasks of groups, and goes on for them.
    task_submitted.connect(tell_the_coordination, sender=TaskState)
    workflow_approved.connect(
        tell_approved,
        sender=WorkflowState,
        dispatch_uid="workflow_state_approved_email_notification",
    )
    workflow_rejected.connect(
        tell_rejected,
        sender=WorkflowState,
        dispatch_uid="workflow_state_rejected_email_notification",
    )
