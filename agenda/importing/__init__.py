"""Events from elsewhere: fetch → read → plan → apply, each apart."""

from .running import import_events

__all__ = ["import_events"]
