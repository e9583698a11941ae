from .dates import EventDate, Occurrence, Repeat, Status
from .events import EventPage, EventPartner
from .index import AgendaPage

__all__ = [
    "AgendaPage",
    "EventDate",
    "EventPage",
    "EventPartner",
    "Occurrence",
    "Repeat",
    "Status",
]
