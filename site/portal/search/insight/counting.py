"""Counting what was searched for in vain: under a hash nobody can read, then in plain words."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.search.models import SearchTally, TallyKey, UnmetSearch

from .readable import folded_words, readable_text

if TYPE_CHECKING:
    from territories.models import Territory

# In vain: words that fewer have searched for are never written anywhere.
READABLE_FROM = 5
# New words that a territory may bring in a day; beyond, only known ones are counted.
NEW_A_DAY = 300
A_DAY = 24 * 3600


class Ending(StrEnum):
    """The names of the columns they are counted in."""

    NOTHING = "without_result"
    LEFT = "without_click"
    OPENED = "opened"


@transaction.atomic
def count_search(*, territory: Territory | None, language: str, text: str, ending: Ending) -> None:
    """Count one more search for these words. Neither who, nor when but for the week, is kept."""
    folded = folded_words(text)
    if not folded:
        return
    whose = {"territory": territory, "language": language}
    week = this_week()
    one_more = {ending.value: F(ending.value) + 1}
    seen = {} if ending is Ending.OPENED else {"last_week": week}
    if UnmetSearch.objects.filter(**whose, folded=folded).update(**one_more, **seen):
        return
    month = this_month()
    digest = digest_of(folded, month=month, **whose)
    same = SearchTally.objects.filter(**whose, month=month, digest=digest)
    if not same.update(**one_more):
        if ending is not Ending.OPENED and there_is_room(territory):
            try:
                with transaction.atomic():
                    same.create(**whose, month=month, digest=digest, **{ending.value: 1})
            except IntegrityError:  # somebody else's first, at the same instant
                same.update(**one_more)
        return
    tally = same.select_for_update().first()
    if tally and tally.times >= READABLE_FROM and (shown := readable_text(text)):
        counts = {each.value: getattr(tally, each.value) for each in Ending}
        UnmetSearch.objects.create(**whose, folded=folded, text=shown, last_week=week, **counts)
        tally.delete()


def digest_of(folded: str, *, territory: Territory | None, language: str, month: date) -> str:
    """The same words are the same hash for one month, in one territory and one language."""
    owner = territory.pk if territory else 0
    value = f"{owner}:{language}:{folded}"
    return salted_hmac(secret_of(month), value, algorithm="sha256").hexdigest()[:32]


def secret_of(month: date) -> str:
    """Made at the first need. The site's own secret is mixed in: neither opens anything alone."""
    key, made = TallyKey.objects.get_or_create(
        month=month, defaults={"secret": secrets.token_hex(32)}
    )
    if made:
        TallyKey.objects.filter(month__lt=month).delete()
    return key.secret


def there_is_room(territory: Territory | None) -> bool:
    """A brake against floods: two at the same instant may count as one."""
    owner = territory.pk if territory else "portal"
    counter = f"portal.search.insight:{timezone.localdate()}:{owner}"
    made = cache.get(counter, 0)
    if made >= NEW_A_DAY:
        return False
    cache.set(counter, made + 1, A_DAY)
    return True


def this_week() -> date:
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


def this_month() -> date:
    return timezone.localdate().replace(day=1)
