"""The ways to a practice sheet from the pages and lists of the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from agenda.models import EventPage
from labelling.labels.bearers import subject_of
from labelling.models import PracticeReuse, Report
from territories.pages.editor import edit_url

from .views import may_write
from .writing import sheet_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import Page

AFTER_THE_LABEL = 19


def sheet_button(report: Report, user: User, *, priority: int = AFTER_THE_LABEL) -> Button | None:
    """« Écrire une fiche action », or the way to the one that was written; None where neither is
    this person's. `report`: one that they may read."""
    if report.received_at is None:
        return None
    sheet = sheet_of(report)
    if sheet is None and may_write(user, report):
        address = reverse("labelling_practice:write", args=[report.pk])
        return Button(
            _("Écrire une fiche action"), address, icon_name="clipboard-list", priority=priority
        )
    if sheet is not None and sheet.permissions_for_user(user).can_edit():
        return Button(
            _("Ouvrir la fiche action"),
            edit_url(sheet),
            icon_name="clipboard-list",
            priority=priority,
        )
    return None


def sheet_buttons_of_page(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """In the header of what bears a label: its last report as a sheet, and where it comes from."""
    specific = page.specific
    if subject_of(specific) is None:
        return
    record = specific.record
    reports = Report.objects.of_user(user).received().filter(label__page=record.pk)
    report = reports.select_related("label").order_by("-stands", "-received_at").first()
    if report and (button := sheet_button(report, user)):
        yield button
    if isinstance(record, EventPage) and (origin := origin_button(record)):
        yield origin


def origin_button(event: EventPage) -> Button | None:
    """Of which sheet it was made; its name stays when the sheet is gone."""
    reuse = PracticeReuse.objects.filter(page=event.pk).select_related("sheet").first()
    if reuse is None:
        return None
    words = _("Inspiré de « %(title)s » (%(territory)s)") % {
        "title": reuse.sheet_title,
        "territory": reuse.origin,
    }
    sheet = reuse.sheet
    address = sheet.full_url if sheet and sheet.live else edit_url(event)
    return Button(words, address, icon_name="copy", priority=AFTER_THE_LABEL + 1)
