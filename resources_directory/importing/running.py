"""One import from end to end, for whoever has the bytes already."""

from __future__ import annotations

from functools import cache

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from territories.importing.plan import Plan
from territories.importing.records import BadFile
from territories.importing.running import Progress, carry_out_plan
from territories.models import Commune, Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.territory import zone_of

from .plan import ReadKind, plan_import
from .reading import read_sheet
from .record import read_records
from .records import File, Resource
from .values import Reader
from .writing import ResourceWriter


def plan_files(
    *,
    territory: Territory,
    structures: File | None = None,
    services: File | None = None,
    source: str = "",
    publish: bool = False,
) -> Plan:
    """What `import_resources` would do. Raises BadFile."""
    files = {Resource.STRUCTURE: structures, Resource.SERVICE: services}
    with translation.override(SOURCE_LANGUAGE), timezone.override(zone_of(territory)):
        if "resources_directory" not in territory.enabled_plugins:
            raise BadFile(_("Ce territoire n’a pas de guide : ouvrez-y le module."))
        if not any(files.values()):
            raise BadFile(_("Donnez au moins un fichier, par --structures ou par --services."))
        read: list[ReadKind] = []
        notes: list[str] = []
        for kind, file in files.items():
            if file is None:
                continue
            sheet = read_sheet(file, kind)
            reader = Reader(kind, today=timezone.localdate())
            records = list(read_records(sheet, reader, source=source, communes=commune_names()))
            read.append(ReadKind(kind, records))
            notes += [f"{file.name} : {note}" for note in sheet.notes]
        return plan_import(territory=territory, read=read, notes=notes, publish=publish)


def commune_names():
    """The name of a commune by its INSEE code, each asked once."""

    @cache
    def name(code: str) -> str:
        found = Commune.objects.filter(code=code).values_list("name", flat=True).first()
        return found or ""

    return name


def carry_out(plan: Plan, *, progress: Progress | None = None) -> None:
    """Write what a plan says, and tell it in the territory's journal. Raises BadFile."""
    carry_out_plan(
        plan,
        writer=ResourceWriter,
        action="resources.import",
        gone_as="proposed",
        progress=progress,
    )


def import_resources(
    *,
    territory: Territory,
    structures: File | None = None,
    services: File | None = None,
    source: str = "",
    publish: bool = False,
) -> Plan:
    """Read structures and services into a territory's guide. Safe to run twice. Raises BadFile.

    `source`: of the records that name none. `publish`: otherwise new sheets and changes wait as
    drafts. Records that are not right are refused rows of the plan; what was changed here since is
    kept; what a whole file has no more is proposed for closing, and nothing is closed.
    """
    plan = plan_files(
        territory=territory,
        structures=structures,
        services=services,
        source=source,
        publish=publish,
    )
    carry_out(plan)
    return plan
