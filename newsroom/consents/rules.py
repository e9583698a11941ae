"""The rules of the written consent: when a story may be shown, and what happens when it may not.

A story has one consent, on its record; translations rely on it. `SuccessStoryPage.save()` makes a
draft of whatever would go live without one, so that no way around the form leads to the public.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Revision

from territories.audit.recording import record

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .models import Consent, SuccessStoryPage


class ConsentMissing(PublishPagePermissionError):
    """Somebody publishes a story without the consent it needs; says why, in a sentence."""


def shown_stories(day: date | None = None) -> Exists:
    """Inside a query about records: true while a consent holds, for the name as well."""
    Consent = apps.get_model("newsroom", "Consent")
    named = Q(covers_first_name=True) | Q(story__is_real_name=False)
    held = Consent.objects.in_force(day or timezone.localdate())
    return Exists(held.filter(named, story=OuterRef("pk")))


def may_be_shown(page: SuccessStoryPage) -> bool:
    return not lacking(page, timezone.localdate())


def lacking(page: SuccessStoryPage, day: date) -> str:
    """What a page, in whichever language, lacks to be shown on a day, in a sentence."""
    consent = consent_of(page)
    if consent is None:
        return _(
            "Ce parcours n’a pas encore d’accord écrit. Enregistrez le brouillon, puis ouvrez "
            "« Accord écrit » dans le menu de la page."
        )
    if consent.is_withdrawn:
        return _(
            "L’accord écrit a été retiré le %(day)s. Ce parcours ne peut plus être publié."
        ) % {"day": date_format(consent.withdrawn_on, "j F Y")}
    if not consent.holds_on(day):
        return _("L’accord écrit s’arrête le %(day)s. Demandez-en un nouveau avant de publier.") % {
            "day": date_format(consent.ends_on, "j F Y")
        }
    source = page if page.is_record else page.record
    if source.is_real_name and not consent.covers_first_name:
        return _(
            "L’accord écrit ne couvre pas son vrai prénom. Mettez un prénom d’emprunt, et décochez "
            "« C’est son vrai prénom »."
        )
    return ""


def refusal_to_publish(page: SuccessStoryPage) -> str:
    """Why a page cannot be published now, or on the day it is planned for; "" when it can."""
    day = timezone.localdate()
    if page.go_live_at:
        day = max(day, timezone.localdate(page.go_live_at))
    return lacking(page, day)


def consent_of(page: SuccessStoryPage) -> Consent | None:
    """Read anew: what is kept on a page in memory may be over."""
    Consent = apps.get_model("newsroom", "Consent")
    source = page if page.is_record else page.record
    return Consent.objects.filter(story=source.pk).first() if source.pk else None


@transaction.atomic
def keep_consent(*, consent: Consent, user: User | None) -> bool:
    """Save what was agreed. True when the story had to leave the site, since it goes further."""
    consent.withdrawn_on = None
    consent.full_clean()
    consent.save()
    story = consent.story
    record(
        territory=story.territory,
        action="newsroom.consent",
        user=user,
        about=story,
        day=date_format(consent.ends_on, "j F Y"),
    )
    return not may_be_shown(story) and bool(unpublish_everywhere(story, user=user))


@transaction.atomic
def withdraw_consent(
    *, consent: Consent, reason: str, user: User | None = None, on: date | None = None
) -> int:
    """Take the consent back and the story off the site, in every language, at once.

    Returns how many pages were on it. The day and the reason go to the journal. Raises
    ValidationError without a reason.
    """
    if not reason.strip():
        raise ValidationError(_("Dites en une phrase pourquoi l’accord est retiré."))
    consent.withdrawn_on = on or timezone.localdate()
    consent.save(update_fields=["withdrawn_on"])
    story = consent.story
    record(
        territory=story.territory,
        action="newsroom.withdraw",
        user=user,
        about=story,
        day=date_format(consent.withdrawn_on, "j F Y"),
        reason=reason.strip(),
    )
    return unpublish_everywhere(story, user=user)


def unpublish_everywhere(story: SuccessStoryPage, *, user: User | None = None) -> int:
    """Unpublish a story and its translations, and forget what was planned for them."""
    pages = list(type(story).objects.filter(translation_key=story.translation_key))
    forget_plans(page.pk for page in pages)
    online = [page for page in pages if page.live]
    for page in online:
        page.unpublish(user=user)
    return len(online)


def forget_plans(keys: Iterable[int]) -> None:
    planned = Revision.page_revisions.filter(object_id__in=[str(key) for key in keys])
    planned.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)


def without_consent() -> QuerySet:
    """The stories, in every language, that may not be shown today."""
    stories = apps.get_model("newsroom", "SuccessStoryPage").objects
    shown = stories.records().filter(shown_stories())
    return stories.exclude(translation_key__in=shown.order_by().values("translation_key"))


def unpublish_what_is_over() -> None:
    """The job: a story leaves the site the day after its consent ends. Safe to run twice."""
    refused = without_consent()
    forget_plans(refused.values_list("pk", flat=True))
    for page in refused.filter(live=True).order_by("path"):
        page.unpublish()
        record(territory=page.territory, action="newsroom.expire", user=None, about=page)
