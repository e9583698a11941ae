"""The one workflow, at the root of all pages: territories to come have it too."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from .models import ReviewTask

# Wagtail says « Soumettre à … » before it.
NAME = "la relecture"


@transaction.atomic
def put_review_in_place() -> Workflow | None:
    """Make the workflow and tie it to the tree, in the place of the one that Wagtail comes with.

    Safe to run twice. What was submitted to the other may be submitted again. None when there is
    no tree yet.
    """
    root = Page.get_first_root_node()
    if root is None:
        return None
    workflow = review_workflow()
    tied = WorkflowPage.objects.filter(page=root).select_related("workflow").first()
    if tied is None:
        WorkflowPage.objects.create(page=root, workflow=workflow)
    elif tied.workflow != workflow:
        former, tied.workflow = tied.workflow, workflow
        tied.save()
        retire(former)
    return workflow


def review_workflow() -> Workflow:
    """The workflow made of the task and nothing else, open."""
    task = ReviewTask.objects.order_by("pk").first()
    if task is None:
        task = ReviewTask.objects.create(name=NAME)
    elif not task.active:
        task.active = True
        task.save()
    workflow = Workflow.objects.filter(workflow_tasks__task=task).order_by("pk").first()
    if workflow is None:
        workflow = Workflow.objects.create(name=NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    elif not workflow.active:
        workflow.active = True
        workflow.save()
    return workflow


def retire(workflow: Workflow) -> None:
    """Close a workflow that no page has any more, and its tasks that serve nothing else."""
    if WorkflowPage.objects.filter(workflow=workflow).exists():
        return
    workflow.deactivate()
    for task in workflow.tasks:
        if not task.active_workflows.exists():
            task.specific.deactivate()


def review_after_migrate(sender, **kwargs) -> None:
    put_review_in_place()
