"""What a file would do, line by line, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models.functions import Lower

from newsletter.models import Objection, Subscriber, SubscriberState
from newsletter.models.subscribers import digest_of
from territories.models import Territory

from .reading import Entry


class Kind(StrEnum):
    NEW = "new"
    KNOWN = "known"
    # They asked for no more letters: no file brings them back.
    OBJECTED = "objected"
    REFUSED = "refused"


@dataclass(frozen=True)
class Line:
    entry: Entry
    kind: Kind


@dataclass(frozen=True)
class Plan:
    lines: Sequence[Line]

    def of(self, kind: Kind) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    @property
    def counts(self) -> Counter[Kind]:
        return Counter(line.kind for line in self.lines)


def plan_entries(territory: Territory, entries: Sequence[Entry]) -> Plan:
    """Two queries, however many lines there are."""
    rows = Subscriber.objects.filter(territory=territory).exclude(state=SubscriberState.PENDING)
    known = set(rows.values_list(Lower("email"), flat=True))
    digests = set(Objection.objects.filter(territory=territory).values_list("digest", flat=True))

    def kind_of(entry: Entry) -> Kind:
        if entry.reason:
            return Kind.REFUSED
        if digest_of(territory, entry.email) in digests:
            return Kind.OBJECTED
        return Kind.KNOWN if entry.email.lower() in known else Kind.NEW

    return Plan([Line(entry, kind_of(entry)) for entry in entries])
