"""What a reader makes of a file: its records, or the reasons why not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


class BadFile(Exception):
    """Nothing of the file is read; `str()` is the French sentence that says why."""


class BadRecord(Exception):
    """One record is not read; `str()` is the French sentence that says why."""


@dataclass(frozen=True)
class Name:
    """How people find a record in the file: « Café emploi » (n° 3, abc@example.org).

    `where`: the words that stand for its number, where a file has sheets and lines.
    """

    number: int
    title: str = ""
    identifier: str = ""
    where: str = ""

    def __str__(self) -> str:
        facts = ", ".join(filter(None, [self.place, self.identifier[:60]]))
        title = self.title if len(self.title) <= 80 else f"{self.title[:79]}…"
        return f"« {title} » ({facts})" if title else facts

    @property
    def place(self) -> str:
        return self.where or f"n° {self.number}"


@dataclass(frozen=True)
class Refused:
    """`external_id`: of the record it belongs to, which is not gone."""

    name: Name
    reason: str
    external_id: str = ""


def refuse_twins(records: Iterable[Any]) -> list[Any]:
    """The first of those that say they are the same stays.

    A record that was read has a `name`, a `source` and an `external_id`.
    """
    known: dict[Hashable, Name] = {}
    found: list[Any] = []
    for record in records:
        if not isinstance(record, Refused):
            first = known.setdefault((record.source, record.external_id), record.name)
            if first is not record.name:
                reason = _("il a le même identifiant qu’un autre (%(place)s).") % {
                    "place": first.place
                }
                record = Refused(record.name, reason, record.external_id)
        found.append(record)
    return found
