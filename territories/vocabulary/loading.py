"""The vocabulary's facts, kept in one versioned file and loaded after every migration."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from .families import forget_families
from .models import Term

DATA = Path(__file__).parent / "data"
TERMS_FILE = DATA / "terms.json"


@cache
def terms_file() -> dict[str, Any]:
    """`{"data_inclusion": version, "terms": [{kind, code, label, resident_label, icon}]}`."""
    return json.loads(TERMS_FILE.read_text(encoding="utf-8"))


@cache
def words_files() -> dict[str, dict[str, dict[str, str]]]:
    """`words.<language>.json`, by language: kind, then code, to the residents' words.

    Networks are proper names and have none.
    """
    return {
        path.name.split(".")[1]: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(DATA.glob("words.*.json"))
    }


def translations_of(kind: str, code: str) -> dict[str, str]:
    found = {
        language: words.get(kind, {}).get(code, "") for language, words in words_files().items()
    }
    return {language: words for language, words in found.items() if words}


@cache
def known_codes() -> frozenset[str]:
    """Every code of the vocabulary, whatever its kind."""
    return frozenset(fact["code"] for fact in terms_file()["terms"])


def load_terms() -> tuple[int, int]:
    """Bring the table in line with the files; returns how many terms were made and changed.

    The institution's label follows the file. What the national team may have changed (the
    residents' words, the icon, the order) is only filled in when the term is made, or when a
    language is new.
    """
    known = {(term.kind, term.code): term for term in Term.objects.all()}
    made, changed = [], []
    for position, fact in enumerate(terms_file()["terms"]):
        term = known.get((fact["kind"], fact["code"]))
        translations = translations_of(fact["kind"], fact["code"])
        if term is None:
            made.append(
                Term(
                    kind=fact["kind"],
                    code=fact["code"],
                    label=fact["label"],
                    resident_label=fact.get("resident_label", ""),
                    translations=translations,
                    icon=fact.get("icon", ""),
                    position=position,
                )
            )
        elif term.label != fact["label"] or translations.keys() - term.translations.keys():
            term.label = fact["label"]
            term.translations = {**translations, **term.translations}
            changed.append(term)
    Term.objects.bulk_create(made)
    Term.objects.bulk_update(changed, ["label", "translations"])
    if made:
        _attach_parents()
    forget_families()
    return len(made), len(changed)


def _attach_parents() -> None:
    categories = {term.code: term for term in Term.objects.of(Term.Kind.THEME_CATEGORY)}
    orphans = list(Term.objects.of(Term.Kind.THEME).filter(parent=None))
    for term in orphans:
        term.parent = categories.get(term.code.split("--")[0])
    Term.objects.bulk_update(orphans, ["parent"])


def load_terms_after_migrate(sender, **kwargs) -> None:
    load_terms()
