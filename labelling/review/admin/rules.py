"""« Règles du comité »: how many opinions a territory asks for, and when it means to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from labelling.models import ReviewRules
from labelling.review.allowed import committee_of
from labelling.review.delays import average_delay
from labelling.review.forms import RulesForm
from labelling.review.opinions import rules_of
from labelling.rights import own_territories
from territories.audit.recording import record
from territories.models import Territory
from territories.people.members import name_of

if TYPE_CHECKING:
    pass

SET_RULES = "labelling.change_reviewrules"
TITLE = _("Règles du comité")
ICON = "cog"


class RulesListView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "labelling/review/rules_of.html"
    page_title = TITLE
    header_icon = ICON

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = list(own_territories(request.user, SET_RULES))
        if not own:
            raise PermissionDenied
        if len(own) == 1:
            return redirect("label_rules:edit", own[0].pk)
        set_here = {one.territory_id: one for one in ReviewRules.objects.filter(territory__in=own)}
        lines = [(one, set_here.get(one.pk) or ReviewRules(territory=one)) for one in own]
        return self.render_to_response(self.get_context_data(lines=lines))


class RulesView(WagtailAdminTemplateMixin, FormView):
    template_name = "labelling/review/rules.html"
    page_title = TITLE
    header_icon = ICON
    form_class = RulesForm

    @cached_property
    def territory(self) -> Territory:
        return get_object_or_404(
            own_territories(self.request.user, SET_RULES), pk=self.kwargs["territory_id"]
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": rules_of(self.territory)}

    def form_valid(self, form: RulesForm) -> HttpResponse:
        form.save()
        record(
            territory=self.territory,
            action="labelling.rules",
            user=self.request.user,
            quorum=form.instance.quorum,
            days=form.instance.answer_within,
        )
        messages.success(self.request, _("Les règles sont enregistrées."))
        return redirect("label_applications:index")

    def form_invalid(self, form: RulesForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_page_subtitle(self) -> str:
        return self.territory.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("label_rules:index"), "label": TITLE},
            {"url": "", "label": f"{TITLE}, {self.territory.name}"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "committee": [name_of(member) for member in committee_of(self.territory)],
            "days": average_delay(self.territory),
        }
