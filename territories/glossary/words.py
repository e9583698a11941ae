"""The words of a site in the visitor's language, kept in the cache: they stand on most pages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from territories.pages.base import SOURCE_LANGUAGE

from .models import GlossaryEntry, lines

# A bound on what another machine may show after a change here.
TIMEOUT = 600


@dataclass(frozen=True)
class Word:
    """An entry as one language reads it. `language`: that of the meaning; `forms`: how the word is
    written in texts of that language. `name`: its words in that language, "" in French."""

    code: str
    term: str
    expansion: str
    name: str
    definition: str
    say_instead: str
    language: str
    forms: tuple[str, ...]


def words_of(territory: int | None, language: str) -> list[Word]:
    """Those of a territory, by primary key, None: the portal's; in the order of the alphabet.

    One query at most, and none while the cache has them.
    """
    owners = [None] if territory is None else [None, territory]
    found = cache.get_many([_key(owner, language) for owner in owners])
    missing = [owner for owner in owners if _key(owner, language) not in found]
    if missing:
        read: dict[int | None, dict[str, Word | None]] = {owner: {} for owner in missing}
        for entry in GlossaryEntry.objects.of_owners(missing):
            read[entry.territory_id][entry.code] = (
                None if entry.is_retired else spoken(entry, language)
            )
        fresh = {_key(owner, language): words for owner, words in read.items()}
        cache.set_many(fresh, TIMEOUT)
        found |= fresh
    words: dict[str, Word | None] = {}
    for owner in owners:
        words |= found[_key(owner, language)]
    shown = [word for word in words.values() if word is not None]
    return sorted(shown, key=lambda word: alphabetical(word.term))


def spoken(entry: GlossaryEntry, language: str) -> Word:
    said = entry.translations.get(language) or {}
    if language == SOURCE_LANGUAGE or not said.get("definition"):
        return Word(
            entry.code, entry.term, entry.expansion, "", entry.definition, entry.say_instead,
            SOURCE_LANGUAGE, tuple(entry.forms),
        )  # fmt: skip
    names = lines(said.get("words", ""))
    # A text in another language keeps the French letters: they are on the papers people are sent.
    letters = [form for form in entry.forms if is_acronym(form)]
    return Word(
        entry.code, entry.term, entry.expansion, names[0] if names else "", said["definition"],
        "", language, (*names, *letters),
    )  # fmt: skip


def is_acronym(form: str) -> bool:
    """« QPV », « E2C », « SIAEs »: only written so, where other words take capitals or not."""
    letters = form.removesuffix("s")
    return len(letters) > 1 and letters.isupper()


def alphabetical(term: str) -> str:
    """Without accents: « Épide » stands among the E."""
    return unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode().casefold()


def _key(owner: int | None, language: str) -> str:
    return f"territories.glossary:{'national' if owner is None else owner}:{language}"


def forget(owner: int | None) -> None:
    """The words of a territory, by primary key, or the national ones, have changed."""
    keys = [_key(owner, language) for language, _name in settings.LANGUAGES]
    transaction.on_commit(lambda: cache.delete_many(keys))


def forget_entry(instance: GlossaryEntry, **kwargs) -> None:
    forget(instance.territory_id)
