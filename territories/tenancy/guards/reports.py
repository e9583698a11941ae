"""Reports: their rows are one's own, their filters and one of them are everybody's."""

from __future__ import annotations

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.urls import path
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.admin.views.workflows import (
    TaskChooserCreateView,
    TaskChooserResultsView,
    TaskChooserView,
    task_chosen,
)
from wagtail.models import Page
from wagtail_localize.views.report import TranslationsReportView

from territories.tenancy.policies import pages_with

from .filters import with_own_names

# What names things of every territory, drafts included, beside the rights of any role.
HIDDEN_REPORTS = {"page-types-usage", "site-history"}


def superusers_only(view):
    """What names things of every territory, with no regard to roles."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class OwnLockedPages(LockedPagesView):
    filterset_class = with_own_names(LockedPagesView.filterset_class)


class OwnWorkflows(WorkflowView):
    filterset_class = with_own_names(WorkflowView.filterset_class)


class OwnWorkflowTasks(WorkflowTasksView):
    filterset_class = with_own_names(WorkflowTasksView.filterset_class)


class OwnTranslations(TranslationsReportView):
    def get_queryset(self):
        translations = super().get_queryset()
        if self.request.user.is_superuser:
            return translations
        own = pages_with(self.request.user, ("add", "change", "publish"))
        keys = Page.objects.filter(pk__in=own.values_list("pk", flat=True))
        return translations.filter(source__object__in=keys.values("translation_key"))


def report(address: str, view: type, guard=lambda found: found) -> list:
    return [
        path(f"reports/{address}/", guard(view.as_view())),
        path(f"reports/{address}/results/", guard(view.as_view(results_only=True))),
    ]


URLS = [
    *report("locked", OwnLockedPages),
    *report("workflow", OwnWorkflows),
    *report("workflow_tasks", OwnWorkflowTasks),
    # It names logged rows to whoever holds a right on their model, in whatever territory; each
    # reads the journal of one's own: territories/audit/.
    *report("site-history", LogEntriesView, superusers_only),
    *report("page-types-usage", PageTypesUsageReportView, superusers_only),
    # Whoever writes workflows chooses among tasks.
    path("workflows/task_chooser/", superusers_only(TaskChooserView.as_view())),
    path("workflows/task_chooser/results/", superusers_only(TaskChooserResultsView.as_view())),
    path("workflows/task_chooser/create/", superusers_only(TaskChooserCreateView.as_view())),
    path("workflows/task_chooser/<int:task_id>/", superusers_only(task_chosen)),
]
TRANSLATION_URLS = [
    path("localize/reports/translations/", OwnTranslations.as_view()),
    path("localize/reports/translations/results/", OwnTranslations.as_view(results_only=True)),
]
