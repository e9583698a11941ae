from .dates import Change, DateChange, EventDate, Occurrence, Repeat, Status
from .events import EventPage, EventPartner
from .imports import ImportedEvent
from .index import AgendaPage
from .partners import PartnerAgendaPage

__all__ = [
    "AgendaPage",
    "Change",
    "DateChange",
    "EventDate",
    "EventPage",
    "EventPartner",
    "ImportedEvent",
    "Occurrence",
    "PartnerAgendaPage",
    "Repeat",
    "Status",
]
