"""What the editor shows of a letter that is not its page on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .letter import BrokenLetter, render_letter

if TYPE_CHECKING:
    from newsletter.models import NewsletterPage

# A letter carries its styles inline, as mailboxes want it; nothing else is let in.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; frame-ancestors 'self'"


def show_letter(page: NewsletterPage, request: HttpRequest, *, as_text: bool) -> HttpResponse:
    try:
        letter = render_letter(page, request=request)
    except BrokenLetter as error:
        context = {"sentences": error.sentences}
        response = render(request, "newsletter/broken_letter.html", context)
    else:
        response = (
            HttpResponse(letter.text, content_type="text/plain; charset=utf-8")
            if as_text
            else HttpResponse(letter.html)
        )
    response.headers["Content-Security-Policy"] = POLICY
    return response
