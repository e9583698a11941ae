"""What the hooks of the admin are made of: addresses and the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail.admin.menu import MenuItem

from labelling.models.applications import READ
from territories.tenancy.roles import may_somewhere

from . import lists, one
from .own import ICON, LIST_TITLE

patterns = [
    path("", lists.LabelsView.as_view(), name="index"),
    path("results/", lists.LabelsView.as_view(results_only=True), name="index_results"),
    path("export/", lists.ExportView.as_view(), name="export"),
    path("<int:label_id>/", one.LabelView.as_view(), name="read"),
    path("<int:label_id>/renew/", one.RenewView.as_view(), name="renew"),
]
URLS = [
    path("labels/", include((patterns, "label_labels"))),
    path(
        "labelling/<int:page_id>/withdraw/", one.WithdrawView.as_view(), name="labelling_withdraw"
    ),
]


class LabelsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_somewhere(request.user, READ)


def labels_item() -> MenuItem:
    url = reverse("label_labels:index")
    return LabelsItem(LIST_TITLE, url, name="label-labels", icon_name=ICON, order=20)
