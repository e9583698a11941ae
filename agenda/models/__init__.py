from .dates import Change, DateChange, EventDate, Occurrence, Repeat, Status
from .events import EventPage, EventPartner
from .index import AgendaPage
from .partners import PartnerAgendaPage

__all__ = [
    "AgendaPage",
    "Change",
    "DateChange",
    "EventDate",
    "EventPage",
    "EventPartner",
    "Occurrence",
    "PartnerAgendaPage",
    "Repeat",
    "Status",
]
