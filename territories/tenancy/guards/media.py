"""Images and documents: Wagtail's own API asks for no permission at all."""

from __future__ import annotations

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from territories.tenancy.policies import media_of


class OwnMedia:
    def get_queryset(self):
        own = media_of(self.request.user, self.model)
        return super().get_queryset().filter(pk__in=own.values_list("pk", flat=True))


class OwnImages(OwnMedia, ImagesAdminAPIViewSet):
    pass


class OwnDocuments(OwnMedia, DocumentsAdminAPIViewSet):
    pass
