"""Thousands of events, written as rows: the real code would take an hour for them.

Each event has ten occurrences, an hour apart from those of its neighbours, two publics, two themes,
a format, and takes place at one of forty actors. One in three is free, one in seven online.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from agenda_factories import agenda_of, make_actor
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from wagtail.models import Page

from agenda.models import EventPage, Occurrence
from resources_directory.models import ActorPage
from territories.models import Term, Territory

A_SERIES = 10
ACTORS = 40
# SQLite counts the values of one statement.
BATCH = 400


def make_actors(territory: Territory) -> list[ActorPage]:
    towns = ["Toulouse", "Blagnac", "Colomiers", "Tournefeuille"]
    return [
        make_actor(
            territory,
            f"Maison {number}",
            commune=towns[number % len(towns)],
            latitude=43.5 + number / 400,
            longitude=1.3 + number / 300,
        )
        for number in range(ACTORS)
    ]


@transaction.atomic
def write_events(
    territory: Territory, actors: Sequence[ActorPage], events: int, first_start: datetime
) -> None:
    """`events` of a territory, the first of which begins at `first_start`."""
    pages = write_pages(agenda_of(territory), EventPage, events, "Atelier")
    formats = list(Term.objects.filter(kind=Term.Kind.EVENT_FORMAT))
    found = [
        EventPage(
            page_ptr_id=page.pk,
            territory_id=territory.pk,
            summary="On se rencontre, on échange, on repart avec une piste. " * 3,
            body="<p>On vous accueille avec un café.</p>" * 12,
            format=formats[rank % len(formats)],
            place_id=actors[rank % len(actors)].pk,
            organiser_id=actors[rank % len(actors)].pk,
            is_free=rank % 3 == 0,
            is_online=rank % 7 == 0,
        )
        for rank, page in enumerate(pages)
    ]
    insert(found)
    write_terms(EventPage, pages)
    Occurrence.objects.bulk_create(occurrences_of(pages, first_start), batch_size=BATCH)
    over_at = Occurrence.objects.filter(event=OuterRef("pk")).order_by("-over_at").values("over_at")
    EventPage.objects.filter(over_at=None).update(over_at=Subquery(over_at[:1]))


def insert(rows: Sequence[Page]) -> None:
    """The rows of the page type alone: Django makes no page and its parent in bulk."""
    model = type(rows[0])
    fields = model._meta.local_concrete_fields
    # SQLite counts the values of one statement.
    left, many = iter(rows), 900 // len(fields)
    while batch := list(islice(left, many)):
        model._base_manager._insert(batch, fields=fields, using=connection.alias)


def write_pages(parent: Page, model: type[Page], number: int, title: str) -> list[Page]:
    """Live pages under `parent`, as rows of Page alone."""
    before = parent.numchild
    pages = list(page_rows(parent, model, range(before, before + number), title))
    Page.objects.bulk_create(pages, batch_size=BATCH)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + number)
    return pages


def page_rows(parent: Page, model: type[Page], ranks: range, title: str) -> Iterator[Page]:
    kind = ContentType.objects.get_for_model(model)
    now = timezone.now()
    for rank in ranks:
        slug = f"{title.lower()}-{rank}"
        yield Page(
            title=f"{title} {rank}",
            draft_title=f"{title} {rank}",
            slug=slug,
            path=parent.path + model._int2str(rank + 1).rjust(model.steplen, "0"),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{slug}/",
            content_type=kind,
            locale_id=parent.locale_id,
            translation_key=uuid.uuid4(),
            live=True,
            first_published_at=now,
            last_published_at=now,
        )


def write_terms(model: type[Page], pages: Sequence[Page]) -> None:
    """Two publics and two themes each."""
    for field, kind in (("publics", Term.Kind.PUBLIC), ("themes", Term.Kind.THEME)):
        terms = list(Term.objects.filter(kind=kind))
        through = getattr(model, field).through
        through.objects.bulk_create(
            (
                through(
                    **{f"{model._meta.model_name}_id": page.pk},
                    term=terms[(rank + step) % len(terms)],
                )
                for rank, page in enumerate(pages)
                for step in (0, 1)
            ),
            batch_size=BATCH,
        )


def occurrences_of(pages: Sequence[Page], first_start: datetime) -> Iterator[Occurrence]:
    for rank, page in enumerate(pages):
        for week in range(A_SERIES):
            start = first_start + timedelta(minutes=rank % 5000, weeks=week)
            end = start + timedelta(hours=2)
            yield Occurrence(
                event_id=page.pk,
                key=f"{page.pk}-{start:%Y%m%d}",
                original=start,
                start=start,
                end=end,
                over_at=end,
                series="FREQ=WEEKLY;BYDAY=TH",
            )
