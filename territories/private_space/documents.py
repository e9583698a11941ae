"""Documents that the people of a territory alone may open.

They lie in a collection of the territory's that bears Wagtail's own restriction. A private page
shows no others, so that nothing on it can be fetched by whoever has its address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, QuerySet, TextField
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from territories.tenancy.policies import media_of
from territories.tenancy.rights import make_collection

from .readers import may_read, reader_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest
    from wagtail.documents.models import AbstractDocument

    from territories.models import Territory

# Kept in the source language, as it is made: it is data.
COLLECTION = "Espace des professionnels"


def make_private_collection(territory: Territory) -> Collection:
    """Safe to run twice. The roles of the territory have there what they have in its own."""
    owner = make_collection(territory)
    found = owner.get_children().filter(name=COLLECTION).first()
    found = found or owner.add_child(name=COLLECTION)
    if not CollectionViewRestriction.objects.filter(collection=found).exists():
        CollectionViewRestriction.objects.create(
            collection=found, restriction_type=CollectionViewRestriction.LOGIN
        )
    return found


def let_readers_alone(document: AbstractDocument, request: HttpRequest) -> None:
    """Before Wagtail's own check, which asks for the admin's user and for no territory.

    A private document is served on its territory's host, and to the same people in the admin.
    """
    if not document.collection.get_view_restrictions().exists():
        return
    owner = owner_of(document.collection)
    if request.territory is not None and request.territory != owner:
        raise Http404
    reader = reader_of(request)
    if reader is None:
        return  # Wagtail's check leads to the log-in.
    if owner is not None and not may_read(reader, owner):
        raise Http404
    # For what is left of this request, which hands over the file: Wagtail's check comes next.
    request.user = reader


def owner_of(collection: Collection) -> Territory | None:
    """The territory of a collection; None: the national team's, or nobody's."""
    from territories.models import Territory

    top = collection.path[: 2 * Collection.steplen]
    names = Collection.objects.filter(path=top).values("name")
    return Territory.objects.filter(slug__in=names).first()


def closed_documents() -> QuerySet:
    """The documents that lie under a restriction."""
    below = CollectionViewRestriction.objects.annotate(
        tested=ExpressionWrapper(OuterRef("collection__path"), output_field=TextField())
    ).filter(tested__startswith=F("collection__path"))
    return get_document_model().objects.filter(Exists(below))


OPEN_ON_A_PRIVATE_PAGE = _(
    "« %(field)s » : tout le monde peut ouvrir le document « %(document)s ». Rangez-le d’abord "
    "dans la collection « Espace des professionnels »."
)
CLOSED_ON_A_PUBLIC_PAGE = _(
    "« %(field)s » : le document « %(document)s » est réservé aux professionnels, et cette page "
    "est pour tout le monde. Retirez-le, ou rangez-le dans une autre collection."
)


def misplaced(
    documents: dict[str, set[int]], *, user: User, on_private_page: bool
) -> Iterator[tuple[str, str, str]]:
    """Field, sentence and title, for each document whose readers are not those of the page.

    `documents`: primary keys by the name of the field that shows them. Nothing is told of those
    that the person may not choose.
    """
    named = {pk for keys in documents.values() for pk in keys}
    own = media_of(user, get_document_model()).filter(pk__in=named)
    asked = set(own.values_list("pk", flat=True))
    closed = set(closed_documents().filter(pk__in=asked).values_list("pk", flat=True))
    wrong = asked - closed if on_private_page else closed
    titles = dict(get_document_model().objects.filter(pk__in=wrong).values_list("pk", "title"))
    sentence = OPEN_ON_A_PRIVATE_PAGE if on_private_page else CLOSED_ON_A_PUBLIC_PAGE
    for name, keys in documents.items():
        for pk in sorted(keys & titles.keys()):
            yield name, sentence, titles[pk]
