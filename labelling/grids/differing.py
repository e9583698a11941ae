"""What a version of the grid changes of another: what is added, removed, reworded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from labelling.models import Criterion

from .words import CRITERION_WORDS

COMPARED = ("kind", "number", *CRITERION_WORDS)


@dataclass(frozen=True)
class Reworded:
    """One field that says something else; `name` as the editor calls it."""

    field: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    before: Any
    after: Any
    fields: list[Reworded]

    @property
    def becomes(self) -> str:
        """ "mandatory" or "optional" when that changes, else ""."""
        return "" if self.before.kind == self.after.kind else self.after.kind


@dataclass(frozen=True)
class Difference:
    """Of criteria that have a `kind`, a `number`, a `key` and their words."""

    added: list[Any] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def difference(before: Iterable[Any], after: Iterable[Any]) -> Difference:
    """A criterion is known again by its key; without one, by its name."""
    left = {_name(one): one for one in before}
    added, changed = [], []
    for one in after:
        known = left.pop(_name(one), None)
        if known is None:
            added.append(one)
        elif fields := list(_reworded(known, one)):
            changed.append(Changed(known, one, fields))
    return Difference(added, list(left.values()), changed)


def _name(criterion: Any) -> tuple[str, str]:
    return ("key", criterion.key) if criterion.key else ("name", criterion.name)


def _reworded(before: Any, after: Any) -> Iterator[Reworded]:
    for name in COMPARED:
        was, says = getattr(before, name), getattr(after, name)
        if was != says:
            model_field = Criterion._meta.get_field(name)
            choices = dict(model_field.flatchoices)
            yield Reworded(
                name,
                str(model_field.verbose_name),
                str(choices.get(was, was)),
                str(choices.get(says, says)),
            )
