"""Reading the demo's data files: one folder a territory, TOML, described in content/README.md."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta, weekday

CONTENT = Path(__file__).parent / "content"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class TerritoryContent:
    """The files of one territory, as read: lists of tables under the names of the format."""

    territory: dict[str, Any]
    pages: list[dict[str, Any]]
    actors: list[dict[str, Any]]
    routes: list[dict[str, Any]]
    services: list[dict[str, Any]]
    events: list[dict[str, Any]]
    newsletters: list[dict[str, Any]]
    private: dict[str, Any]
    news: list[dict[str, Any]]
    cooperation: dict[str, Any]
    stories: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    registrations: list[dict[str, Any]]
    applications: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    labels: list[dict[str, Any]]
    practice: dict[str, Any]
    search: dict[str, Any]


def territories() -> list[str]:
    return sorted(folder.name for folder in CONTENT.iterdir() if folder.is_dir())


def read(slug: str) -> TerritoryContent:
    def table(name: str) -> dict[str, Any]:
        with (CONTENT / slug / f"{name}.toml").open("rb") as file:
            return tomllib.load(file)

    return TerritoryContent(
        territory=table("territory"),
        pages=table("pages")["page"],
        actors=table("actors")["actor"],
        routes=table("actors").get("route", []),
        services=table("services")["service"],
        events=table("events")["event"],
        newsletters=table("newsletter")["newsletter"],
        private=table("private"),
        news=table("newsroom")["news"],
        cooperation=table("cooperation"),
        stories=table("newsroom")["story"],
        messages=table("messages")["message"],
        registrations=table("registrations")["registration"],
        applications=table("applications")["application"],
        reports=table("reports")["report"],
        labels=table("labels")["label"],
        practice=table("practice"),
        search=table("search"),
    )


def portal() -> dict[str, Any]:
    """What the portal’s home says below its lists, blocks by language; and its `legal` facts."""
    with (CONTENT / "portal.toml").open("rb") as file:
        return tomllib.load(file)


def fingerprint() -> str:
    """Changes with the content and with the code that loads it."""
    digest = hashlib.sha256()
    for path in sorted([*CONTENT.rglob("*.toml"), *Path(__file__).parent.glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Moment:
    """One line of an event's dates, on the calendar: aware datetimes and the rule's end."""

    start: datetime
    end: datetime | None
    repeat: str
    until: date | None


def monday_of(today: date) -> date:
    return today - timedelta(days=today.weekday())


def moment(fact: dict[str, Any], today: date, zone: ZoneInfo) -> Moment:
    """The date of a fact that says `day = +3`, `weekday = "tue"` and `week = 1`, or
    `last = "tue"`: the last Tuesday of this month.

    A weekday's date is that of the ISO week `week` weeks from the current one, so that the demo's
    Tuesdays stay Tuesdays.
    """
    monday = monday_of(today)
    if "day" in fact:
        day = today + timedelta(days=fact["day"])
    elif "last" in fact:
        day = today + relativedelta(day=31, weekday=weekday(WEEKDAYS.index(fact["last"]), -1))
    else:
        day = monday + timedelta(weeks=fact["week"], days=WEEKDAYS.index(fact["weekday"]))
    weeks = fact.get("until_weeks")

    def at(hour: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(hour), tzinfo=zone)

    return Moment(
        start=at(fact["start"]),
        end=at(fact["end"]) if fact.get("end") else None,
        repeat=fact.get("repeat", ""),
        until=monday + timedelta(weeks=weeks, days=6) if weeks is not None else None,
    )
