"""Writing what was planned, one page at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from territories.proposals.values import label_of, lines_of, parent_of, with_values

from .plan import Kind, Plan, Row, latest_values, may_publish

SLUG = 80


class Writer:
    """What is the same of every kind of page. A kind says where its pages stand, what a new one is
    made of, and how it is remembered."""

    # The slug of a title without letters.
    nameless = "fiche"

    def __init__(self, plan: Plan) -> None:
        self.territory = plan.territory
        self.locale = Locale.get_default()
        self.slugs: dict[int, set[str]] = {}

    def parent_of(self, row: Row) -> Page:
        raise NotImplementedError

    def blank(self, row: Row) -> Page:
        """An unsaved page, with where it comes from, before it is given what the source says."""
        raise NotImplementedError

    def remember(self, row: Row) -> None:
        raise NotImplementedError

    def write(self, row: Row) -> None:
        if row.kind == Kind.NEW:
            row.page = self.put(row)
        elif row.changes or row.publishes:
            self.change(row)
        if row.remembers:
            self.remember(row)

    def put(self, row: Row) -> Page:
        parent = self.parent_of(row)
        page = with_new(self.blank(row), row.changes)
        page.slug = self.slug_for(row, parent)
        page.live = False
        # Wagtail keeps the instances below their parent as they were read.
        parent.refresh_from_db()
        parent.add_child(instance=page)
        self.slugs[parent.pk].add(page.slug)
        revision = page.save_revision(changed=False)
        if row.publishes:
            revision.publish()
        return page

    def slug_for(self, row: Row, parent: Page) -> str:
        """From the title; a second one of the same name is told apart by its identifier, so that
        a thousand of them need no thousand tries."""
        if parent.pk not in self.slugs:
            self.slugs[parent.pk] = set(parent.get_children().values_list("slug", flat=True))
        slug = slugify(row.changes["title"])[:SLUG].strip("-") or self.nameless
        if slug in self.slugs[parent.pk]:
            slug = f"{slug}-{zlib.crc32(f'{row.source} {row.external_id}'.encode()):08x}"
        return slug

    def change(self, row: Row) -> None:
        page = type(row.page).objects.select_for_update().get(pk=row.page.pk)
        self.keep_what_was_edited_meanwhile(page, row)
        revision = page.latest_revision
        if row.changes:
            revision = with_values(
                page.get_latest_revision_as_object(), row.changes
            ).save_revision()
        if row.publishes and may_publish(page, row.notes) and revision is not None:
            revision.publish()
        row.page = page

    def keep_what_was_edited_meanwhile(self, page: Page, row: Row) -> None:
        """A long import takes minutes, and people go on working."""
        now = latest_values(page, sorted(row.changes))
        for name in [name for name in row.changes if now[name] != row.here[name]]:
            del row.changes[name]
            row.kept.append(label_of(type(page), name))


def with_new(page: Page, values: dict[str, Any]) -> Page:
    """`with_values`, for a page that is not saved yet."""
    model = type(page)
    content = {**page.serializable_data(), **values}
    for name in values:
        if lines := lines_of(model, name):
            parent = parent_of(lines, model).name
            content[name] = [
                {"pk": None, parent: None, "sort_order": position, **line}
                for position, line in enumerate(content[name])
            ]
    return model.from_serializable_data(content)


def apply_plan(plan: Plan, writer: Writer) -> Iterator[tuple[int, int]]:
    """Each page in a transaction of its own; yields how many are done, of how many.

    Stopped in between, what is done is done, and the same import goes on with the rest. A row that
    does not pass the page's own checks is refused, and says why.
    """
    rows = [row for row in plan.rows if row.writes]
    for done, row in enumerate(rows, start=1):
        try:
            with transaction.atomic():
                writer.write(row)
            row.is_written = True
        except ValidationError as error:
            row.refuse(" ".join(error.messages))
        except IntegrityError:
            row.refuse(_("un autre import l’a écrit au même moment. Relancez la commande."))
        yield done, len(rows)
