"""A report in the admin: read by whoever may, filled in by the coordination and by partners."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from labelling.models import INDICATORS, Report
from labelling.models.reports import CHANGE, READ
from labelling.practice.buttons import sheet_button
from labelling.reports.figures import name_of
from labelling.reports.filling import BY_DAY, Filling
from labelling.reports.held import names_held, names_of
from labelling.reports.people import may_fill
from labelling.reports.photos import shown
from labelling.reports.receiving import may_be_corrected
from territories.tenancy.roles import may_somewhere

from .lists import ICON, LIST_TITLE


class OwnReport(WagtailAdminTemplateMixin):
    """404 for a stranger, who does not learn that it exists."""

    header_icon = ICON
    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def report(self) -> Report:
        user = self.request.user
        read = Report.objects.of_user(user).values("pk")
        filled = may_fill(user).values("pk")
        found = Report.objects.filter(Q(pk__in=read) | Q(pk__in=filled), happened_on=None)
        found = found.select_related("label__page", "territory__site", "user")
        return get_object_or_404(found, pk=self.kwargs["report_id"])

    @cached_property
    def may_change(self) -> bool:
        user, pk = self.request.user, self.report.pk
        if Report.objects.of_user(user, CHANGE).filter(pk=pk).exists():
            return True
        # A partner corrects what it sent as long as whoever holds a link.
        return may_be_corrected(self.report) and may_fill(user).filter(pk=pk).exists()

    def get_page_subtitle(self) -> str:
        return f"{self.report.label.page.title}, {self.report.get_moment_display()}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        url = reverse("label_reports:index") if may_somewhere(self.request.user, READ) else ""
        return [
            *super().get_breadcrumbs_items(),
            {"url": url, "label": LIST_TITLE},
            {"url": "", "label": self.get_page_subtitle()},
        ]


class FillView(OwnReport, TemplateView):
    """The same form as with a mailed link; the coordination corrects it at any time."""

    page_title = _("Bilan")

    @cached_property
    def filling(self) -> Filling:
        return Filling(self.request, self.report)

    def get_template_names(self) -> list[str]:
        name = "fill" if self.may_change else "read"
        return [f"labelling/reports/admin/{name}.html"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # Whoever may read and not change has no button: what they send is shown to them again.
        if not self.may_change:
            return self.render_to_response(self.get_context_data(), status=403)
        if not self.filling.form.is_valid():
            messages.error(request, _("Le bilan n’est pas enregistré : voyez ce qui reste."))
            return self.render_to_response(self.get_context_data(), status=422)
        self.filling.keep(user=request.user)
        if self.filling.drafts:
            messages.success(request, _("Le bilan est enregistré pour plus tard."))
            return redirect(request.get_full_path())
        button = sheet_button(self.report, request.user)
        # What comes next, from where one lands.
        buttons = [messages.button(button.url, button.label)] if button else None
        messages.success(request, _("Le bilan est enregistré."), buttons=buttons)
        return redirect(
            "label_reports:index" if may_somewhere(request.user, READ) else "wagtailadmin_home"
        )

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        report = self.report
        return {
            **super().get_context_data(**kwargs),
            "report": report,
            "filling": self.filling,
            "form": self.filling.form,
            "media": self.filling.form.media,
            "by_day": BY_DAY,
            "sheet_button": sheet_button(report, self.request.user),
            "photos": list(report.photos.all()),
            "held": names_held(report.criteria_held, names_of(report.label.criteria.all())),
            "rows": [(None, known(report))]
            + [(one.happened_on, known(one)) for one in self.filling.sessions],
        }


def known(report: Report) -> list[tuple[str, int]]:
    """The figures that are known, with their names."""
    figures = [(name_of(name), getattr(report, name)) for name in INDICATORS]
    return [(name, figure) for name, figure in figures if figure is not None]


class PhotoView(OwnReport, View):
    def get(self, request: HttpRequest, report_id: int, photo_id: int) -> HttpResponse:
        return shown(get_object_or_404(self.report.photos, pk=photo_id))
