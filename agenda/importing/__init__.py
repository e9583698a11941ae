"""Events from elsewhere: fetch → read → plan → apply, each apart."""

from .records import BadFile
from .running import Result, import_events

__all__ = ["BadFile", "Result", "import_events"]
