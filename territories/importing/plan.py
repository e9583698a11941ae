"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from territories.models import Territory
from territories.proposals.values import Values, label_of, plain_values, values_of

from .records import Name


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    REFUSED = "refused"


@dataclass
class Row:
    """`known`: what is remembered of the record, with what its source `said`. `changes`: what the
    page is to be given. `kept`: fields that say something else here, and stay. `here`: what the
    page said of them. `said`: what the source says, to be remembered. `publishes`: the page goes
    on line. `marks`: that it is gone, or back, is to be remembered. `is_written`: all of that was
    done."""

    kind: Kind
    name: Name
    source: str = ""
    external_id: str = ""
    known: Any = None
    page: Any = None
    changes: Values = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    here: Values = field(default_factory=dict)
    said: Values = field(default_factory=dict)
    publishes: bool = False
    marks: bool = False
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    is_written: bool = False

    @property
    def writes(self) -> bool:
        return bool(self.changes or self.publishes or self.remembers)

    @property
    def fields(self) -> list[str]:
        """What changes of the page, in words."""
        return [label_of(type(self.page), name) for name in self.changes]

    @property
    def remembers(self) -> bool:
        """What the source says is to be noted, whatever becomes of the page."""
        if self.kind == Kind.REFUSED:
            return False
        if self.kind == Kind.GONE and not self.changes:
            return self.marks
        return self.marks or self.known is None or self.known.said != self.said

    def refuse(self, reason: str) -> None:
        self.kind, self.reason, self.changes, self.publishes = Kind.REFUSED, reason, {}, False


@dataclass
class Plan:
    territory: Territory
    rows: list[Row]
    notes: Sequence[str] = ()
    sources: Sequence[str] = ()

    def count(self, kind: Kind) -> int:
        return Counter(row.kind for row in self.rows)[kind]

    @property
    def counts(self) -> dict[str, int]:
        return {kind.value: self.count(kind) for kind in Kind}


def settle(row: Row, wanted: Values, *, publish: bool) -> None:
    """Say what becomes of a record that was read: a new page, changes, or nothing.

    `row.known` and `row.page` are what was found of it, `wanted` what it is to say. `row.said` is
    already what is to be remembered.
    """
    if row.page is None and row.known is not None:
        row.kind, row.said = Kind.UNCHANGED, row.known.said
        row.notes.append(_("supprimé ici : il ne revient pas."))
    elif row.page is None:
        row.changes, row.publishes = wanted, publish
    else:
        compare(row, wanted, publish=publish)


def compare(row: Row, wanted: Values, *, publish: bool) -> None:
    """What the source says, what it said, and what the page says now.

    A field that says here what the source had said follows the source. Any other was changed here.
    """
    page, before = row.page, row.known.said if row.known else {}
    here = latest_values(page, sorted(wanted))
    row.kind, row.here = Kind.UNCHANGED, here
    for name, value in wanted.items():
        if value == here[name]:
            continue
        is_untouched = here[name] == before[name] if name in before else not here[name]
        if is_untouched:
            row.changes[name] = value
        else:
            row.kept.append(label_of(type(page), name))
    if page.locked:
        if row.changes:
            row.notes.append(_("la fiche est verrouillée : rien n’y change."))
        row.changes, row.said = {}, before
        return
    if row.changes:
        row.kind = Kind.CHANGED
    if publish and (row.changes or is_our_draft(page)) and may_publish(page, row.notes):
        row.kind, row.publishes = Kind.CHANGED, True


def latest_values(page: Page, names: Sequence[str]) -> Values:
    """What a page says, or its draft, when there is one."""
    if page.latest_revision is None:
        return values_of(page, names)
    content = page.latest_revision.content
    if set(names) <= content.keys():
        return plain_values(type(page), content, names)
    # Of before some field was there.
    return values_of(page.latest_revision.as_object(), names)


def is_our_draft(page: Page) -> bool:
    """Put there by an import that did not publish, and by nobody since."""
    is_new = not page.live and page.first_published_at is None
    return (is_new or (page.live and page.has_unpublished_changes)) and not is_somebodys(page)


def is_somebodys(page: Page) -> bool:
    return bool(page.latest_revision and page.latest_revision.user_id)


def may_publish(page: Page, notes: list[str]) -> bool:
    """Not what somebody is at work on, nor what somebody took off line."""
    if page.has_unpublished_changes and page.live and is_somebodys(page):
        notes.append(_("un brouillon attend sur cette fiche : le changement s’y ajoute."))
        return False
    if not page.live and (page.first_published_at or is_somebodys(page)):
        notes.append(_("la fiche n’est pas en ligne : elle y reste en brouillon."))
        return False
    return True
