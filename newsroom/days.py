"""On whose calendar a day is: the territory's, Paris's on the portal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from territories.models import Territory


def zone_of(territory: Territory | None) -> ZoneInfo:
    return territory.zone if territory else ZoneInfo(settings.TIME_ZONE)


def today_in(territory: Territory | None) -> date:
    return timezone.localdate(timezone=zone_of(territory))
