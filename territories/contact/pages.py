from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from territories.pages.index import INDEX_WORDS, IndexPage

from .forms import ContactForm
from .inbox import receive_message
from .models import MONTHS_KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

# Under the page's own address: what is shown once a message has left.
SENT = "envoye"


class ContactPage(IndexPage):
    """`/contact/`: the form that leads to who answers here. No cache keeps it."""

    subjects = models.TextField(
        _("sujets proposés"),
        max_length=1000,
        help_text=_(
            "Un par ligne, dans les mots des habitants. Dans les autres langues, gardez le même "
            "ordre : vous lirez le sujet en français."
        ),
    )
    recipient = models.EmailField(
        _("adresse qui reçoit les messages"),
        blank=True,
        help_text=_(
            "Vide : l’adresse e-mail du contact du territoire. Sans aucune adresse, les messages "
            "attendent dans « Messages reçus »."
        ),
    )

    translatable_fields = [
        *INDEX_WORDS,
        TranslatableField("subjects"),
        SynchronizedField("recipient"),
    ]
    template = "territories/contact/contact_page.html"
    content_panels = [
        *IndexPage.content_panels,
        FieldPanel("subjects"),
        FieldPanel("recipient"),
    ]
    menu_icon = "mail"
    menu_order = 200

    class Meta:
        verbose_name = _("page de contact")
        verbose_name_plural = _("pages de contact")

    @property
    def subject_list(self) -> list[str]:
        return [line.strip() for line in self.subjects.splitlines() if line.strip()]

    def route(self, request: HttpRequest, path_components: Sequence[str]) -> RouteResult:
        if list(path_components) == [SENT] and self.live:
            # Asks the same of the page as its own address does.
            found = super().route(request, [])
            return RouteResult(found.page, kwargs={"is_sent": True})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, is_sent: bool = False, **kwargs: Any):
        if is_sent:
            response = self.answer(request, "territories/contact/sent.html")
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response
        form = self.form(request)
        if form.is_valid():
            self.receive(form)
            return HttpResponseRedirect(f"{request.path.rstrip('/')}/{SENT}/")
        return self.answer(request, self.template, status=form.status, form=form)

    def form(self, request: HttpRequest) -> ContactForm:
        data = request.POST if request.method == "POST" else None
        return ContactForm(data, request=request, subjects=self.subject_list)

    def receive(self, form: ContactForm) -> None:
        said = form.cleaned_data
        own, french = self.subject_list, self.record.subject_list
        # Who answers reads French.
        subjects = french if len(french) == len(own) else own
        receive_message(
            page=self,
            subject=subjects[said["subject"]][:100],
            text=said["text"],
            language=get_language() or "",
            name=said["name"],
            phone=said["phone"],
            email=said["email"],
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # A preview asks for this one only.
        form = kwargs.pop("form", None) or self.form(request)
        context = super().get_context(request, *args, **kwargs)
        return {**context, "form": form, "months": MONTHS_KEPT}

    def answer(
        self, request: HttpRequest, template: str, *, status: int = 200, **given: Any
    ) -> HttpResponse:
        context = self.get_context(request, **given)
        response = TemplateResponse(request, template, context, status=status)
        add_never_cache_headers(response)
        return response
