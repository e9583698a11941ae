"""Tags of images and documents: words of the vocabulary, and no others.

Wagtail keeps one set of tags for the whole installation and shows it to everybody: a word that one
territory made up would be read by the others. See docs/decisions/0010-tags.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.tags import TagField
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT
from wagtail.admin.widgets import AdminTagWidget
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .models import Term


class VocabularyTagWidget(AdminTagWidget):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{**kwargs, "free_tagging": False})


def tag_terms():
    """The terms that may serve as tags; their labels are French in every language."""
    return Term.objects.filter(is_retired=False).exclude(kind=Term.Kind.NETWORK).order_by("label")


def governed(names: Iterable[str], kept: Iterable[str] = ()) -> list[str]:
    """The names as the vocabulary writes them. `kept`: what the object bears already.

    Raises ValidationError with those that are no word of it.
    """
    known = {label.casefold(): label for label in tag_terms().values_list("label", flat=True)}
    known |= {name.casefold(): name for name in kept}
    if unknown := [name for name in names if name.casefold() not in known]:
        raise ValidationError(
            _("Ces mots-clés ne sont pas dans le vocabulaire : %(unknown)s."),
            params={"unknown": ", ".join(unknown)},
        )
    return [known[name.casefold()] for name in names]


class GovernedTags:
    """The form of an image or of a document."""

    def clean_tags(self) -> list[str]:
        kept = self.instance.tags.names() if self.instance.pk else ()
        return governed(self.cleaned_data["tags"], kept)


class ImageForm(GovernedTags, BaseImageForm):
    class Meta(BaseImageForm.Meta):
        widgets = {**BaseImageForm.Meta.widgets, "tags": VocabularyTagWidget}


class DocumentForm(GovernedTags, BaseDocumentForm):
    class Meta(BaseDocumentForm.Meta):
        widgets = {**BaseDocumentForm.Meta.widgets, "tags": VocabularyTagWidget}


class TagsForm(forms.Form):
    """Tags for several images or documents at once."""

    tags = TagField(label=_("Mots-clés"), widget=VocabularyTagWidget)

    def clean_tags(self) -> list[str]:
        return governed(self.cleaned_data["tags"])


def complete(request: HttpRequest, **_model) -> JsonResponse:
    """What is offered while a tag is typed."""
    typed = request.GET.get("term", "").strip()
    found = tag_terms().filter(Q(label__icontains=typed) | Q(resident_label__icontains=typed))
    names = found.values_list("label", flat=True)[:TAGS_AUTOCOMPLETE_LIMIT] if typed else ()
    return JsonResponse(list(names), safe=False)
