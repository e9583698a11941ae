"""The address of a report, for whoever was asked for it: it opens until the report is received,
and for a month after, so that a figure may still be put right."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from labelling.models import Report
from territories.links.links import UNKNOWN, LinkRefused, address_of_link, make_link, open_link
from territories.models import Territory

from .receiving import may_be_corrected

PURPOSE = "label-report"
# Nobody is refused because they are late; the view closes what was received.
LASTS = timedelta(days=730)
CLOSED = _(
    "Ce bilan est reçu depuis plus de 30 jours. Un chiffre à corriger ? Écrivez-nous, ou "
    "appelez-nous."
)


def address_of(report: Report, *, email: str = "", language: str = "fr") -> str:
    """A new link to a report, whole, on its territory's host: to be mailed."""
    link = make_link(
        purpose=PURPOSE,
        territory=report.territory,
        payload={"report": report.pk},
        lasts=LASTS,
        email=email,
    )
    return address_of_link(link, "labelling:report", language)


def report_of(token: str, territory: Territory) -> Report:
    """The one that a link opens on this territory's host. Raises LinkRefused."""
    link = open_link(token, PURPOSE)
    found = Report.objects.filter(
        pk=link.payload.get("report"), territory=territory, happened_on=None
    )
    report = found.select_related("label__page", "territory__site").first()
    if link.territory_id != territory.pk or report is None:
        raise LinkRefused(UNKNOWN, 404)
    if not may_be_corrected(report):
        raise LinkRefused(CLOSED, 410)
    return report
