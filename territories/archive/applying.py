"""Carrying out an import, a batch at a time: interrupted, the next run goes on after the last.

Each batch is a transaction that also writes how far it went. The territory is closed to the public
until the end; every row is written through the code that the editor's own work goes through, so
that occurrences, search and references follow by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from wagtail.models import Page

from territories.audit.recording import record
from territories.plugins.switching import open_plugin

from . import form
from .closing import set_archived
from .finding import Found
from .naming import pages_of
from .parts import restore_part
from .planning import ImportPlan, begin
from .putting import fill, put_bare
from .settings import set_fields, set_places, set_switches
from .storing import Storing, put_collections
from .translating import put_translation

MEDIA_AT_ONCE, ROWS_AT_ONCE = 20, 50


class Step(NamedTuple):
    """What is being done, how much of it is done, of how much."""

    name: str
    done: int
    total: int


def carry_out(plan: ImportPlan) -> Iterator[Step]:
    """Do what is left to do; yields after each batch."""
    run = plan.run or begin(plan)
    yield from Importer(plan, run).steps()


class Importer:
    def __init__(self, plan: ImportPlan, run) -> None:
        self.plan = plan
        self.source = plan.source
        self.run = run
        self.territory = run.territory
        self.found = Found(plan.types, run.made, run.renewed)
        self.counts = self.source.manifest["counts"]

    def steps(self) -> Iterator[Step]:
        described = self.source.json(form.TERRITORY)
        put_collections(self.territory, described["collections"])
        yield from self.put_media()
        self.put_settings(described)
        yield from self.put_pages()
        yield from self.fill_pages()
        self.tidy()
        yield from self.batches("les traductions", form.TRANSLATIONS, self.put_translation)
        yield from self.put_parts()
        self.open(described)
        yield Step("l’ouverture", 1, 1)

    def put_media(self) -> Iterator[Step]:
        storing = Storing(self.source, self.territory, self.found)

        def put(row: dict[str, Any]) -> None:
            self.found.made[row["key"]] = storing.put(row)

        try:
            for step in self.batches("les images", form.MEDIA, put, size=MEDIA_AT_ONCE):
                storing.keep()
                yield step
        except BaseException:
            # Interrupted too: what was not committed leaves no file behind.
            storing.forget()
            raise

    @transaction.atomic
    def put_settings(self, described: dict[str, Any]) -> None:
        set_places(self.territory, described)
        set_fields(self.territory, described["fields"], self.found)
        self.territory.refresh_from_db()

    def put_pages(self) -> Iterator[Step]:
        rows = {row["key"]: row for row in self.source.rows(form.PAGES)}
        waiting = [rows[key] for key in self.plan.order if key not in self.found.made]

        def put(row: dict[str, Any]) -> None:
            page = put_bare(row, self.plan.types[row["key"]], self.found)
            self.found.made[row["key"]] = page.pk

        yield from self.batches("les pages", "bare", put, rows=waiting, skip=False)

    def fill_pages(self) -> Iterator[Step]:
        def put(row: dict[str, Any]) -> None:
            fill(row, self.plan.types[row["key"]], self.territory, self.found)

        yield from self.batches("leur contenu", form.PAGES, put)

    @transaction.atomic
    def tidy(self) -> None:
        """The order of pages, and none that the archive does not hold; once."""
        if self.run.done.get("tidy"):
            return
        if self.plan.is_whole:
            self.delete_strangers()
        siblings: dict[int, list[int]] = {}
        for row in self.source.rows(form.PAGES):
            if row["parent"] is not None:
                parent = self.found.made[row["parent"]]
                siblings.setdefault(parent, []).append(self.found.made[row["key"]])
        for parent, wanted in siblings.items():
            self.order(parent, wanted)
        self.run.done["tidy"] = 1
        self.run.save()

    def delete_strangers(self) -> None:
        strangers = pages_of(self.territory).exclude(pk__in=self.found.made.values())
        for page in strangers.filter(depth__gt=2).order_by("-path"):
            page.refresh_from_db()
            page.delete()

    def order(self, parent: int, wanted: Sequence[int]) -> None:
        standing = Page.objects.get(pk=parent).get_children().values_list("pk", flat=True)
        if list(standing) == wanted:
            return
        for pk in wanted:
            Page.objects.get(pk=pk).move(Page.objects.get(pk=parent), pos="last-child")

    def put_translation(self, row: dict[str, Any]) -> None:
        put_translation(row, self.plan.types[row["page"]], self.found)

    def put_parts(self) -> Iterator[Step]:
        for done, (name, member) in enumerate(self.source.parts.items(), start=1):
            rows = [self.renewed(row) for row in self.source.rows(member)]
            restored = restore_part(self.territory, name, rows)
            if restored < len(rows):
                self.plan.left[name] = (restored, len(rows))
            yield Step("ce que les modules gardent", done, len(self.source.parts))

    def renewed(self, value: Any) -> Any:
        """Parts name pages by translation key: where one was renewed, they follow."""
        if isinstance(value, str):
            return self.run.renewed.get(value, value)
        if isinstance(value, list):
            return [self.renewed(one) for one in value]
        if isinstance(value, dict):
            return {name: self.renewed(one) for name, one in value.items()}
        return value

    @transaction.atomic
    def open(self, described: dict[str, Any]) -> None:
        """Plugins, rights, and last of all the public, unless it was closed to it before."""
        self.territory.refresh_from_db()
        for plugin in set_switches(self.territory, described):
            open_plugin(territory=self.territory, plugin=plugin)
        self.run.made, self.run.done, self.run.finished_at = {}, {}, timezone.now()
        self.run.save()
        closed = described["fields"].get("archived_on")
        set_archived(self.territory, parse_date(closed) if closed else None)
        record(
            territory=self.territory,
            action=self.plan.action,
            user=None,
            source=self.plan.original,
        )

    def batches(
        self,
        name: str,
        member: str,
        put: Callable[[dict[str, Any]], None],
        *,
        rows: Iterable[dict[str, Any]] | None = None,
        size: int | None = None,
        skip: bool = True,
    ) -> Iterator[Step]:
        """`put` each row of a member that is not in yet; one transaction a batch."""
        done = self.run.done.get(member, 0) if skip else 0
        found = self.source.rows(member) if rows is None else rows
        total = self.counts.get(member, 0) if rows is None else len(rows)
        left = (row for number, row in enumerate(found) if number >= done)
        for batch in chunks(left, size or ROWS_AT_ONCE):
            with transaction.atomic():
                for row in batch:
                    put(row)
                done += len(batch)
                if skip:
                    self.run.done[member] = done
                self.run.made = self.found.made
                self.run.save()
            yield Step(name, done, total)


def chunks(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    rows = iter(rows)
    while chunk := list(islice(rows, size)):
        yield chunk
