"""data·inclusion v1: one table of its fields and ours, read when records leave and when they come
back."""

from .fields import SERVICE, SOURCE, STRUCTURE, Field, Shape
from .rows import identifier, service_row, structure_row

__all__ = [
    "SERVICE",
    "SOURCE",
    "STRUCTURE",
    "Field",
    "Shape",
    "identifier",
    "service_row",
    "structure_row",
]
