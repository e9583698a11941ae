"""Sentences with a number that a script completes: one for each plural form of a language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import ngettext

# A number of each category of CLDR, which `Intl.PluralRules` names too.
NUMBERS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}

SENTENCES: Mapping[str, Callable[[int], str]] = {
    "here": lambda n: ngettext("%(count)s lieu sur la carte", "%(count)s lieux sur la carte", n),
    "group": lambda n: ngettext("%(count)s lieu, zoomer", "%(count)s lieux, zoomer", n),
    "stack": lambda n: ngettext("%(count)s lieu ici, voir", "%(count)s lieux ici, les voir", n),
    "gathered": lambda n: ngettext("%(count)s lieu ici", "%(count)s lieux ici", n),
}


def forms(sentence: Callable[[int], str]) -> dict[str, str]:
    """By category; those that a language says as « other » are left out."""
    found = {category: sentence(number) for category, number in NUMBERS.items()}
    return {
        category: words
        for category, words in found.items()
        if category == "other" or words != found["other"]
    }
