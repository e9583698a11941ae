"""`/label/<number>/`: the label that anybody can check; its badge, its code, and the register."""

from __future__ import annotations

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from labelling.applying.links import address_for_applicant
from labelling.models import Label
from territories.links.views import MailedLinkView

from .badge import draw_badge
from .links import label_of
from .proof import code_of, proof_of
from .public import path_of, public_url, told
from .renewing import ask_for_renewal, why_not_renewed

# A badge stands on other people's pages: as long as the feeds.
KEPT = "public, max-age=900"
PER_PAGE = 20
LONGEST_QUERY = 100


@require_safe
def label(request: HttpRequest, number: str) -> HttpResponse:
    found = find(number)
    if found is None:
        return unknown(request, number)
    if elsewhere := own_address(request, found, number, "label"):
        return redirect(elsewhere)
    return render(request, "labelling/labels/label.html", {"proof": proof_of(found)})


@require_safe
def badge(request: HttpRequest, number: str) -> HttpResponse:
    """`/label/<number>/badge.svg`: drawn anew from what the label has become."""
    found = find(number)
    if found is None:
        return unknown(request, number)
    if elsewhere := own_address(request, found, number, "badge"):
        return redirect(elsewhere)
    return drawing(draw_badge(found), f"badge-{found.number}.svg")


@require_safe
def code(request: HttpRequest, number: str) -> HttpResponse:
    """`/label/<number>/code.svg`: the QR code of its page, for posters."""
    found = find(number)
    if found is None:
        return unknown(request, number)
    if elsewhere := own_address(request, found, number, "code"):
        return redirect(elsewhere)
    written = BytesIO()
    code_of(found).save(written, kind="svg", border=4, scale=8, light="#fff", title=found.number)
    return drawing(written.getvalue(), f"code-{found.number}.svg")


def find(number: str) -> Label | None:
    facts = ("territory__site", "grid", "application", "page__locale", "renews")
    found = told(None).filter(number__iexact=number).with_call_offs()
    return found.select_related(*facts).first()


def own_address(request: HttpRequest, found: Label, number: str, name: str) -> str:
    """Where a label is shown, when it is not here: on the host of who gave it, under its number
    as it is written. The portal answers for all. "" when it is here."""
    territory = request.territory
    if territory is not None and territory.pk != found.territory_id:
        return public_url(found, name)
    return path_of(found.number, name) if found.number != number else ""


def unknown(request: HttpRequest, number: str) -> HttpResponse:
    """Mistyped, or of something that is no longer online: which one is nobody's business."""
    return render(request, "labelling/labels/unknown.html", {"number": number}, status=404)


def drawing(svg: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Content-Disposition"] = content_disposition_header(False, filename)
    response["Cache-Control"] = KEPT
    response["X-Robots-Tag"] = "noindex"
    return response


class RenewView(MailedLinkView):
    """The link of the reminder: asks first, then opens the application that renews the label."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        found = label_of(token, request.territory)
        return self.say(found, why_not_renewed(found))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        found = label_of(token, request.territory)
        try:
            application = ask_for_renewal(label=found)
        except ValidationError as refused:
            return self.say(found, " ".join(refused.messages), status=409)
        return redirect(address_for_applicant(application))

    def say(self, found: Label, refusal: str, status: int = 200) -> HttpResponse:
        context = {"label": found, "refusal": refusal}
        return render(self.request, "labelling/labels/renew.html", context, status=status)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """`/label/registre/`: the labels of a territory, those of all on the portal."""
    asked = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUERY]
    labels = told(request.territory).select_related("page", "territory").with_call_offs()
    found = Paginator(named(labels, asked).order_by("-granted_on", "-pk"), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    today = timezone.localdate()
    for one in page.object_list:
        one.state = one.status_on(today)
    return render(request, "labelling/labels/register.html", {"q": asked, "found": page})


def named(labels: QuerySet[Label], asked: str) -> QuerySet[Label]:
    """Those whose number or name has each of the words."""
    for word in asked.split():
        labels = labels.filter(Q(number__icontains=word) | Q(page__title__icontains=word))
    return labels
