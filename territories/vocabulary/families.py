"""The families of themes, which stand on most pages: kept in the cache."""

from __future__ import annotations

from django.core.cache import cache
from django.db import transaction

from .models import Term

KEY = "territories.vocabulary.families"
# A bound on what another machine may show after a change here.
TIMEOUT = 600


def families() -> dict[str, Term]:
    """By code, in the order of the vocabulary."""
    found = cache.get(KEY)
    if found is None:
        found = {term.code: term for term in Term.objects.of(Term.Kind.THEME_CATEGORY)}
        cache.set(KEY, found, TIMEOUT)
    return found


def forget_families(**kwargs) -> None:
    transaction.on_commit(lambda: cache.delete(KEY))
