"""When the demo's events take place: their rules, what differs on one date, actions of months."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agenda.models import DateChange, EventDate

from .reading import WEEKDAYS, moment, monday_of


def timing(
    fact: dict[str, Any], *, today: date, zone: ZoneInfo, namespace: uuid.UUID
) -> dict[str, Any]:
    """The fields of an event that say when, from its `dates`, `changes` and `action`."""

    def key(*parts: object) -> uuid.UUID:
        # Fixed, so that a calendar knows the date again when it moves.
        return uuid.uuid5(namespace, "/".join(map(str, (fact["slug"], *parts))))

    found = {
        "dates": [
            EventDate(key=key(number), **rule(when, today, zone))
            for number, when in enumerate(fact["dates"])
        ],
        "changes": [
            DateChange(key=key("changes", number), **change(what, today, zone))
            for number, what in enumerate(fact.get("changes", []))
        ],
    }
    if action := fact.get("action"):
        monday = monday_of(today)
        found |= {
            "is_action": True,
            "runs_from": monday + timedelta(weeks=action["from_week"]),
            "runs_until": monday + timedelta(weeks=action["until_week"], days=6),
        }
    return found


def rule(fact: dict[str, Any], today: date, zone: ZoneInfo) -> dict[str, Any]:
    first = moment(fact, today, zone)
    others = [moment({**fact, **other}, today, zone) for other in fact.get("also", [])]
    return {
        "start": first.start,
        "end": first.end,
        "repeat": first.repeat,
        "until": first.until,
        "interval": fact.get("interval", 1),
        "weekdays": [WEEKDAYS.index(name) for name in fact.get("weekdays", [])],
        "days": [other.start.date().isoformat() for other in others],
    }


def change(fact: dict[str, Any], today: date, zone: ZoneInfo) -> dict[str, Any]:
    to = moment(fact["to"], today, zone) if "to" in fact else None
    return {
        "kind": fact["kind"],
        "original": moment(fact["of"], today, zone).start if "of" in fact else None,
        "start": to and to.start,
        "end": to and to.end,
        "note": fact.get("note", ""),
    }
