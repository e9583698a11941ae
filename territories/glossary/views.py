from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from territories.pages.base import SOURCE_LANGUAGE

from .words import Word, alphabetical, words_of


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of a site, letter by letter, with the French ones first: they are what is met."""
    territory = request.territory and request.territory.pk
    words = words_of(territory, get_language() or SOURCE_LANGUAGE)
    return render(request, "territories/glossary/index.html", {"letters": by_letter(words)})


def by_letter(words: list[Word]) -> list[tuple[str, list[Word]]]:
    """In the order of the alphabet, as the words are; « 0–9 » for what begins with a digit."""
    return [(letter, list(group)) for letter, group in groupby(words, key=initial)]


def initial(word: Word) -> str:
    first = alphabetical(word.term)[:1].upper()
    return first if first.isalpha() else "0–9"
