from posixpath import normpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.static import serve

# Documents have an address of their own, which asks who reads. A proxy must not serve these either:
# see docs/operations.md.
DOCUMENTS = "documents/"


def upload(request: HttpRequest, path: str) -> HttpResponse:
    """Images and the like, where no proxy serves them."""
    if normpath(path).lstrip("/").startswith(DOCUMENTS):
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)
