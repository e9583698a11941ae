"""`/label/demander/<token>/`: an application, for whoever holds its link."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property

from labelling.labels.bearers import cancelled_words
from labelling.models import Answer, Application, Criterion, Evidence, State
from labelling.review.moving import Overtaken
from territories.contact.files import to_be_saved
from territories.links.views import MailedLinkView

from .address import ask_address
from .answering import OPEN, keep_answer, keep_details, keep_replies
from .asked import asked_about
from .checking import Sheet, missing_in
from .form import DetailsForm, SupportForm
from .links import application_of
from .progress import CHECK, DETAILS, SUPPORT, Progress
from .questions import StepForm
from .sending import StillMissing, abandon_application, send_application
from .views import crumbs

LATER = "later"


class LinkedView(MailedLinkView):
    """`needs_open`: it changes the application, which must be the applicant's turn."""

    template = ""
    place: str | int = ""
    needs_open = True

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # Of what changes meanwhile, the application's own page says where it stands.
        try:
            return super().dispatch(request, *args, **kwargs)
        except Overtaken:
            return HttpResponseRedirect(self.progress.home)

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.token = kwargs["token"]

    @cached_property
    def application(self) -> Application:
        return application_of(self.token, self.request.territory)

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet(self.application)

    @cached_property
    def progress(self) -> Progress:
        return Progress(self.sheet, self.token, self.place)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.check_turn()
        return self.show()

    def check_turn(self) -> None:
        if self.needs_open and self.application.state not in OPEN:
            raise Overtaken("")

    def show(self, *, status: int = 200, **given: Any) -> HttpResponse:
        context = {
            "application": self.application,
            "sheet": self.sheet,
            "progress": self.progress,
            "crumbs": crumbs(self.request),
            **given,
        }
        template = f"labelling/applying/{self.template}.html"
        return render(self.request, template, context, status=status)

    def go_on(self, request: HttpRequest) -> HttpResponse:
        """To the next screen, or to the application's page for who finishes later."""
        after = self.progress.after
        if request.POST.get("then") == LATER or after is None:
            return HttpResponseRedirect(f"{self.progress.home}?enregistre=1")
        return HttpResponseRedirect(after.url)


class ApplicationView(LinkedView):
    """Where it stands: to go on with, to answer questions, or to wait for the answer."""

    needs_open = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.state in OPEN:
            self.template = "application"
            return self.show(is_saved="enregistre" in request.GET)
        self.template = "sent"
        return self.show(
            days=self.application.answer_within,
            is_in_committee=self.application.state == State.IN_COMMITTEE,
            **self.summary(),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The answers to the questions of who checks the application."""
        replies = {
            question.pk: request.POST.get(f"reply-{question.pk}", "").replace("\x00", "")[:3000]
            for question in self.sheet.waiting
        }
        keep_replies(application=self.application, questions=self.sheet.waiting, replies=replies)
        if request.POST.get("then") == LATER:
            return HttpResponseRedirect(f"{self.progress.home}?enregistre=1")
        return HttpResponseRedirect(self.progress.url(CHECK))

    def summary(self) -> dict[str, Any]:
        return {"said": said_of(self.sheet)}


def said_of(sheet: Sheet) -> list[tuple[Criterion, Answer, list[str]]]:
    """Each answer that says something, with the words of its small answers."""
    found = []
    for criterion in sheet.criteria:
        answer = sheet.answers.get(criterion.pk)
        if answer and (answer.is_met is not None or answer.text):
            found.append((criterion, answer, asked_about(criterion).words_of(answer.facts)))
    return found


class DetailsView(LinkedView):
    """Another e-mail address is asked first: see `address.py`."""

    template, place = "details", DETAILS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.check_turn()
        form = DetailsForm(application=self.application)
        return self.show(form=form, is_asked="adresse" in request.GET)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = DetailsForm(request.POST, application=self.application)
        form.is_valid()
        said = dict(form.cleaned_data)
        email = said.pop("email", "")
        keep_details(application=self.application, said=said)
        if form.errors:
            return self.show(form=form, status=422)
        if email.casefold() == self.application.email.casefold():
            return self.go_on(request)
        try:
            ask_address(application=self.application, email=email)
        except ValidationError as refusal:
            form.add_error("email", refusal)
            return self.show(form=form, status=422)
        return HttpResponseRedirect(f"{request.path}?adresse=1")


class StepView(LinkedView):
    template = "step"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.place = kwargs["number"]

    @property
    def criterion(self) -> Criterion:
        if not 1 <= self.place <= len(self.sheet.criteria):
            raise Http404
        return self.sheet.criteria[self.place - 1]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.check_turn()
        given = self.sheet.given(self.criterion)
        to_correct = "corriger" in request.GET
        return self.show(form=StepForm.of_kept(**given) if to_correct else StepForm(**given))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = StepForm(request.POST, request.FILES, **self.sheet.given(self.criterion))
        keep_answer(application=self.application, criterion=self.criterion, form=form)
        # What is kept is read afresh.
        for name in ("sheet", "progress"):
            self.__dict__.pop(name, None)
        # A file that was refused is gone: whoever finishes later must know.
        if form.is_valid() or (request.POST.get("then") == LATER and "files" not in form.errors):
            return self.go_on(request)
        again = StepForm.of_kept(**self.sheet.given(self.criterion))
        for name in ("files", "url"):
            if name in form.errors and name not in again.errors:
                again.add_error(name, list(form.errors[name]))
        return self.show(form=again, status=422)

    def show(self, *, status: int = 200, **given: Any) -> HttpResponse:
        criterion = self.criterion
        questions = [one for one in self.sheet.waiting if one.criterion_id == criterion.pk]
        known = self.sheet.known.get(criterion.key)
        given |= {"criterion": criterion, "known": known, "questions": questions}
        return super().show(status=status, **given)


class SupportView(LinkedView):
    template, place = "support", SUPPORT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.check_turn()
        return self.show(form=SupportForm(application=self.application))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SupportForm(request.POST, application=self.application)
        right = form.is_valid()
        keep_details(application=self.application, said=dict(form.cleaned_data))
        return self.go_on(request) if right else self.show(form=form, status=422)


class CheckView(LinkedView):
    """What is missing, with the way there; then the application leaves."""

    template, place = "check", CHECK

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.check_turn()
        application = self.application
        refusal = cancelled_words(application.page) if application.is_cancelled else ""
        return self.show_found(missing_in(self.sheet), refusal=refusal)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            send_application(application=self.application)
        except StillMissing as lacking:
            return self.show_found(lacking.found, status=422, refusal=lacking.messages[0])
        except Overtaken:
            raise
        except ValidationError as refusal:
            found = missing_in(self.sheet)
            return self.show_found(found, status=409, refusal=refusal.messages[0])
        return HttpResponseRedirect(self.progress.home)

    def show_found(self, found, *, status: int = 200, refusal: str = "") -> HttpResponse:
        missing = [(one, self.progress.url_of(one)) for one in found]
        return self.show(
            missing=missing,
            refusal=refusal,
            said=said_of(self.sheet),
            days=self.application.answer_within,
            status=status,
        )


class AbandonView(LinkedView):
    template, needs_open = "abandon", False

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        abandon_application(application=self.application)
        return HttpResponseRedirect(reverse("labelling:apply_abandoned"))


class EvidenceView(LinkedView):
    """A file of the application, for whoever holds its link."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        own = Evidence.objects.filter(answer__application=self.application).exclude(file="")
        evidence = get_object_or_404(own, pk=kwargs["evidence_id"])
        return to_be_saved(evidence.file, evidence.name)
