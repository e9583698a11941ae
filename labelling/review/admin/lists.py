"""« Demandes de label »: those of one's own territories, and each as it is read and judged."""

from __future__ import annotations

from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django.views.generic.base import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from labelling.applying.answering import OPEN
from labelling.applying.asked import asked_about
from labelling.grids.adopting import criteria_for
from labelling.models import Answer, Application, Criterion, Evidence, State
from labelling.models.applications import READ
from labelling.review.allowed import applications_read_by
from labelling.review.delays import average_delay
from labelling.review.opinions import (
    counted,
    has_tie,
    opinion_of,
    opinions_of_this_round,
    rules_of,
    sees_opinions,
)
from labelling.review.transitions import Part, transitions_from
from labelling.rights import own_territories
from territories.contact.files import to_be_saved
from territories.tenancy.lists import OwnList

from .own import ICON, LIST_TITLE, OwnApplication

# What each move is called on its button, and how the button looks.
FIRST, SECOND = "button", "button button-secondary"
MOVES = {
    "send": (_("Envoyer"), FIRST),
    "abandon": (_("Abandonner la demande"), SECOND),
    "return": (_("Poser une question"), SECOND),
    "open": (_("Demander l’avis du comité"), SECOND),
    "grant": (_("Donner le label"), FIRST),
    "refuse": (_("Refuser"), "button no"),
}


class ApplicationFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("État"), choices=State)
    territory = django_filters.ModelChoiceFilter(
        label=_("Territoire"), queryset=lambda request: own_territories(request.user, READ)
    )

    class Meta:
        model = Application
        fields = ["state", "territory"]


class ApplicationsView(OwnList):
    model = Application
    page_title = LIST_TITLE
    header_icon = ICON
    index_url_name = "label_applications:index"
    index_results_url_name = "label_applications:index_results"
    filterset_class = ApplicationFilterSet
    default_ordering = "-submitted_at"
    permission = READ
    nothing_yet = _(
        "Aucune demande pour l’instant. Elles arrivent ici depuis « Demander le label », "
        "sur le site."
    )
    columns = [
        TitleColumn(
            "reference",
            label=_("Référence"),
            url_name="label_applications:read",
            classname="w-whitespace-nowrap",
        ),
        Column("title", label=_("Pour")),
        Column("organisation", label=_("Organisme ou groupe")),
        Column("territory", label=_("Territoire")),
        Column("get_state_display", label=_("État")),
        DateColumn("submitted_at", label=_("Envoyée"), sort_key="submitted_at"),
        DateColumn("decided_at", label=_("Décidée"), sort_key="decided_at"),
    ]

    def get_base_queryset(self):
        return applications_read_by(self.request.user).select_related("territory")


class ApplicationView(OwnApplication, TemplateView):
    template_name = "labelling/review/read.html"
    page_title = _("Demande de label")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, user = self.application, self.request.user
        tie = has_tie(user, application)
        is_shown = sees_opinions(user, application)
        answers = application.answers.prefetch_related("evidence")
        by_criterion = {answer.criterion_id: answer for answer in answers}
        given, quorum = counted(application), rules_of(application.territory).quorum
        return {
            **super().get_context_data(**kwargs),
            "lines": [
                (criterion, answer, small_answers(criterion, answer, names_people=not tie))
                for criterion in criteria_for(application.territory, application.grid)
                for answer in [by_criterion.get(criterion.pk)]
            ],
            "questions": list(application.questions.select_related("criterion", "asked_by")),
            "steps": list(application.steps.order_by("at", "pk")),
            "opinions": list(opinions_of_this_round(application)) if is_shown else [],
            "sees_opinions": is_shown,
            "own_opinion": opinion_of(user, application),
            "counted": given,
            "quorum": quorum,
            "gives_opinion": self.gives_opinion,
            "coordinates": Part.COORDINATION in self.parts,
            # Whoever has a tie could use it: they read what is asked, not whom to call.
            "sees_contact": not tie,
            "moves": self.moves(lacks_opinions=given < quorum),
            "completes": Part.APPLICANT in self.parts and application.state in OPEN,
            "label": getattr(application, "label", None),
            "days": average_delay(application.territory),
        }

    @property
    def gives_opinion(self) -> bool:
        return Part.COMMITTEE in self.parts and self.application.state == State.IN_COMMITTEE

    def moves(self, *, lacks_opinions: bool) -> list[tuple[str, Any, str]]:
        """Address, words and look of each button: what comes next stands out."""
        state = State(self.application.state)
        looks = {"open": FIRST, "grant": SECOND} if lacks_opinions else {}
        return [
            (
                reverse(f"label_applications:{transition.name}", args=[self.application.pk]),
                words,
                looks.get(transition.name, look),
            )
            for part in (Part.COORDINATION, Part.APPLICANT)
            if part in self.parts
            for transition in transitions_from(state, part)
            for words, look in [MOVES[transition.name]]
        ]


def small_answers(criterion: Criterion, answer: Answer | None, *, names_people: bool) -> list[str]:
    """What was ticked, in words. `names_people`: who takes care of it too."""
    facts = dict(answer.facts) if answer else {}
    if not names_people:
        facts.pop("who", None)
    return asked_about(criterion).words_of(facts)


class EvidenceView(View):
    """A file that came with an answer."""

    def get(self, request: HttpRequest, application_id: int, evidence_id: int) -> HttpResponse:
        own = applications_read_by(request.user).filter(pk=application_id)
        found = Evidence.objects.filter(answer__application__in=own).exclude(file="")
        kept = get_object_or_404(found, pk=evidence_id)
        return to_be_saved(kept.file, kept.name)
