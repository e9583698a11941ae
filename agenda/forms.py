from resources_directory.choices import OwnChoices
from territories.pages.clock import OnTerritoryClock
from territories.pages.forms import TerritoryPageForm


class EventForm(OnTerritoryClock, OwnChoices, TerritoryPageForm):
    """Hours on the territory's clock; only its own actors and neighbourhoods."""
