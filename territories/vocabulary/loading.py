"""The vocabulary's facts, kept in one versioned file and loaded after every migration."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from .families import forget_families
from .models import Term

TERMS_FILE = Path(__file__).parent / "data" / "terms.json"


@cache
def terms_file() -> dict[str, Any]:
    """`{"data_inclusion": version, "terms": [{kind, code, label, resident_label, icon}]}`."""
    return json.loads(TERMS_FILE.read_text(encoding="utf-8"))


@cache
def known_codes() -> frozenset[str]:
    """Every code of the vocabulary, whatever its kind."""
    return frozenset(fact["code"] for fact in terms_file()["terms"])


def load_terms() -> tuple[int, int]:
    """Bring the table in line with the file; returns how many terms were made and changed.

    The institution's label follows the file. What the national team may have changed (the
    residents' word, the icon, the order) is only filled in when the term is made.
    """
    known = {(term.kind, term.code): term for term in Term.objects.all()}
    made, changed = [], []
    for position, fact in enumerate(terms_file()["terms"]):
        term = known.get((fact["kind"], fact["code"]))
        if term is None:
            made.append(
                Term(
                    kind=fact["kind"],
                    code=fact["code"],
                    label=fact["label"],
                    resident_label=fact.get("resident_label", ""),
                    icon=fact.get("icon", ""),
                    position=position,
                )
            )
        elif term.label != fact["label"]:
            term.label = fact["label"]
            changed.append(term)
    Term.objects.bulk_create(made)
    Term.objects.bulk_update(changed, ["label"])
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
