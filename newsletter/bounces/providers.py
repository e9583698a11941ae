"""What a provider tells of the letters that it sent: Brevo and Mailchimp call an address of ours.

`letters_status` prints it, for each territory whose letters they send. It is the territory's own,
signed: who does not know it says nothing.

- Brevo, transactional webhooks: JSON, one event or a list of them
  (https://developers.brevo.com/docs/transactional-webhooks).
- Mailchimp, audience webhooks: a form; a GET first, to see whether somebody is there
  (https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic.base import View

from newsletter.models import Subscriber
from newsletter.subscribing.leaving import leave

from .recording import record_bounce, record_complaint

if TYPE_CHECKING:
    from territories.models import Territory

# The address does not exist (RFC 3463); what else comes back says nothing of how long.
NO_SUCH_ADDRESS, SOME_TROUBLE = "5.1.1", ""
BOUNCES = {
    "hard_bounce": NO_SUCH_ADDRESS,
    "invalid_email": NO_SUCH_ADDRESS,
    "soft_bounce": SOME_TROUBLE,
    "blocked": SOME_TROUBLE,
}
COMPLAINTS, LEFT = {"spam", "complaint"}, {"unsubscribed", "unsubscribe"}
# What Mailchimp calls an address that it sends to no longer.
CLEANED = {"hard": "hard_bounce", "abuse": "spam"}
MOST_EVENTS = 1_000


class Event(NamedTuple):
    """`name`: as Brevo calls it. `words`: what the server of the reader said."""

    name: str
    email: str
    words: str


def signer() -> Signer:
    return Signer(sep="~", salt="newsletter.provider")


def address_for_provider(territory: Territory) -> str:
    path = reverse("newsletter:provider", args=[signer().sign(str(territory.pk))])
    return f"{territory.root_url}{path}"


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class ProviderView(View):
    """No cookie, no account: the address itself is the secret."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            told = signer().unsign(token)
        except BadSignature:
            raise Http404 from None
        if request.territory is None or told != str(request.territory.pk):
            raise Http404
        return super().dispatch(request, token)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return HttpResponse()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            events = list(events_in(request))
        except ValueError:
            return HttpResponse("What was sent is neither JSON nor a form.", status=400)
        for event in events:
            record(event, request.territory)
        return HttpResponse()


def events_in(request: HttpRequest) -> Iterator[Event]:
    """What is not understood is left out: providers tell of much more. Raises ValueError."""
    if "type" in request.POST:
        kind, email = request.POST["type"], request.POST.get("data[email]", "")
        reason = request.POST.get("data[reason]", "")
        yield Event(CLEANED.get(reason, kind), email, f"Mailchimp: {reason or kind}")
        return
    said = json.loads(request.body)
    for one in said[:MOST_EVENTS] if isinstance(said, list) else [said]:
        if isinstance(one, dict):
            yield Event(*(text_of(one.get(name)) for name in ("event", "email", "reason")))


def text_of(value: Any) -> str:
    return value.replace("\0", "") if isinstance(value, str) else ""


def record(event: Event, territory: Territory) -> None:
    rows = Subscriber.objects.filter(territory=territory).with_address(event.email[:254])
    subscriber = rows.select_related("territory").first()
    if subscriber is None:
        return
    if event.name in BOUNCES:
        record_bounce(subscriber, status=BOUNCES[event.name], words=event.words)
    elif event.name in COMPLAINTS:
        record_complaint(subscriber)
    elif event.name in LEFT:
        leave(subscriber)
