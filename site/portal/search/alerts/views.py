"""What a resident opens: the form of a search, the link that says yes, the page that stops."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic.base import View

from newsletter.subscribing.form import email_field
from newsletter.subscribing.joining import LASTS, asked_for
from newsletter.subscribing.views import OnceView, ReaderView
from portal.search.models import Alert
from territories.contact.protection import ProtectedForm
from territories.links.views import unlisted
from territories.plugins.registry import works_in

from .joining import PURPOSE, ask_to_confirm, confirm, consent_shown
from .question import PLUGIN, question_of, words_of

FOLDER = "portal_search/alerts"


class AlertForm(ProtectedForm):
    email: forms.EmailField = email_field()


@method_decorator(never_cache, name="dispatch")
class AskView(View):
    """`/recherche/alerte/?q=…`: the address holds the search, as that of its page does.

    The answer is the same whatever the e-mail address: nobody learns who is a reader.
    """

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # A reader is one of a territory's, where letters are open.
        if request.territory is None or not works_in(PLUGIN, request.territory):
            raise Http404
        self.question = question_of(request)
        return unlisted(super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.GET.get("envoye") == "1":
            return render(request, "newsletter/subscribing/asked.html")
        return self.show(AlertForm(request=request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AlertForm(request.POST, request=request)
        if not self.question:
            return self.show(form, status=422)
        if not form.is_valid() and not form.left_twice:
            return self.show(form)
        if not form.left_twice:
            ask_to_confirm(
                territory=request.territory,
                email=form.cleaned_data["email"],
                question=self.question,
                language=get_language() or "fr",
                page=request.build_absolute_uri(request.path),
            )
        return HttpResponseRedirect(f"{request.path}?envoye=1")

    def show(self, form: AlertForm, *, status: int | None = None) -> HttpResponse:
        territory = self.request.territory
        context: dict[str, Any] = {"form": form, "question": self.question, "days": LASTS.days}
        if self.question:
            context["looked_for"] = words_of(self.question, territory)
            context["consent_words"] = consent_shown(self.question, territory)
        template = f"{FOLDER}/ask.html"
        return render(self.request, template, context, status=status or form.status)


class ConfirmView(OnceView):
    purpose = PURPOSE

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        _subscriber, consent = asked_for(self.opened(token))
        return render(request, f"{FOLDER}/confirm.html", {"consent": consent})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        with transaction.atomic():
            alert = confirm(self.used(token))
        context = {"looked_for": words_of(alert.question, request.territory)}
        return render(request, f"{FOLDER}/confirmed.html", context)


@method_decorator(csrf_exempt, name="dispatch")
class AlertsView(ReaderView):
    """The alerts of a reader. A POST that names none stops them all: the button of a mailbox sends
    such a one, without a cookie (RFC 8058). Who can send it holds the address of the message."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        chosen, own = request.POST.get("alert", ""), self.alerts
        if chosen:
            own = own.filter(pk=chosen) if chosen.isdecimal() and len(chosen) < 19 else own.none()
        own.delete()
        return self.page(has_stopped=True)

    @property
    def alerts(self):
        return Alert.objects.filter(subscriber=self.subscriber).order_by("pk")

    def page(self, *, has_stopped: bool = False) -> HttpResponse:
        shown = [
            {
                "pk": alert.pk,
                "words": words_of(alert.question, self.request.territory),
                "question": alert.question,
            }
            for alert in self.alerts
        ]
        context = {
            "subscriber": self.subscriber,
            "token": self.kwargs["token"],
            "alerts": shown,
            "has_stopped": has_stopped,
        }
        return render(self.request, f"{FOLDER}/mine.html", context)
