"""The wizard of the national team: one question a page, then a summary. No script is needed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from territories.models import Provisioning
from territories.provisioning.create import InvalidPlan, plan_territory
from territories.provisioning.tasks import make_in_background

from .draft import Draft
from .forms import FORMS

SUMMARY = "summary"
STEPS = [*FORMS, SUMMARY]
TITLES = {**{step: form.title for step, form in FORMS.items()}, SUMMARY: _("Récapitulatif")}


class NationalView(PermissionRequiredMixin, WagtailAdminTemplateMixin, View):
    """New territories are the national team's."""

    permission_required = "territories.add_territory"
    raise_exception = True
    header_icon = "site"
    page_title = _("Nouveau territoire")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("territory:index"), "label": _("Territoires")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]


class WizardView(NationalView):
    step = ""

    @cached_property
    def draft(self) -> Draft:
        return Draft(self.request.session)

    def get_page_subtitle(self):
        return TITLES[self.step]

    def get_context_data(self, **context) -> dict[str, Any]:
        steps = [
            {"code": code, "title": TITLES[code], "is_current": code == self.step} for code in STEPS
        ]
        return super().get_context_data(
            steps=steps,
            number=STEPS.index(self.step) + 1,
            previous=STEPS[STEPS.index(self.step) - 1] if self.step != STEPS[0] else "",
            is_begun=self.draft.is_begun,
            **context,
        )

    def asked_for(self) -> HttpResponse | None:
        """Where a button of the list of steps leads: what was typed is kept and not judged yet."""
        there = self.request.POST.get("to")
        return redirect_to(there) if there in STEPS else None


class StepView(WizardView):
    template_name = "territories/provisioning/step.html"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.step = kwargs["step"]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.step not in FORMS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, step: str) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, step: str) -> HttpResponse:
        self.draft.keep(step, request.POST)
        if there := self.asked_for():
            return there
        if not self.draft.forms[step].is_valid():
            return self.show()
        return redirect_to(STEPS[STEPS.index(step) + 1])

    def show(self) -> HttpResponse:
        unfinished = Provisioning.objects.unfinished() if self.step == STEPS[0] else ()
        return self.render_to_response(
            self.get_context_data(form=self.draft.forms[self.step], unfinished=unfinished)
        )


class SummaryView(WizardView):
    step = SUMMARY
    template_name = "territories/provisioning/summary.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show_or_lead_back()

    def post(self, request: HttpRequest) -> HttpResponse:
        if there := self.asked_for():
            return there
        run = find_run(request.POST.get("key", ""))
        if run is not None and run.state != Provisioning.State.FAILED:
            return redirect("provisioning:run", run.pk)  # sent twice
        if self.draft.first_unanswered() is not None:
            return self.show_or_lead_back()
        try:
            with transaction.atomic():
                run = plan_territory(self.draft.plan(), asked_by=request.user, key=self.draft.key)
                make_in_background(run)
        except (IntegrityError, InvalidPlan):
            # Somebody was faster: the steps say what has been taken.
            return self.show_or_lead_back()
        self.draft.forget()
        return redirect("provisioning:run", run.pk)

    def show_or_lead_back(self) -> HttpResponse:
        draft = Draft(self.request.session)
        lacking = draft.first_unanswered()
        if lacking is not None:
            if draft.is_begun:
                messages.error(self.request, _("Il manque encore quelque chose ici."))
            return redirect_to(lacking)
        return self.render_to_response(
            self.get_context_data(facts=draft.plan().described(), key=draft.key)
        )


class StartView(NationalView):
    """Where « add » leads: to a draft that was begun, as it is, or to an empty one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect_to(STEPS[0])

    def post(self, request: HttpRequest) -> HttpResponse:
        Draft(request.session).forget()
        return redirect_to(STEPS[0])


def redirect_to(step: str) -> HttpResponse:
    if step == SUMMARY:
        return redirect("provisioning:summary")
    return redirect("provisioning:step", step)


def find_run(key: str) -> Provisioning | None:
    try:
        return Provisioning.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return None
