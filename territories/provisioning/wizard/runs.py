"""How far the making of a territory is, and what to do when it has stopped."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from territories.models import Provisioning
from territories.provisioning.create import resume
from territories.provisioning.tasks import make_in_background

from .draft import correct
from .views import STEPS, NationalView, redirect_to


class RunView(NationalView):
    template_name = "territories/provisioning/run.html"

    @cached_property
    def run(self) -> Provisioning:
        found = Provisioning.objects.select_related("territory__site", "asked_by")
        return get_object_or_404(found, pk=self.kwargs["key"])

    def get_page_subtitle(self) -> str:
        return self.run.plan["name"]

    def get_context_data(self, **context) -> dict[str, Any]:
        return super().get_context_data(run=self.run, **progress(self.run), **context)

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        return self.render_to_response(self.get_context_data())


class StateView(RunView):
    """For the script that watches."""

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        told = progress(self.run)
        step = told["step"]
        return JsonResponse(
            {
                "state": self.run.state,
                "done": told["done"],
                "total": told["total"],
                "step": str(step.label) if step else "",
                "goes_on": told["goes_on"],
            },
            headers={"Cache-Control": "no-store"},
        )


class ResumeView(RunView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        if may_be_resumed(self.run):
            resume(self.run)
            make_in_background(self.run)
        return redirect("provisioning:run", self.run.pk)


class CorrectView(RunView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        if self.run.state != Provisioning.State.FAILED:
            return redirect("provisioning:run", self.run.pk)
        correct(request.session, self.run)
        return redirect_to(STEPS[-1])


def may_be_resumed(run: Provisioning) -> bool:
    return run.state == Provisioning.State.FAILED or run.is_silent


def progress(run: Provisioning) -> dict[str, Any]:
    steps = run.steps()
    step = run.next_step()
    return {
        "steps": [
            {
                "label": one.label,
                "is_done": one.code in run.steps_done,
                "is_next": step is not None and one.code == step.code,
            }
            for one in steps
        ],
        "step": step,
        "done": len([one for one in steps if one.code in run.steps_done]),
        "total": len(steps),
        "may_be_resumed": may_be_resumed(run),
        "goes_on": run.state != Provisioning.State.DONE and not may_be_resumed(run),
    }
