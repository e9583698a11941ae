from resources_directory.choices import OwnChoices
from territories.pages.clock import OnTerritoryClock
from territories.pages.forms import TerritoryPageForm

from .dates.editing import DatesForm


class EventForm(OnTerritoryClock, OwnChoices, DatesForm, TerritoryPageForm):
    """Hours on the territory's clock; only its own actors and neighbourhoods."""
