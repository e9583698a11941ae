"""The languages of the pages. They change with a deployment, and are asked for on every request."""

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale

KEY = "territories:locales"


def language_of(locale_id: int) -> str:
    """The language code of a Locale, by its primary key."""
    codes = cache.get(KEY)
    if codes is None or locale_id not in codes:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        cache.set(KEY, codes, timeout=None)
    return codes[locale_id]


@receiver([post_save, post_delete], sender=Locale)
def forget(**kwargs) -> None:
    cache.delete(KEY)
