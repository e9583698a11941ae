"""Submitting a page for translation, each in its own territory.

wagtail-localize asks for one permission that is everybody's or nobody's, so that a coordinator
could make and publish a translation of another territory's page. These views stand before its own,
at the same addresses, and ask for the page too.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from wagtail.models import Page
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView


class SubmitOwnPage(SubmitPageTranslationView):
    def get_object(self) -> Page:
        page = super().get_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page


class SubmitSnippet(SubmitSnippetTranslationView):
    """Shared snippets are the national team's."""

    def get_object(self):
        if not self.request.user.is_superuser:
            raise PermissionDenied
        return super().get_object()


class UpdateOwnTranslations(UpdateTranslationsView):
    def get_object(self):
        source = super().get_object()
        page = source.get_source_instance()
        if not isinstance(page, Page):
            raise Http404
        # It may publish every translation at once.
        pages = [page, *page.get_translations()]
        if not all(found.permissions_for_user(self.request.user).can_publish() for found in pages):
            raise PermissionDenied
        return source


URLS = [
    path("localize/submit/page/<int:page_id>/", SubmitOwnPage.as_view()),
    path(
        "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
        SubmitSnippet.as_view(),
    ),
    path("localize/update/<int:translation_source_id>/", UpdateOwnTranslations.as_view()),
]
