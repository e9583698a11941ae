"""The form of an event, at an address of its own that no cache keeps, and its cancellation."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

from agenda.models import EventPage, Registration
from agenda.models.places import DONE
from agenda.models.registrations import MONTHS_KEPT, State
from agenda.venues import venue_of
from territories.links.links import UNKNOWN, LinkRefused, open_link, use_link
from territories.links.views import MailedLinkView, unlisted
from territories.pages.translations import in_language

from .desk import Desk
from .form import RegistrationForm
from .registering import NoPlace, cancel_registration, register, same_registration
from .telling import PURPOSE, date_words

SALT = "agenda.registration"


def answer(request: HttpRequest, page: EventPage) -> HttpResponse:
    """GET shows the form; POST takes a place, or one on the waiting list."""
    event, is_sent = page.record, request.method == "POST"
    desk = Desk(event)
    form = RegistrationForm(
        request.POST if is_sent else None,
        request=request,
        desk=desk,
        initial={"date": request.GET.get("date", "")},
    )
    if not desk.is_open:
        # What was typed is shown again, to be kept; a closed form is an answer, not a fault.
        return show(request, page, "closed", form=form, status=422 if is_sent else 200)
    if form.is_valid():
        try:
            registration = register(
                event=event,
                key=form.said["date"],
                said=form.said,
                waits=form.said.get("waits", False),
                language=get_language() or "",
            )
        except NoPlace as lacking:
            form.refuse(lacking.choice, lacking.desk)
        else:
            return to_done(request, registration)
    elif form.left_twice and (
        same := same_registration(event=event, key=form.said["date"], said=form.said)
    ):
        return to_done(request, same)
    return show(request, page, "form", form=form, desk=form.desk, status=form.status)


def to_done(request: HttpRequest, registration: Registration) -> HttpResponse:
    address = f"{request.path.rstrip('/')}/{DONE}/"
    return HttpResponseRedirect(f"{address}?numero={token_of(registration)}")


def token_of(registration: Registration) -> str:
    return signing.dumps(registration.pk, salt=SALT)


def done(request: HttpRequest, page: EventPage) -> HttpResponse:
    """Says what the signed address holds, and no name; a made-up one says nothing of anybody."""
    try:
        pk = signing.loads(request.GET.get("numero", ""), salt=SALT)
    except signing.BadSignature:
        pk = None
    found = Registration.objects.filter(pk=pk, event=page.record.pk).first()
    return show(request, page, "done", **told(page.record, found))


def told(event: EventPage, registration: Registration | None) -> dict[str, Any]:
    if registration is None:
        return {"registration": None}
    occurrence = event.occurrences.filter(key=registration.occurrence_key).first()
    return {
        "registration": registration,
        "waits": registration.state == State.WAITING,
        "is_cancelled": registration.state == State.CANCELLED,
        "when": date_words(event, registration, occurrence),
        "where": venue_of(event).full,
    }


def show(
    request: HttpRequest, page: EventPage, name: str, *, status: int = 200, **given: Any
) -> HttpResponse:
    context = {**page.get_context(request), "months": MONTHS_KEPT, **given}
    template = f"agenda/registration/{name}.html"
    response = TemplateResponse(request, template, context, status=status)
    add_never_cache_headers(response)
    return unlisted(response)


class CancelView(MailedLinkView):
    """`/inscriptions/<token>/`."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(self.registration(open_link(token, PURPOSE)))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        with transaction.atomic():
            registration = self.registration(use_link(token, PURPOSE))
            cancel_registration(registration=registration)
        registration.state = State.CANCELLED
        return self.show(registration)

    def registration(self, link) -> Registration:
        if link.territory_id != self.request.territory.pk:
            raise LinkRefused(UNKNOWN, 404)
        found = Registration.objects.filter(
            pk=link.payload.get("registration"), territory=link.territory_id
        )
        registration = found.select_related("event__territory__site").first()
        if registration is None:
            raise LinkRefused(UNKNOWN, 404)
        return registration

    def show(self, registration: Registration) -> HttpResponse:
        [event] = in_language([registration.event], get_language() or "")
        context = {"event": event.shown, **told(event, registration)}
        return render(self.request, "agenda/registration/cancel.html", context)
