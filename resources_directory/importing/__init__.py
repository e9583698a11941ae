"""Structures and services from elsewhere, as data·inclusion: fetch → read → plan → apply."""

from .running import import_resources

__all__ = ["import_resources"]
