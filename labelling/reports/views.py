"""`/label/bilan/<token>/`: the form of a report, for whoever holds its link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from territories.links.views import MailedLinkView
from territories.pages.translations import in_language

from .filling import BY_DAY, Filling
from .links import report_of
from .photos import shown
from .receiving import CORRECTED_FOR


class ReportView(MailedLinkView):
    """The link stays open: a report is filled in by and by, and corrected for a month."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        filling = Filling(request, report_of(token, request.territory))
        return self.show(filling, "form")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        filling = Filling(request, report_of(token, request.territory))
        if not filling.form.is_valid():
            return self.show(filling, "form", status=422)
        filling.keep()
        if not filling.drafts:
            return HttpResponseRedirect(f"{request.path}?recu=1")
        return HttpResponseRedirect(filling.address_after(request.POST.get("keep", "")))

    def show(self, filling: Filling, name: str, status: int = 200) -> HttpResponse:
        report = filling.report
        is_done = self.request.GET.get("recu") == "1" and report.received_at is not None
        [page] = in_language([report.label.page.specific], get_language() or "")
        context = {
            "form": filling.form,
            "filling": filling,
            "report": report,
            "event": page.shown,
            "photos": list(report.photos.all()),
            "by_day": BY_DAY,
            "until": report.received_at and report.received_at + CORRECTED_FOR,
        }
        name = "received" if is_done and status == 200 and not filling.form.is_bound else name
        return render(self.request, f"labelling/reports/{name}.html", context, status=status)


class PhotoView(MailedLinkView):
    """A picture of one's own report."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str, photo_id: int) -> HttpResponse:
        report = report_of(token, request.territory)
        return shown(get_object_or_404(report.photos, pk=photo_id))
