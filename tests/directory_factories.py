"""Actors and services for tests, made as the editor would make them."""

import uuid
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F
from django.utils import timezone
from factories import make_page
from wagtail.models import Page

from resources_directory.models import (
    ActorMapPage,
    ActorPage,
    GuidePage,
    RoutePage,
    RouteStop,
    ServicePage,
)
from territories.models import Term

# The place of the town hall of Toulouse, for want of a better one.
TOULOUSE = {
    "address": "1 place du Capitole",
    "postcode": "31000",
    "commune": "Toulouse",
    "insee_code": "31555",
    "latitude": 43.60446,
    "longitude": 1.44386,
}


def map_of(territory):
    return ActorMapPage.objects.records().get(territory=territory)


def guide_of(territory):
    return GuidePage.objects.records().get(territory=territory)


def terms(*codes):
    return list(Term.objects.filter(code__in=codes))


def make_actor(territory, title="Centre social", *, published=True, networks=(), **fields):
    actor = ActorPage(title=title, **{**TOULOUSE, **fields})
    actor.networks = terms(*networks)
    return make_page(map_of(territory), actor, published=published)


def make_service(
    territory, title="Permis solidaire", *, published=True, themes=(), publics=(), **fields
):
    """A service of the territory's first actor, made when it lacks."""
    if "actor" not in fields:
        known = ActorPage.objects.records().filter(territory=territory).order_by("pk").first()
        fields["actor"] = known or make_actor(territory)
    service = ServicePage(
        title=title,
        **{
            "description": "On passe le code ensemble. Puis vous conduisez.",
            "confirmed_on": timezone.localdate(),
            **fields,
        },
    )
    service.themes = terms(*themes)
    service.publics = terms(*publics)
    return make_page(guide_of(territory), service, published=published)


def write_actors(territory, actors: Iterable[Mapping[str, Any]]) -> None:
    """Thousands of published actors, as rows: the real code would take an hour for them.

    Each is a `title` and fields of an actor.
    """
    parent, kind, now = (
        map_of(territory),
        ContentType.objects.get_for_model(ActorPage),
        timezone.now(),
    )
    actors = [dict(fields) for fields in actors]
    pages = [
        Page(
            title=(title := fields.pop("title")),
            draft_title=title,
            slug=f"acteur-{rank}",
            path=parent.path + ActorPage._int2str(rank).rjust(ActorPage.steplen, "0"),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}acteur-{rank}/",
            content_type=kind,
            locale_id=parent.locale_id,
            translation_key=uuid.uuid4(),
            live=True,
            first_published_at=now,
            last_published_at=now,
        )
        for rank, fields in enumerate(actors, parent.numchild + 1)
    ]
    Page.objects.bulk_create(pages, batch_size=400)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    rows = (
        ActorPage(page_ptr_id=page.pk, territory_id=territory.pk, **{**TOULOUSE, **fields})
        for page, fields in zip(pages, actors, strict=True)
    )
    # The row of the actor alone: Django makes no page and its parent in bulk.
    columns = ActorPage._meta.local_concrete_fields
    while batch := list(islice(rows, 20)):
        ActorPage._base_manager._insert(batch, fields=columns, using=connection.alias)


def make_route(territory, title="Le rallye", *, stops, published=True, **fields):
    """`stops`: actors, or (actor, words), in order."""
    route = RoutePage(title=title, **fields)
    pairs = [stop if isinstance(stop, tuple) else (stop, "") for stop in stops]
    route.stops = [
        RouteStop(actor=actor, words=words, sort_order=at)
        for at, (actor, words) in enumerate(pairs)
    ]
    return make_page(map_of(territory), route, published=published)
