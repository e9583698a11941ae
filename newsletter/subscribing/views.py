"""What readers open: the form, and the pages of the links that were mailed to them.

Opening changes nothing: mail programs open links too. Each page has one button for what it is for.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic.base import View

from newsletter.models import Subscriber, SubscriberState
from territories.links.links import UNKNOWN, LinkRefused, open_link, use_link
from territories.links.models import SignedLink
from territories.links.views import MailedLinkView, unlisted

from . import joining, moving
from .addresses import key_of, token_of
from .form import AddressForm, ChoicesForm, SubscribeForm, consent_shown, consent_words
from .leaving import erase, leave
from .signals import choices_shown
from .wishes import wishes_of

GONE = _("Cette adresse n’est plus dans nos listes : aucune lettre ne vous est envoyée.")
FOLDER = "newsletter/subscribing"


@method_decorator(never_cache, name="dispatch")
class SubscribeView(View):
    """The answer is the same whatever the address: nobody learns who is a reader."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.territory is None:
            raise Http404
        return unlisted(super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.GET.get("envoye") == "1":
            return render(request, f"{FOLDER}/asked.html")
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        # What left twice was received once: it gets the same answer.
        if not form.is_valid() and not form.left_twice:
            return self.show(form)
        if not form.left_twice:
            joining.ask_to_confirm(
                territory=request.territory,
                email=form.cleaned_data["email"],
                wishes=form.wishes,
                words=consent_words(request.territory),
                page=request.build_absolute_uri(request.path),
                language=get_language() or "fr",
            )
        return HttpResponseRedirect(f"{request.path}?envoye=1")

    def form(self, data: Any = None) -> SubscribeForm:
        return SubscribeForm(data, request=self.request, territory=self.request.territory)

    def show(self, form: SubscribeForm) -> HttpResponse:
        context = {"form": form, "consent_words": consent_shown(self.request.territory)}
        return render(self.request, f"{FOLDER}/subscribe.html", context, status=form.status)


class OnceView(MailedLinkView):
    """A link that works once, of this very territory."""

    purpose = ""

    def own(self, link: SignedLink) -> SignedLink:
        if link.territory_id != self.request.territory.pk:
            raise LinkRefused(UNKNOWN, 404)
        return link

    def opened(self, token: str) -> SignedLink:
        return self.own(open_link(token, self.purpose))

    def used(self, token: str) -> SignedLink:
        """Inside a transaction: of another territory, it is not used up."""
        return self.own(use_link(token, self.purpose))


class ConfirmView(OnceView):
    purpose = joining.PURPOSE

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        _subscriber, consent = joining.asked_for(self.opened(token))
        return render(request, f"{FOLDER}/confirm.html", {"consent": consent})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        with transaction.atomic():
            subscriber = joining.confirm(self.used(token))
        return render(request, f"{FOLDER}/confirmed.html", {"token": token_of(subscriber.key)})


class AddressView(OnceView):
    purpose = moving.PURPOSE

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = self.opened(token)
        moving.mover(link)
        return render(request, f"{FOLDER}/address.html", {"email": link.payload["email"]})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        with transaction.atomic():
            subscriber = moving.move(self.used(token))
        context = {"token": token_of(subscriber.key), "moved": True}
        return render(request, f"{FOLDER}/confirmed.html", context)


class ReaderView(MailedLinkView):
    """A link that works for as long as there is a reader, on the host of their territory."""

    @cached_property
    def subscriber(self) -> Subscriber:
        key = key_of(self.kwargs["token"])
        if key is None:
            raise LinkRefused(UNKNOWN, 404)
        rows = Subscriber.objects.filter(territory=self.request.territory, key=key)
        found = rows.select_related("territory__site").first()
        if found is None:
            raise LinkRefused(GONE, 404)
        return found

    def show(self, name: str, *, status: int = 200, **given: Any) -> HttpResponse:
        context = {"subscriber": self.subscriber, "token": self.kwargs["token"], **given}
        return render(self.request, f"{FOLDER}/{name}.html", context, status=status)


@method_decorator(csrf_exempt, name="dispatch")
class LeaveView(ReaderView):
    """RFC 8058: the POST of a mail program brings no cookie and follows no redirection. Who can
    send it holds the address of the letter, which is all that is asked."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show("leave", has_left=self.subscriber.state == SubscriberState.LEFT)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        leave(self.subscriber)
        return self.show("leave", has_left=True)


class StayView(ReaderView):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show("stay", stays=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        sign_of_life(self.subscriber)
        return self.show("stay", stays=True)


class ChoicesView(ReaderView):
    """What a reader chooses, and all that is kept about them."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        acts = {"save": self.save, "move": self.move, "leave": self.leave, "erase": self.erase}
        act = acts.get(request.POST.get("action", ""))
        return act() if act else self.page(status=422, is_unclear=True)

    @property
    def is_active(self) -> bool:
        return self.subscriber.state == SubscriberState.ACTIVE

    def save(self) -> HttpResponse:
        if not self.is_active:
            return self.page(status=422)
        form = self.wishes(self.request.POST)
        if not form.is_valid():
            return self.page(status=422, form=form)
        wishes = {**form.wishes, "wants_letters": form.cleaned_data["wants_letters"]}
        for name, value in wishes.items():
            setattr(self.subscriber, name, value)
        sign_of_life(self.subscriber, *wishes)
        return self.done("choix")

    def move(self) -> HttpResponse:
        form = AddressForm(self.request.POST, prefix="new")
        if not self.is_active or not form.is_valid():
            return self.page(status=422, address_form=form)
        moving.ask_to_move(subscriber=self.subscriber, email=form.cleaned_data["email"])
        return self.done("adresse")

    def leave(self) -> HttpResponse:
        leave(self.subscriber)
        return HttpResponseRedirect(self.request.path)

    def erase(self) -> HttpResponse:
        erase(self.subscriber)
        return render(self.request, f"{FOLDER}/erased.html")

    def done(self, what: str) -> HttpResponse:
        return HttpResponseRedirect(f"{self.request.path}?fait={what}")

    def wishes(self, data: Any = None) -> ChoicesForm:
        initial = {**wishes_of(self.subscriber), "wants_letters": self.subscriber.wants_letters}
        return ChoicesForm(data, initial=initial, territory=self.request.territory)

    def elsewhere(self) -> list[tuple[str, str]]:
        given = {"subscriber": self.subscriber, "token": self.kwargs["token"]}
        answers = choices_shown.send(sender=ChoicesView, **given)
        return [way for _receiver, ways in answers for way in ways]

    def page(self, *, status: int = 200, **given: Any) -> HttpResponse:
        context = {
            "form": self.wishes(),
            "address_form": AddressForm(prefix="new"),
            "is_active": self.is_active,
            "consents": self.subscriber.consents.exclude(confirmed_at=None),
            "done": self.request.GET.get("fait", ""),
            "subscribe_url": reverse("newsletter:subscribe"),
            "elsewhere": self.elsewhere(),
            **given,
        }
        return self.show("choices", status=status, **context)


def sign_of_life(subscriber: Subscriber, *changed: str) -> None:
    """`changed`: the names of what was chosen. The rest is not written: they may leave
    meanwhile."""
    subscriber.seen_at, subscriber.asked_at = timezone.now(), None
    subscriber.save(update_fields=["seen_at", "asked_at", *changed])
