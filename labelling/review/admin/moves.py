"""One page a move of the table, and one for an opinion: each refused move is said in a sentence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from django.views.generic.base import View
from wagtail.admin import messages

from labelling.models import State
from labelling.review import deciding
from labelling.review.drafting import agenda_of, draft_event
from labelling.review.forms import (
    AttachForm,
    DecisionForm,
    GrantForm,
    MoveForm,
    OpinionForm,
    ReturnForm,
)
from labelling.review.moving import sentence_of_last_step
from labelling.review.opinions import counted, give_opinion, opinion_of, rules_of
from labelling.review.refusing import Overtaken
from labelling.review.transitions import TRANSITIONS, Part
from territories.pages.editor import edit_url

from .own import OwnApplication


class ActView(OwnApplication, FormView):
    """A form that does something with an application, or says why it cannot be done."""

    template_name = "labelling/review/act.html"
    success = ""
    button = ""

    def act(self, form: forms.Form) -> Any:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.check_seen(form)
            self.act(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.refused(form, 409 if isinstance(error, Overtaken) else 422)
        messages.success(self.request, self.success)
        return redirect(self.address)

    def check_seen(self, form: forms.Form) -> None:
        """Somebody else moved it while this page was open: say so, and keep what was typed."""
        seen = form.cleaned_data.get("seen")
        if seen is not None and seen != self.last_step:
            raise Overtaken(sentence_of_last_step(self.application))

    @property
    def last_step(self) -> int:
        step = self.application.steps.last()
        return step.pk if step else 0

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.refused(form, 422)

    def refused(self, form: forms.Form, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "button": self.button}


class MoveView(ActView):
    """`name`: of the table, which says who may."""

    name = ""
    form_class: type[forms.Form] = MoveForm
    explanation: Any = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.part = TRANSITIONS[self.name].part

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.application.state not in TRANSITIONS[self.name].before:
            messages.error(request, sentence_of_last_step(self.application))
            return redirect(self.address)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "seen": self.last_step}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "explanation": self.explanation}


class GridView(MoveView):
    """A move whose form shows the grid."""

    def get_form_kwargs(self) -> dict[str, Any]:
        application = self.application
        return {
            **super().get_form_kwargs(),
            "territory": application.territory,
            "grid": application.grid,
        }


class ReturnView(GridView):
    name = "return"
    form_class = ReturnForm
    page_title = _("Poser une question")
    button = _("Renvoyer avec ces questions")
    success = _("La demande est renvoyée. La personne est prévenue par e-mail.")
    explanation = _("Écrivez seulement ce qui manque. La personne complète, puis renvoie.")

    def act(self, form: ReturnForm) -> None:
        deciding.return_with_questions(
            application=self.application,
            user=self.request.user,
            words=form.cleaned_data["words"],
            questions=form.questions,
        )


class OpenView(MoveView):
    name = "open"
    page_title = button = _("Demander l’avis du comité")
    success = _("La demande est devant le comité, prévenu par e-mail.")
    explanation = _("Chaque personne du comité lit la demande et donne son avis.")

    def act(self, form: MoveForm) -> None:
        deciding.open_to_committee(
            application=self.application,
            user=self.request.user,
            words=form.cleaned_data["words"],
        )


class DecisionView(GridView):
    form_class: type[forms.Form] = DecisionForm
    template_name = "labelling/review/decide.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        met = self.application.answers.filter(is_met=True)
        ticked = met.values_list("criterion", flat=True)
        return {**super().get_form_kwargs(), "ticked": ticked}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "counted": counted(self.application),
            "quorum": rules_of(self.application.territory).quorum,
            "grants": self.name == "grant",
        }


class GrantView(DecisionView):
    name = "grant"
    form_class = GrantForm
    page_title = button = _("Donner le label")
    success = _("Le label est donné.")

    def act(self, form: GrantForm) -> None:
        label = deciding.grant(
            application=self.application,
            user=self.request.user,
            accepted=form.criteria,
            reasons=form.cleaned_data["words"],
        )
        self.success = _("Le label n° %(number)s est donné.") % {"number": label.number}


class RefuseView(DecisionView):
    name = "refuse"
    page_title = button = _("Refuser le label")
    success = _("Le label est refusé. La personne est prévenue par e-mail.")
    explanation = _("Laissez cochés les critères remplis : la personne reçoit le nom des autres.")

    def act(self, form: DecisionForm) -> None:
        deciding.refuse(
            application=self.application,
            user=self.request.user,
            reasons=form.cleaned_data["words"],
            accepted=form.criteria,
        )


class OpinionView(ActView):
    part = Part.COMMITTEE
    form_class = OpinionForm
    page_title = _("Donner mon avis")
    button = _("Enregistrer mon avis")
    success = _("Merci, votre avis est enregistré. Vous pouvez en changer jusqu’à la décision.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.application.state != State.IN_COMMITTEE:
            messages.error(request, sentence_of_last_step(self.application))
            return redirect(self.address)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        given = opinion_of(self.request.user, self.application)
        names = ("verdict", "comment", "has_conflict", "conflict_words")
        return {name: getattr(given, name) for name in names} if given else {}

    def act(self, form: OpinionForm) -> None:
        give_opinion(application=self.application, user=self.request.user, **form.cleaned_data)


class AttachView(ActView):
    part = Part.COORDINATION
    form_class = AttachForm
    template_name = "labelling/review/attach.html"
    page_title = _("Choisir la page")
    button = _("Choisir cette page")
    success = _("La page est choisie : c’est elle qui portera le label.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "application": self.application}

    def get_initial(self) -> dict[str, Any]:
        return {"page": self.application.page}

    def act(self, form: AttachForm) -> None:
        deciding.attach_page(
            application=self.application,
            page=form.cleaned_data["page"],
            user=self.request.user,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agenda = None if self.application.page_id else agenda_of(self.application)
        may_create = agenda and agenda.permissions_for_user(self.request.user).can_add_subpage()
        return {**super().get_context_data(**kwargs), "may_create": may_create}


class CreateEventView(OwnApplication, View):
    """The event of an application, as a draft that the team completes."""

    http_method_names = ["post"]
    part = Part.COORDINATION
    page_title = _("Créer le rendez-vous")

    def post(self, request: HttpRequest, application_id: int) -> HttpResponse:
        try:
            event = draft_event(application=self.application, user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.address)
        messages.success(
            request, _("Le rendez-vous est créé en brouillon : complétez-le, puis publiez-le.")
        )
        return redirect(edit_url(event))
