"""From another territory's sheet to a draft in one's own agenda; the origin is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from agenda.models import AgendaPage, EventPage
from labelling.models import PracticeReuse, PracticeSheetPage
from territories.models import Territory
from territories.tenancy.policies import pages_with

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

LINK = re.compile(r"</?a\b[^>]*>")


def shared_sheets() -> QuerySet[PracticeSheetPage]:
    """What every territory may read and take up: published for all, where the plugin is open."""
    return PracticeSheetPage.objects.findable()


def agendas_of(user: User) -> QuerySet[AgendaPage]:
    """Where the person may add an event."""
    allowed = pages_with(user, ("add",)).values_list("pk", flat=True)
    return AgendaPage.objects.records().open().filter(pk__in=allowed, territory__isnull=False)


def territories_that_may_reuse(user: User) -> QuerySet[Territory]:
    own = agendas_of(user).values("territory")
    return Territory.objects.with_plugin("labelling").filter(pk__in=own)


@transaction.atomic
def reuse_sheet(*, sheet: PracticeSheetPage, territory: Territory, user: User) -> EventPage:
    """A draft event with the words of the sheet, without dates; nothing is published.

    Raises ValidationError for a sheet that is not shared, or is the territory's own, and
    PermissionDenied where the person may not add events.
    """
    record = shared_sheets().filter(pk=sheet.record.pk).first()
    if record is None:
        raise ValidationError(_("Cette fiche n’est plus publiée."))
    if record.territory_id == territory.pk:
        raise ValidationError(_("Cette fiche est déjà de votre territoire."))
    agenda = agendas_of(user).filter(territory=territory).first()
    if agenda is None:
        raise PermissionDenied
    event = EventPage(
        title=record.title,
        summary=record.summary,
        body=body_of(record),
        format=record.format,
        locale=agenda.locale,
        owner=user,
        live=False,
    )
    event.publics, event.themes = list(record.publics.all()), list(record.themes.all())
    agenda.add_child(instance=event)
    event.save_revision(user=user)
    origin = record.territory.name if record.territory else _("Portail national")
    PracticeReuse.objects.create(
        sheet=record,
        sheet_title=record.title,
        origin=origin,
        territory=territory,
        page=event,
        by=user,
    )
    log(event, "wagtail.create", user=user)
    log(event, "labelling.reuse", user=user, data={"sheet": record.title, "origin": origin})
    return event


def body_of(sheet: PracticeSheetPage) -> SafeString:
    """What somebody needs to do it again, to be rewritten for those who come."""
    parts = (
        (_("Pourquoi cette action"), without_links(sheet.context)),
        (_("Comment faire"), steps_of(sheet)),
        (_("Nos conseils"), without_links(sheet.advice)),
        (_("À savoir"), without_links(sheet.to_know)),
    )
    return format_html_join("", "<h3>{}</h3>{}", (part for part in parts if part[1]))


def without_links(html: str) -> SafeString:
    """They lead to pages and documents of the territory that wrote the sheet."""
    return mark_safe(LINK.sub("", html))


def steps_of(sheet: PracticeSheetPage) -> SafeString:
    steps = format_html_join("", "<li>{}</li>", ((told(step),) for step in sheet.steps.all()))
    return format_html("<ol>{}</ol>", steps) if steps else mark_safe("")


def told(step) -> str:
    beside = ", ".join(part for part in (step.who, step.when) if part)
    return f"{step.what} ({beside})" if beside else step.what


def reuses_shown(sheet: PracticeSheetPage) -> QuerySet[EventPage]:
    """The events that others made of it, where everybody may see them."""
    made = PracticeReuse.objects.filter(sheet=sheet.record.pk).values("page")
    return EventPage.objects.findable().filter(pk__in=made).order_by("territory__name", "pk")


def reuses_told(sheet: PracticeSheetPage) -> Iterator[dict]:
    """For the territory of origin: who took it up and when; of a draft, nothing more."""
    shown = {event.pk: event for event in reuses_shown(sheet)}
    found = PracticeReuse.objects.filter(sheet=sheet.record.pk).select_related("territory")
    for reuse in found:
        yield {"territory": reuse.territory, "at": reuse.at, "event": shown.get(reuse.page_id)}
