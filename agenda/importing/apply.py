"""Writing what was planned, one event at a time."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import Page

from agenda.models import AgendaPage, EventPage, ImportedEvent
from territories.importing.plan import Plan, Row
from territories.importing.records import BadFile
from territories.importing.writing import Writer


class EventWriter(Writer):
    nameless = "rendez-vous"

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        agendas = AgendaPage.objects.records().filter(territory=plan.territory)
        agenda = agendas.order_by("path").first()
        if agenda is None:
            raise BadFile(_("Ce territoire n’a pas d’agenda : ouvrez-y le module."))
        self.agenda: AgendaPage = agenda

    def parent_of(self, row: Row) -> Page:
        return self.agenda

    def blank(self, row: Row) -> EventPage:
        return EventPage(
            title=row.changes["title"],
            locale=self.locale,
            territory=self.territory,
            external_id=row.external_id,
            source=row.source,
        )

    def remember(self, row: Row) -> None:
        if row.known is None:
            row.known = ImportedEvent(
                territory=self.territory, source=row.source, external_id=row.external_id
            )
        row.known.event, row.known.said = row.page, row.said
        row.known.save()
