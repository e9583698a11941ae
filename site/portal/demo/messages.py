"""What people have written with the contact form, in the days before."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from territories.models import ContactMessage

if TYPE_CHECKING:
    from .territory import TerritoryLoader

HOUR = time(10, 20)


def load_messages(loader: TerritoryLoader) -> None:
    zone = loader.territory.zone
    for fact in loader.content.messages:
        said = {name: value for name, value in fact.items() if name not in {"day", "answered"}}
        day = loader.today + timedelta(days=fact["day"])
        written = datetime.combine(day, HOUR, tzinfo=zone)
        ContactMessage.objects.update_or_create(
            territory=loader.territory,
            text=said.pop("text"),
            defaults={
                "language": "fr",
                **said,
                "created_at": written,
                "answered_at": written + timedelta(hours=5) if fact.get("answered") else None,
            },
        )
