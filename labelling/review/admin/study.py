"""« Étudier pour le label »: the coordination opens an application for a page, in its own name."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from labelling.applying.beginning import begin_application
from labelling.grids.adopting import grid_of
from labelling.labels.bearers import can_bear_the_label, check_it_takes_place, subject_of
from labelling.models import Answer, Application, CriteriaGrid, Criterion, Label
from labelling.models.applications import DECIDE
from labelling.review.allowed import may
from labelling.review.forms import CriteriaForm
from labelling.review.moving import move
from labelling.review.opinions import is_quorum_reached
from labelling.review.transitions import Part
from territories.people.members import name_of

from .own import ICON, LIST_TITLE


class StudyView(WagtailAdminTemplateMixin, FormView):
    header_icon = ICON
    page_title = _("Étudier pour le label")
    form_class = CriteriaForm
    template_name = "labelling/review/study.html"

    @cached_property
    def page(self) -> Page:
        """The record, whichever translation was asked. 404 for a stranger, who learns nothing."""
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if subject_of(page) is None or not can_bear_the_label(page):
            raise Http404
        page = page.record
        if not may(self.request.user, DECIDE, page.territory):
            raise Http404
        return page

    @cached_property
    def grid(self) -> CriteriaGrid | None:
        return grid_of(self.page.territory)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        under_way = Application.objects.claiming().filter(page=self.page.pk).first()
        if under_way is not None:
            return redirect("label_applications:read", under_way.pk)
        if refusal := self.refusal():
            messages.error(request, refusal)
            return redirect("wagtailadmin_explore", self.page.get_parent().pk)
        return super().dispatch(request, *args, **kwargs)

    def refusal(self) -> str:
        if self.grid is None:
            return _("L’équipe nationale n’a pas encore publié de grille.")
        label = Label.objects.active().filter(page=self.page.pk).first()
        if label is not None:
            return _("Cette page a déjà le label n° %(number)s.") % {"number": label.number}
        try:
            check_it_takes_place(self.page)
        except ValidationError as cancelled:
            return cancelled.messages[0]
        return ""

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return {**kwargs, "territory": self.page.territory, "grid": self.grid}

    def form_valid(self, form: CriteriaForm) -> HttpResponse:
        try:
            application = study(
                page=self.page, user=self.request.user, met=form.criteria, known=form.known
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("La demande est ouverte, à votre nom."))
        step = "grant" if is_quorum_reached(application) else "read"
        return redirect(f"label_applications:{step}", application.pk)

    def form_invalid(self, form: CriteriaForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("label_applications:index"), "label": LIST_TITLE},
            {"url": "", "label": self.page_title},
        ]


@transaction.atomic
def study(*, page: Page, user, met: list[Criterion], known: list[Criterion]) -> Application:
    """An application in the name of whoever studies a page, answered and sent in one go."""
    application = begin_application(
        territory=page.territory,
        subject=subject_of(page),
        title=page.title,
        page=page,
        user=user,
        language="fr",
        contact_name=name_of(user),
        email=user.email,
    )
    ticked = {criterion.pk for criterion in met}
    for criterion in known:
        Answer.objects.update_or_create(
            application=application,
            criterion=criterion,
            defaults={"is_met": criterion.pk in ticked},
        )
    move(application=application, name="send", part=Part.APPLICANT, user=user)
    return application
