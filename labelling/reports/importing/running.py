"""One import from end to end, for whoever has the bytes already."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from labelling.models import INDICATORS, Moment
from labelling.models.reports import HELD, WORDS
from labelling.reports.receiving import keep_report, keep_session, sessions_of, whole_of
from territories.importing.plan import Plan
from territories.importing.records import BadFile
from territories.importing.running import Progress, carry_out_plan
from territories.importing.writing import Writer
from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.territory import zone_of

from .plan import ReportRow, make_plan
from .reading import read_table


def plan_file(*, territory: Territory, content: bytes, name: str) -> Plan:
    """What `import_reports` would do. Raises BadFile."""
    with translation.override(SOURCE_LANGUAGE), timezone.override(zone_of(territory)):
        if "labelling" not in territory.enabled_plugins:
            raise BadFile(_("Ce territoire n’a pas le label : ouvrez-y le module."))
        return make_plan(territory=territory, read=read_table(content, name), source=name)


class ReportWriter(Writer):
    def write(self, row: ReportRow) -> None:
        figures = {name: row.changes[name] for name in INDICATORS if name in row.changes}
        words = {name: row.changes[name] for name in (*WORDS, HELD) if name in row.changes}
        report = whole_of(label=row.label, moment=Moment(row.moment))
        if row.day is not None:
            keep_session(
                report=report,
                day=row.day,
                figures=figures,
                words={**words, "confirmed": row.confirmed},
                user=None,
            )
            return
        known = any(figure is not None for figure in figures.values())
        has_sessions = bool(sessions_of(report))
        if known and has_sessions:
            raise ValidationError(
                _("ce label est compté séance par séance : un total compterait deux fois.")
            )
        keep_report(
            report=report,
            figures=None if has_sessions else figures,
            words=words,
            confirmed=row.confirmed,
        )


def carry_out(plan: Plan, *, progress: Progress | None = None) -> None:
    """Write what a plan says, and tell it in the territory's journal."""
    carry_out_plan(
        plan,
        writer=ReportWriter,
        action="labelling.import_reports",
        gone_as="gone",
        progress=progress,
    )


def import_reports(*, territory: Territory, content: bytes, name: str) -> Plan:
    """Read reports into a territory. Safe to run twice: a report is known again by the number of
    its label, its date and the day it counts. Raises BadFile.

    Lines that are not right are refused rows of the plan, and say which column and why.
    """
    plan = plan_file(territory=territory, content=content, name=name)
    carry_out(plan)
    return plan
