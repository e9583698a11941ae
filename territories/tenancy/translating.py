"""Having a page translated, each in its own territory.

wagtail-localize asks for one permission that is everybody's or nobody's, so that a coordinator
could make and publish a translation of another territory's page; and it lets a translation show
any image, document or page in the place of the record's. These views stand before its own, at the
same addresses, and ask.
"""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.response import Response
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.whitelist import check_url
from wagtail_localize.models import OverridableSegment, Translation
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.edit_translation import (
    edit_override,
    edit_string_translation,
    upload_pofile,
)
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from .guards.references import references_of, refused_kinds
from .roles import is_national


class SubmitOwnPage(SubmitPageTranslationView):
    def get_object(self) -> Page:
        page = super().get_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page


class SubmitSnippet(SubmitSnippetTranslationView):
    """Shared snippets are the national team's."""

    def get_object(self):
        if not is_national(self.request.user):
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


class EditOwnString(edit_string_translation.cls):
    def put(self, request, **numbers):
        if "value" not in request.POST:
            return refused(_("Écrivez la traduction."))
        return super().put(request, **numbers)


class EditOwnOverride(edit_override.cls):
    def put(self, request, translation_id, overridable_segment_id):
        if "value" not in request.POST:
            return refused(_("Choisissez ce que montre la traduction."))
        with transaction.atomic():
            answer = super().put(
                request,
                translation_id=translation_id,
                overridable_segment_id=overridable_segment_id,
            )
            # What is said is known once it stands where it shows.
            sentence = override_refusal(
                translation=Translation.objects.get(pk=translation_id),
                segment=OverridableSegment.objects.get(pk=overridable_segment_id),
                value=request.POST["value"],
                user=request.user,
            )
            if sentence:
                transaction.set_rollback(True)
        return refused(sentence) if sentence else answer


def override_refusal(*, translation, segment, value, user) -> str:
    """Why a translation may not show this in the place of what its record shows; "" if it may."""
    if segment.context.path.endswith("'") and check_url(value) is None:
        # The path of a link ends with its address, between quotes.
        return _("Ce lien n’est pas une adresse que l’on peut suivre.")
    source = translation.source
    try:
        shown = source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
        named = references_of(shown)
    except (ObjectDoesNotExist, ValueError, TypeError):
        return _("Ce que vous avez choisi n’existe pas, ou n’existe plus.")
    new = (
        named
        - references_of(source.as_instance())
        - references_of(translation.get_target_instance())
    )
    if not user.is_superuser and any(refused_kinds(user, new)):
        return _("Ceci est à un autre territoire. Choisissez ce qui est au vôtre.")
    return ""


def refused(sentence: str) -> Response:
    return Response({"detail": sentence}, status=400)


def upload_words(request: HttpRequest, translation_id: int) -> HttpResponse:
    """No file, or one that does not say whose it is, is an error of the server's there."""
    try:
        return upload_pofile(request, translation_id)
    except KeyError:
        messages.error(
            request,
            _("Ce fichier n’est pas celui de cette traduction. Partez du fichier téléchargé ici."),
        )
        translation = get_object_or_404(Translation, pk=translation_id)
        return redirect(translation.get_target_instance_edit_url())


def convert_own_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """An alias is published with its record, which wagtail-localize lets an editor do."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert_to_alias(request, page_id)


URLS = [
    path("localize/submit/page/<int:page_id>/", SubmitOwnPage.as_view()),
    path(
        "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
        SubmitSnippet.as_view(),
    ),
    path("localize/update/<int:translation_source_id>/", UpdateOwnTranslations.as_view()),
    path(
        "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
        EditOwnString.as_view(),
    ),
    path(
        "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
        EditOwnOverride.as_view(),
    ),
    path("localize/translate/<int:translation_id>/pofile/upload/", upload_words),
    path("localize/page/<int:page_id>/convert_to_alias/", convert_own_to_alias),
]
