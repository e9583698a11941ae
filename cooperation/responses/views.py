"""The form of a call, at an address of its own that no cache keeps."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

from cooperation.models import CallForProjectsPage
from cooperation.models.calls import GRACE, SENT
from cooperation.models.responses import MONTHS_KEPT

from .form import ResponseForm
from .receiving import receive_response

SALT = "cooperation.reference"


def answer(request: HttpRequest, page: CallForProjectsPage) -> HttpResponse:
    """GET shows the form; POST receives it, until the deadline of the server's clock."""
    call = page.record
    is_sent = request.method == "POST"
    form = ResponseForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        request=request,
        call=call,
    )
    if form.is_late:
        # What was typed is shown again, to be kept; a closed call is an answer, not a fault.
        return show(request, page, "late", form=form, status=422 if is_sent else 200)
    if form.is_valid():
        said = form.cleaned_data
        response = receive_response(
            call=call, said=said, files=said["files"], language=get_language() or ""
        )
        token = signing.dumps(response.reference, salt=SALT)
        return HttpResponseRedirect(f"{request.path.rstrip('/')}/{SENT}/?numero={token}")
    return show(request, page, "answer", form=form, status=form.status)


def sent(request: HttpRequest, page: CallForProjectsPage) -> HttpResponse:
    """Says the reference that the address holds, signed; a made-up one says none."""
    try:
        reference = signing.loads(request.GET.get("numero", ""), salt=SALT)
    except signing.BadSignature:
        reference = ""
    return show(request, page, "sent", reference=reference)


def show(
    request: HttpRequest, page: CallForProjectsPage, name: str, *, status: int = 200, **given: Any
) -> HttpResponse:
    context = {
        **page.get_context(request),
        "months": MONTHS_KEPT,
        "grace": int(GRACE.total_seconds() // 60),
        **given,
    }
    template = f"cooperation/responses/{name}.html"
    response = TemplateResponse(request, template, context, status=status)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
