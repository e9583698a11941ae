"""What to expect of an address of the admin, and how the rows of the table are written."""

from __future__ import annotations

from dataclasses import dataclass, field

from .beta import WORD

HIDDEN, REFUSED, NATIONAL, HARMLESS = "hidden", "refused", "national", "harmless"


@dataclass(frozen=True)
class Visit:
    """`things`: which of Beta's an argument of the address stands for, or a word as it is.

    `queries`: what to ask for; `{name}` is the primary key of one of Beta's things. `form`: what to
    post beside nothing at all, in the same manner.
    """

    expected: str
    things: dict[str, str] = field(default_factory=dict)
    queries: tuple[str, ...] = ("",)
    form: dict[str, str] = field(default_factory=dict)


EVENT = {"content_type_app_name": "agenda", "content_type_model_name": "eventpage"}
SNIPPET = {"app_label": "labelling", "model_name": "criteriagrid"}
SEARCHES = ("", f"q={WORD}")


def each(expected: str, names: str, **details) -> dict[str, Visit]:
    return {name: Visit(expected, **details) for name in names.split()}


def under(namespace: str, names: str) -> str:
    return " ".join(f"{namespace}:{name}" for name in names.split())


VIEWSET = "index index_results add edit delete history history_results usage copy"
SNIPPETS = "list list_results add edit delete usage history history_results"
CHOOSER = "choose choose_results create"
