from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from territories.tenancy.policies import pages_with

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet


class ReviewTask(Task):
    """Read by those who may publish the page: its own territory's coordination. No name of a group,
    and so of a territory, shows anywhere."""

    admin_form_fields = ["name"]

    class Meta:
        verbose_name = _("relecture par la coordination du territoire")
        verbose_name_plural = _("relectures par la coordination du territoire")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Ceux qui peuvent publier la page la relisent et décident."))

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return may_review(obj, user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        # Nobody changes under the eyes of the reader what was submitted.
        return not may_review(obj, user)

    def user_can_lock(self, obj: Page, user: User) -> bool:
        return may_review(obj, user)

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        if not may_review(obj, user):
            return []
        return [
            ("reject", _("Rendre pour modification"), True),
            ("approve", _("Accepter"), False),
            ("approve", _("Accepter avec un commentaire"), True),
        ]

    def get_task_states_user_can_moderate(self, user: User, **kwargs) -> QuerySet[TaskState]:
        return waiting_for(user).filter(task=self)


def may_review(page: Page, user: User) -> bool:
    return page.permissions_for_user(user).can_publish()


def waiting_for(user: User) -> QuerySet[TaskState]:
    """What was submitted and waits for this person, in one query."""
    pages = pages_with(user, ("publish",)).order_by()
    # Wagtail keeps the keys of what has revisions as text.
    keys = pages.annotate(key=Cast("pk", output_field=CharField())).values("key")
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        task__in=ReviewTask.objects.all(),
        revision__object_id__in=keys,
    )
