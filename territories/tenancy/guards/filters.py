"""Filters beside lists: they name the people, sites and workflows of the whole country."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from wagtail.models import Site, Task, Workflow, WorkflowPage, WorkflowTask

from territories.tenancy.policies import colleagues_of, explorable_pages, territories_of
from territories.tenancy.roles import is_national


def own_people(user: User, people: QuerySet) -> QuerySet:
    return people.filter(pk__in=colleagues_of(user).values("pk"))


def own_sites(user: User, sites: QuerySet) -> QuerySet:
    if is_national(user):
        return sites
    return sites.filter(territory__in=territories_of(user))


def own_workflows(user: User, workflows: QuerySet) -> QuerySet:
    """Those of one's own pages, and the one that all territories share, at the root."""
    pages = explorable_pages(user).values_list("pk", flat=True)
    tied = WorkflowPage.objects.filter(Q(page__in=pages) | Q(page__depth=1))
    return workflows.filter(pk__in=tied.values("workflow"))


def own_tasks(user: User, tasks: QuerySet) -> QuerySet:
    workflows = own_workflows(user, Workflow.objects.all())
    return tasks.filter(
        pk__in=WorkflowTask.objects.filter(workflow__in=workflows.values("pk")).values("task")
    )


OWN = {User: own_people, Site: own_sites, Workflow: own_workflows, Task: own_tasks}


class OwnNames:
    """Before a filter set: whatever it lets choose among is narrowed to one's own."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        user = self.request.user
        if user.is_superuser:
            return
        for chosen in self.filters.values():
            if not hasattr(chosen, "get_queryset"):
                continue
            choices = chosen.get_queryset(self.request)
            if choices is None:
                choices = chosen.extra.get("queryset")
            own = OWN.get(getattr(choices, "model", None))
            if own:
                chosen.queryset = chosen.extra["queryset"] = own(user, choices.all())


def with_own_names(filterset: type) -> type:
    return type(f"Own{filterset.__name__}", (OwnNames, filterset), {"__module__": __name__})
