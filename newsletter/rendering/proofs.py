"""« Relire la lettre »: as it looks in a mailbox, on a desk and on a telephone, and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from newsletter.counting.following import followed
from newsletter.counting.switching import may_switch
from newsletter.models import NewsletterPage
from newsletter.models.links import counts_links
from territories.pages.editor import BesideTheEditor

from .checking import review_of
from .letter import HEAVIEST
from .preview import show_letter


def letter_to_read(request: HttpRequest, page_id: int) -> NewsletterPage:
    """The last draft. 404 and not 403: a stranger must not learn which letters are written."""
    page = get_object_or_404(NewsletterPage, pk=page_id)
    if not may_read(page, request):
        raise Http404
    return page.get_latest_revision_as_object()


def may_read(page: NewsletterPage, request: HttpRequest) -> bool:
    return page.permissions_for_user(request.user).can_proofread()


def proof_of_letter(request: HttpRequest, page_id: int) -> HttpResponse:
    """What stands in the frames."""
    return show_letter(
        letter_to_read(request, page_id),
        request,
        dark=request.GET.get("dark") == "1",
        with_images=request.GET.get("images") != "0",
    )


class ProofView(BesideTheEditor, TemplateView):
    template_name = "newsletter/proof.html"
    header_icon = "view"

    @cached_property
    def letter(self) -> NewsletterPage:
        return letter_to_read(self.request, self.kwargs["page_id"])

    @property
    def edited(self) -> NewsletterPage:
        return self.letter

    @property
    def is_dark(self) -> bool:
        return self.request.GET.get("dark") == "1"

    @property
    def has_images(self) -> bool:
        return self.request.GET.get("images") != "0"

    def address(self, name: str, *, dark: bool, images: bool) -> str:
        query = urlencode({"dark": int(dark), "images": int(images)})
        return f"{reverse(name, args=[self.letter.pk])}?{query}"

    def languages(self) -> Sequence[tuple[str, str, bool]]:
        """Of each language of the letter that one may read: its name, its proof, is it this one."""
        pages = NewsletterPage.objects.filter(translation_key=self.letter.translation_key)
        return [
            (
                page.locale.get_display_name(),
                reverse("newsletter_proof", args=[page.pk]),
                page.pk == self.letter.pk,
            )
            for page in pages.select_related("locale").order_by("path")
            if may_read(page, self.request)
        ]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        dark, images = self.is_dark, self.has_images
        return super().get_context_data(
            review=review_of(self.letter),
            heaviest=HEAVIEST,
            frame_url=self.address("newsletter_proof_letter", dark=dark, images=images),
            is_dark=dark,
            has_images=images,
            other_light=self.address("newsletter_proof", dark=not dark, images=images),
            other_images=self.address("newsletter_proof", dark=dark, images=not images),
            languages=self.languages(),
            followed=followed(self.letter),
            counts_links=counts_links(self.letter.territory),
            may_switch=may_switch(self.request.user, self.letter.territory),
            **kwargs,
        )

    def get_page_title(self) -> str:
        return _("Relire la lettre")
