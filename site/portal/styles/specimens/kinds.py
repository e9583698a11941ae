"""What a specimen is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class State:
    """One way a component may look: `words` say which, `values` are its context."""

    words: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Specimen:
    """`around`: classes of the element that holds the states (an <ul> when they are lines)."""

    template: str
    states: Sequence[State]
    around: str = "flow"
    is_list: bool = False

    @property
    def id(self) -> str:
        return self.template.removesuffix(".html").replace("/", "-")


@dataclass(frozen=True)
class Section:
    """One style sheet's worth of components."""

    id: str
    title: Any
    specimens: Sequence[Specimen]
