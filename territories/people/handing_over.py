"""Passing on the duties of somebody who leaves, in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState
from wagtail.query import PageQuerySet

from territories.audit.recording import record
from territories.pages.homes import homes_of
from territories.tenancy.roles import group_prefix

from .members import members_of, name_of, remove_member, roles_here
from .models import Invitation
from .signals import duties_handed_over, duties_listed

if TYPE_CHECKING:
    from territories.models import Territory

UNDER_REVIEW = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


@dataclass(frozen=True)
class Duties:
    """What somebody does in a territory. `others`: sentences of other rooms."""

    roles: Sequence[Any]
    owned: int
    locked: Sequence[Page]
    under_review: int
    is_contact: bool
    invitations: int
    others: Sequence[str]


def duties_of(leaver: User, territory: Territory | None) -> Duties:
    """What would be handed over; `leaver` was read by `members_of`."""
    answers = duties_listed.send(sender=Duties, territory=territory, leaver=leaver)
    return Duties(
        roles=list(roles_here(leaver, territory).values()),
        owned=pages_there(territory).filter(owner=leaver).count(),
        locked=list(pages_there(territory).filter(locked_by=leaver).order_by("path")),
        under_review=reviews_of(leaver, territory).count(),
        is_contact=bool(contact_changes(territory, leaver, leaver)),
        invitations=Invitation.objects.waiting(territory)
        .filter(payload__invited_by=leaver.pk)
        .count(),
        others=[sentence for _receiver, sentences in answers for sentence in sentences or ()],
    )


@transaction.atomic
def hand_over(
    *,
    territory: Territory | None,
    leaver: User,
    successor: User,
    handed_over_by: User,
    removes_leaver: bool = True,
) -> None:
    """Give the successor all that the leaver does there; then the leaver is removed.

    Roles, pages owned, pages under review, the territory's contact, invitations sent, and what
    other rooms keep (`duties_handed_over`). Pages that the leaver locked are unlocked. Raises
    ValidationError when one of the two is not a member.
    """
    members = members_of(territory).filter(is_active=True).exclude(pk=leaver.pk)
    if not members.filter(pk=successor.pk).exists():
        raise ValidationError({"successor": _("Choisissez une personne de l’équipe.")})
    groups = leaver.groups.filter(name__startswith=group_prefix(territory))
    successor.groups.add(*groups)
    reviews_of(leaver, territory).update(requested_by=successor)
    pages_there(territory).filter(owner=leaver).update(owner=successor)
    unlock_pages(pages_there(territory).filter(locked_by=leaver), handed_over_by)
    for field, value in contact_changes(territory, leaver, successor).items():
        setattr(territory, field, value)
        territory.save(update_fields=[field])
    for invitation in Invitation.objects.waiting(territory).filter(payload__invited_by=leaver.pk):
        invitation.payload["invited_by"] = successor.pk
        invitation.save(update_fields=["payload"])
    duties_handed_over.send(
        sender=Duties,
        territory=territory,
        leaver=leaver,
        successor=successor,
        handed_over_by=handed_over_by,
    )
    record(
        territory=territory,
        action="people.hand_over",
        user=handed_over_by,
        about=leaver,
        successor=name_of(successor),
    )
    if removes_leaver:
        remove_member(territory=territory, user=leaver, removed_by=handed_over_by)


def pages_there(territory: Territory | None) -> PageQuerySet:
    """All the pages of the territory, in every language."""
    homes = [Q(path__startswith=home.path) for home in homes_of(territory)]
    return Page.objects.filter(reduce(or_, homes)) if homes else Page.objects.none()


def reviews_of(user: User, territory: Territory | None):
    """Pages that somebody has submitted and that nobody has published yet: they get the answer."""
    keys = pages_there(territory).annotate(key=Cast("pk", CharField())).values("key")
    return WorkflowState.objects.filter(
        requested_by=user,
        status__in=UNDER_REVIEW,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=keys,
    )


def unlock_pages(pages: PageQuerySet, unlocked_by: User) -> None:
    unlocked = list(pages)
    pages.update(locked=False, locked_by=None, locked_at=None)
    for page in unlocked:
        log(page, "wagtail.unlock", user=unlocked_by)


def contact_changes(territory: Territory | None, leaver: User, successor: User) -> dict[str, str]:
    """The lines of the territory's contact that name the leaver, and what they become."""
    if territory is None:
        return {}
    changes = {}
    if leaver.get_full_name() and territory.contact_name == leaver.get_full_name():
        changes["contact_name"] = name_of(successor)
    if leaver.email and territory.contact_email.lower() == leaver.email.lower():
        changes["contact_email"] = successor.email
    return changes
