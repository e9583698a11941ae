"""`/label/demander/`: what anybody may open, on the host of a territory."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic.base import View

from labelling.labels.bearers import subject_of
from labelling.models import Application
from territories.links.views import unlisted
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import in_language

from .beginning import begin_application
from .choosing import BUSY, Choices, page_to_label
from .form import ApplyForm, LinkForm
from .sending import mail_link


@method_decorator(never_cache, name="dispatch")
class OpenView(View):
    http_method_names = ["get", "head"]
    template = ""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.territory is None:
            raise Http404
        return unlisted(super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        context["crumbs"] = crumbs(self.request)
        template = f"labelling/applying/{self.template}.html"
        return render(self.request, template, context, status=status)


def crumbs(request: HttpRequest) -> list[dict[str, Any]]:
    """Where every screen of an application stands."""
    language = get_language() or SOURCE_LANGUAGE
    apply = reverse("labelling:apply")
    label = {"title": _("Le label"), "url": apply.removesuffix("demander/")}
    here = {"title": _("Demander le label"), "url": apply}
    return [{**item, "language": language} for item in (label, here)]


class ApplyView(OpenView):
    """For what: one of the territory's pages, or what is in no list yet. Changes nothing."""

    template = "apply"

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = {name: request.GET.get(name, "") for name in ("pour", "q", "page")}
        return self.show(
            choices=Choices(request.territory, asked["pour"], asked["q"], asked["page"])
        )


class BeginView(OpenView):
    """Who asks. A draft is made, and its link is mailed."""

    http_method_names = ["get", "head", "post"]
    template = "begin"

    def page(self):
        """What was chosen, None for something new. Raises Http404 for what may not be."""
        chosen = self.request.GET.get("fiche", "")
        if not chosen:
            return None
        page = page_to_label(self.request.territory, chosen)
        if page is None:
            raise Http404
        [page] = in_language([page], get_language() or "")
        return page

    def form(self, page, data=None) -> ApplyForm:
        return ApplyForm(data, request=self.request, has_page=page is not None)

    def get(self, request: HttpRequest) -> HttpResponse:
        page = self.page()
        busy = BUSY.get(page.busy, "") if page else ""
        return self.show(form=self.form(page), page_to_label=page, busy=busy)

    def post(self, request: HttpRequest) -> HttpResponse:
        page = self.page()
        form = self.form(page, request.POST)
        if form.is_valid():
            said = {"subject": "", "title": "", **form.said}
            if page is not None:
                said |= {"subject": subject_of(page)}
            try:
                application = begin_application(
                    territory=request.territory, page=page, language=get_language() or "", **said
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
                form.data = form.data.copy()
                form.data["stamp"] = form.new_stamp()
            else:
                mail_link(application)
                return HttpResponseRedirect(reverse("labelling:apply_begun"))
        return self.show(form=form, page_to_label=page, status=form.status)


class BegunView(OpenView):
    template = "begun"


class AbandonedView(OpenView):
    template = "abandoned"


class LinkView(OpenView):
    """A new link, for whoever reads the mail of the application. Says the same to everybody."""

    http_method_names = ["get", "head", "post"]
    template = "link"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(form=LinkForm(request=request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LinkForm(request.POST, request=request)
        if not form.is_valid():
            return self.show(form=form, status=form.status)
        found = Application.objects.under_way().filter(
            territory=request.territory,
            reference=form.cleaned_data["reference"],
            email__iexact=form.cleaned_data["email"],
        )
        if application := found.select_related("territory__site").first():
            mail_link(application)
        return HttpResponseRedirect(f"{request.path}?envoye=1")
