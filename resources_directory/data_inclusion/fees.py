"""« Gratuit sous condition » in data·inclusion v1, which has only « gratuit » and « payant ».

It leaves as « gratuit », as the pipeline of data·inclusion took it from v0, with a sentence ahead
of the details; the same sentence makes it come back.
"""

from __future__ import annotations

import re

from resources_directory.codes import Fees

# Data, in French whatever the language of whoever asks for them.
SENTENCE = "Gratuit sous condition."
SAID = re.compile(r"\s*gratuit(?:e|é)? sous conditions?\s*(?:[.:,;]\s*|$)", re.IGNORECASE)


def fees_to_v1(fees: str, details: str) -> tuple[str, str]:
    """`frais` and `frais_precisions`."""
    if fees != Fees.CONDITIONAL:
        return fees, details
    return Fees.FREE.value, f"{SENTENCE} {details}".strip()


def fees_from_v1(fees: str, details: str) -> tuple[str, str]:
    """The same back. What another producer says in these words means the same."""
    if fees == Fees.FREE and (found := SAID.match(details)):
        return Fees.CONDITIONAL.value, details[found.end() :].strip()
    return fees, details
