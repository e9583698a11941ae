"""Writing what was planned, structures before the services that point at them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from resources_directory.models import ActorMapPage, GuidePage, ImportedResource
from territories.importing.plan import Kind, Plan
from territories.importing.records import BadFile
from territories.importing.writing import Writer

from .plan import ResourceRow
from .records import Resource

INDEXES = {Resource.STRUCTURE: ActorMapPage, Resource.SERVICE: GuidePage}


class ResourceWriter(Writer):
    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.indexes: dict[Resource, Page] = {}
        for kind, model in INDEXES.items():
            found = model.objects.records().filter(territory=plan.territory)
            index = found.order_by("path").first()
            if index is None:
                raise BadFile(_("Ce territoire n’a pas de guide : ouvrez-y le module."))
            self.indexes[kind] = index

    def write(self, row: Any) -> None:
        if row.structure is not None and row.kind != Kind.GONE:
            self.point_at(row, row.structure)
        super().write(row)

    def point_at(self, row: ResourceRow, structure: ResourceRow) -> None:
        """The structure of a new service may have been written a moment ago, or not."""
        if structure.page is None:
            raise ValidationError(
                _("structure_id : sa structure n’a pas pu être écrite : %(reason)s"),
                params={"reason": structure.reason},
            )
        for values in (row.changes, row.said):
            if "actor" in values:
                values["actor"] = structure.page.pk

    def parent_of(self, row: Any) -> Page:
        return self.indexes[row.resource]

    def blank(self, row: Any) -> Page:
        return row.resource.model(
            title=row.changes["title"],
            locale=self.locale,
            territory=self.territory,
            external_id=row.external_id,
            source=row.source,
        )

    def remember(self, row: Any) -> None:
        if row.known is None:
            row.known = ImportedResource(
                territory=self.territory,
                kind=row.resource.value,
                source=row.source,
                external_id=row.external_id,
            )
        known = row.known
        known.page, known.said = row.page, row.said
        known.gone_on = timezone.localdate() if row.kind == Kind.GONE else None
        if row.kind != Kind.GONE:
            known.is_kept = False
        known.save()
