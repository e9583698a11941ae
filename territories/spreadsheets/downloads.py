"""Spreadsheets as answers, to be saved by whoever asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button

from .delimited import lines
from .workbook import Sheet, write

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def dated(name: str) -> str:
    """« labels-2026-12-03 »."""
    return f"{name}-{timezone.localdate().isoformat()}"


def csv_button(address: str, filters: str = "") -> Button:
    """Above a list of the admin: what it shows, as it is filtered."""
    url = f"{address}?{filters}" if filters else address
    return Button(_("Télécharger en CSV"), url=url, icon_name="download", priority=100)


def csv_to_be_saved(
    name: str,
    headings: Iterable[object],
    rows: Iterable[Sequence[object]],
    *,
    status: int = 200,
) -> StreamingHttpResponse:
    """Read row by row, while it is sent."""
    written = lines([str(heading) for heading in headings], rows)
    answer = StreamingHttpResponse(written, content_type=CSV, status=status)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return answer


def workbook_to_be_saved(name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    target = BytesIO()
    write(target, sheets)
    answer = HttpResponse(target.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    return answer
