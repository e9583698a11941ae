"""Writing what was planned, one event at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale

from agenda.models import AgendaPage, EventPage, ImportedEvent
from territories.proposals.values import label_of, with_values

from .plan import Kind, Plan, Row, latest_values, may_publish
from .records import BadFile

SLUG = 80


def apply_plan(plan: Plan) -> Iterator[tuple[int, int]]:
    """Each event in a transaction of its own; yields how many are done, of how many.

    Stopped in between, what is done is done, and the same import goes on with the rest. A row that
    does not pass the page's own checks is refused, and says why.
    """
    rows = [row for row in plan.rows if row.writes]
    writer = Writer(plan)
    for done, row in enumerate(rows, start=1):
        try:
            with transaction.atomic():
                writer.write(row)
            row.is_written = True
        except ValidationError as error:
            refuse(row, " ".join(error.messages))
        except IntegrityError:
            refuse(row, _("un autre import l’a écrit au même moment. Relancez la commande."))
        yield done, len(rows)


def refuse(row: Row, reason: str) -> None:
    row.kind, row.reason, row.changes, row.publishes = Kind.REFUSED, reason, {}, False


class Writer:
    def __init__(self, plan: Plan) -> None:
        self.territory = plan.territory
        agendas = AgendaPage.objects.records().filter(territory=plan.territory)
        agenda = agendas.order_by("path").first()
        if agenda is None:
            raise BadFile(_("Ce territoire n’a pas d’agenda : ouvrez-y le module."))
        self.agenda: AgendaPage = agenda
        self.locale = Locale.get_default()
        self.slugs = set(agenda.get_children().values_list("slug", flat=True))

    def write(self, row: Row) -> None:
        if row.kind == Kind.NEW:
            row.page = self.put(row)
        elif row.changes or row.publishes:
            self.change(row)
        if not row.remembers:
            return
        if row.known is None:
            row.known = ImportedEvent(
                territory=self.territory, source=row.source, external_id=row.external_id
            )
        row.known.event, row.known.said = row.page, row.said
        row.known.save()

    def put(self, row: Row) -> EventPage:
        page = EventPage(
            title=row.changes["title"],
            slug=self.slug_for(row),
            locale=self.locale,
            territory=self.territory,
            external_id=row.external_id,
            source=row.source,
        )
        page = with_new(page, row.changes)
        page.live = False
        # Wagtail keeps the instances below their parent as they were read.
        self.agenda.refresh_from_db()
        self.agenda.add_child(instance=page)
        self.slugs.add(page.slug)
        revision = page.save_revision(changed=False)
        if row.publishes:
            revision.publish()
        return page

    def slug_for(self, row: Row) -> str:
        """From the title; a second one of the same name is told apart by its identifier, so that
        a thousand of them need no thousand tries."""
        slug = slugify(row.changes["title"])[:SLUG].strip("-") or "rendez-vous"
        if slug in self.slugs:
            slug = f"{slug}-{zlib.crc32(f'{row.source} {row.external_id}'.encode()):08x}"
        return slug

    def change(self, row: Row) -> None:
        page = EventPage.objects.select_for_update().get(pk=row.page.pk)
        self.keep_what_was_edited_meanwhile(page, row)
        revision = page.latest_revision
        if row.changes:
            revision = with_values(
                page.get_latest_revision_as_object(), row.changes
            ).save_revision()
        if row.publishes and may_publish(page, row.notes) and revision is not None:
            revision.publish()
        row.page = page

    def keep_what_was_edited_meanwhile(self, page: EventPage, row: Row) -> None:
        """A long import takes minutes, and people go on working."""
        now = latest_values(page, sorted(row.changes))
        for name in [name for name in row.changes if now[name] != row.here[name]]:
            del row.changes[name]
            row.kept.append(label_of(EventPage, name))


def with_new(page: EventPage, values: dict[str, Any]) -> EventPage:
    """`with_values`, for a page that is not saved yet."""
    content = {**page.serializable_data(), **values}
    for name in ("dates", "changes"):
        content[name] = [
            {"pk": None, "event": None, "sort_order": position, **line}
            for position, line in enumerate(content[name])
        ]
    return EventPage.from_serializable_data(content)
