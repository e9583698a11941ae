"""What the hooks of the admin are made of: addresses and the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail.admin.menu import MenuItem

from labelling.models.reports import READ
from territories.tenancy.roles import may_somewhere

from . import filling, importing, lists

patterns = [
    path("", lists.ReportsView.as_view(), name="index"),
    path("results/", lists.ReportsView.as_view(results_only=True), name="index_results"),
    path("export/", lists.ExportView.as_view(), name="export"),
    path("import/", importing.ImportView.as_view(), name="import"),
    path("template/", importing.TemplateFileView.as_view(), name="template"),
    path("<int:report_id>/", filling.FillView.as_view(), name="fill"),
    path("<int:report_id>/photos/<int:photo_id>/", filling.PhotoView.as_view(), name="photo"),
]
URLS = [path("label-reports/", include((patterns, "label_reports")))]


class ReportsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_somewhere(request.user, READ)


def reports_item() -> MenuItem:
    return ReportsItem(
        lists.LIST_TITLE,
        reverse("label_reports:index"),
        name="label-reports",
        icon_name=lists.ICON,
        order=30,
    )
