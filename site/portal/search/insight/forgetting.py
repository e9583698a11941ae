"""Keys of months that are over are destroyed, and old counts erased."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from portal.search.models import SearchTally, TallyKey, UnmetSearch

from .counting import Ending, this_month

# Said on the page about personal data, and in the admin.
MONTHS_KEPT = 6
KEPT_FOR = timedelta(days=183)


def forget_searches() -> None:
    oldest = timezone.localdate() - KEPT_FOR
    TallyKey.objects.filter(month__lt=this_month()).delete()
    add_up_closed_months()
    SearchTally.objects.filter(month__lt=oldest).delete()
    UnmetSearch.objects.filter(last_week__lt=oldest).delete()


@transaction.atomic
def add_up_closed_months() -> None:
    """One line a month for all that nobody will ever read."""
    left = SearchTally.objects.filter(month__lt=this_month()).exclude(digest="")
    sums = {each.value: Sum(each.value) for each in Ending}
    for found in left.order_by().values("month", "territory", "language").annotate(**sums):
        counts = {each.value: found.pop(each.value) for each in Ending}
        whose = {**found, "territory_id": found.pop("territory")}
        rest, _made = SearchTally.objects.get_or_create(
            month=found["month"],
            language=found["language"],
            territory_id=whose["territory_id"],
            digest="",
        )
        for name, number in counts.items():
            setattr(rest, name, getattr(rest, name) + number)
        rest.save()
    left.delete()
