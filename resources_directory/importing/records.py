"""What a file holds, before anybody asks whether it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models

from resources_directory.data_inclusion import SERVICE, STRUCTURE, Field
from resources_directory.models import ActorPage, ServicePage
from territories.spreadsheets.tables import Line


class Resource(StrEnum):
    STRUCTURE = "structure"
    SERVICE = "service"

    @property
    def fields(self) -> tuple[Field, ...]:
        return STRUCTURE if self is Resource.STRUCTURE else SERVICE

    @property
    def model(self) -> type[models.Model]:
        return ActorPage if self is Resource.STRUCTURE else ServicePage


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


@dataclass(frozen=True)
class Sheet:
    """The records of one kind in one file. `names`: what the file speaks of; about any other it is
    silent."""

    lines: Sequence[Line]
    names: frozenset[str]
    notes: Sequence[str] = field(default_factory=tuple)
