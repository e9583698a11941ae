"""Images, documents and their tags: Wagtail's own API and tags ask for no permission at all."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, JsonResponse
from taggit.models import Tag, TaggedItem
from wagtail.admin import filters
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views import chooser

from territories.tenancy.policies import media_models, media_of


class OwnMedia:
    def get_queryset(self):
        own = media_of(self.request.user, self.model)
        return super().get_queryset().filter(pk__in=own.values_list("pk", flat=True))


class OwnImages(OwnMedia, ImagesAdminAPIViewSet):
    pass


class OwnDocuments(OwnMedia, DocumentsAdminAPIViewSet):
    pass


def own_tags(request: HttpRequest, **_model) -> JsonResponse:
    """What is offered while a tag is typed: the tags of one's own images and documents."""
    term = request.GET.get("term", "")
    bearers = [
        TaggedItem.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id__in=media_of(request.user, model).values("pk"),
        ).values("tag")
        for model in media_models()
    ]
    images, documents = bearers
    tags = Tag.objects.filter(name__istartswith=term)
    tags = tags.filter(pk__in=images) | tags.filter(pk__in=documents)
    names = tags.order_by("name").values_list("name", flat=True)
    return JsonResponse(list(names[:TAGS_AUTOCOMPLETE_LIMIT]) if term else [], safe=False)


def no_popular_tags(model: type, count: int = 10) -> list[Tag]:
    """The lists of images and of documents offer everybody's ten favourite tags; they offer none.

    Wagtail has no setting and no method for it, only this function, which two modules import.
    """
    return []


def hide_popular_tags() -> None:
    filters.popular_tags_for_model = chooser.popular_tags_for_model = no_popular_tags
