from .dates import Change, DateChange, EventDate, Occurrence, Repeat, Status
from .events import EventPage, EventPartner
from .imports import ImportedEvent
from .index import AgendaPage
from .partners import PartnerAgendaPage
from .places import PlacesFor
from .registrations import Registration, State

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
    "PlacesFor",
    "Registration",
    "Repeat",
    "State",
    "Status",
]
