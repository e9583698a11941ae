"""Reports: their rows are one's own, their filters and one of them are everybody's."""

from __future__ import annotations

from functools import wraps

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import path
from wagtail.admin.views.reports.audit_logging import (
    LogEntriesView,
    SiteHistoryReportFilterSet,
    get_users_for_filter,
)
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.admin.views.workflows import (
    TaskChooserCreateView,
    TaskChooserResultsView,
    TaskChooserView,
    task_chosen,
)
from wagtail.models import ModelLogEntry, Page
from wagtail_localize.views.report import TranslationsReportView

from territories.models import Territory
from territories.tenancy.policies import pages_with
from territories.tenancy.roles import territories_where

from .filters import with_own_names

NATIONAL_REPORTS = {"page-types-usage"}


def national_only(view):
    """What names things of every territory, and that only the national team has a use for."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class SiteHistoryFilterSet(SiteHistoryReportFilterSet):
    def get_users_queryset(self):
        # Wagtail asks the whole log, where its own comment says « visible to the user ».
        return get_users_for_filter(self.request.user)


class OwnHistory(LogEntriesView):
    filterset_class = with_own_names(SiteHistoryFilterSet)

    def filter_queryset(self, queryset):
        # Whoever may change one territory would read what was done to all.
        if queryset.model is ModelLogEntry:
            own = territories_where(self.request.user, "territories.change_territory")
            keys = [str(pk) for pk in own.values_list("pk", flat=True)]
            territory = ContentType.objects.get_for_model(Territory)
            queryset = queryset.filter(~Q(content_type=territory) | Q(object_id__in=keys))
        return super().filter_queryset(queryset)


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
    *report("site-history", OwnHistory),
    *report("page-types-usage", PageTypesUsageReportView, national_only),
    # Whoever writes workflows chooses among tasks: the national team.
    path("workflows/task_chooser/", national_only(TaskChooserView.as_view())),
    path("workflows/task_chooser/results/", national_only(TaskChooserResultsView.as_view())),
    path("workflows/task_chooser/create/", national_only(TaskChooserCreateView.as_view())),
    path("workflows/task_chooser/<int:task_id>/", national_only(task_chosen)),
]
TRANSLATION_URLS = [
    path("localize/reports/translations/", OwnTranslations.as_view()),
    path("localize/reports/translations/results/", OwnTranslations.as_view(results_only=True)),
]
