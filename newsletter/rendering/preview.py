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
WITHOUT_IMAGES = POLICY.replace("img-src * data:", "img-src 'none'")


def show_letter(
    page: NewsletterPage,
    request: HttpRequest,
    *,
    as_text: bool = False,
    dark: bool | None = None,
    with_images: bool = True,
) -> HttpResponse:
    """`dark`: as on a dark screen or a light one; None: as on the screen of who looks."""
    try:
        letter = render_letter(page, request=request, for_readers=True)
    except BrokenLetter as error:
        context = {"sentences": error.sentences}
        response = render(request, "newsletter/broken_letter.html", context)
    else:
        response = (
            HttpResponse(letter.text, content_type="text/plain; charset=utf-8")
            if as_text
            else HttpResponse(letter.html if dark is None else on_screen(letter.html, dark=dark))
        )
    response.headers["Content-Security-Policy"] = POLICY if with_images else WITHOUT_IMAGES
    return response


def on_screen(html: str, *, dark: bool) -> str:
    """The letter as it looks on a dark screen, or on a light one, whatever the screen it is on."""
    return html.replace(
        "@media (prefers-color-scheme:dark)", "@media all" if dark else "@media not all"
    ).replace("color-scheme:light dark", "color-scheme:dark" if dark else "color-scheme:light")
