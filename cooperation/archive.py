"""Answers to calls travel without who wrote them, and without their files, which hold names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from territories.models import Territory
from territories.plugins.contributions import Part

from .models import CallForProjectsPage, ProjectResponse
from .responses.receiving import erase_responses

PERSONAL = ("contact_name", "email", "phone")
WORDS = ("reference", "organisation", "siret", "title", "description", "language", *PERSONAL)


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    found = ProjectResponse.objects.filter(territory=territory).select_related("call")
    for response in found.order_by("pk"):
        yield {
            "identity": str(response.identity),
            "call": str(response.call.translation_key),
            "sent_at": response.sent_at.isoformat(),
            "amount": None if response.amount is None else str(response.amount),
            **{name: getattr(response, name) for name in WORDS},
        }


@transaction.atomic
def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """Leaves out the answers to calls that are not there, and those whose reference is."""
    calls = CallForProjectsPage.objects.records().filter(territory=territory)
    for row in rows:
        call = calls.filter(translation_key=row["call"]).first()
        known = ProjectResponse.objects.filter(reference=row["reference"])
        if call is None or known.exists():
            continue
        ProjectResponse.objects.create(
            identity=row["identity"],
            call=call,
            territory=territory,
            sent_at=datetime.fromisoformat(row["sent_at"]),
            amount=None if row["amount"] is None else Decimal(row["amount"]),
            **{name: row[name] for name in WORDS},
        )


PARTS = [Part("responses", export, restore, erase_responses, personal=PERSONAL)]
