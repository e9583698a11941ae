"""Which words are the same search, and which may ever be read."""

from __future__ import annotations

import re
import unicodedata

from portal.search.models import UnmetSearch
from portal.search.wording.folding import LONGEST_QUERY, WORD, clean, fold

# Six figures, whatever stands between: a telephone, a day of birth, a number of a file. A postcode
# has five.
FIGURES = re.compile(r"(?:\d[\W_]*){6}")
ADDRESSES = re.compile(r"@|://|\bwww\.|[(\[{]\s*at\s*[)\]}]|\barr?obas", re.IGNORECASE)


def folded_words(text: str) -> str:
    """By which a search is known again; "" when there is nothing to count."""
    found = " ".join(WORD.findall(fold(clean(text, LONGEST_QUERY))))
    # Some characters fold into many: nothing real is that long.
    return found if len(found) <= LONGEST_QUERY else ""


def readable_text(text: str) -> str:
    """As it may be shown, in small letters and not too long; "" when it may say who somebody is."""
    text = clean(text, LONGEST_QUERY)
    plain = unicodedata.normalize("NFKC", text)
    if FIGURES.search(plain) or ADDRESSES.search(plain):
        return ""
    text, longest = text.lower(), UnmetSearch.LONGEST_TEXT
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
