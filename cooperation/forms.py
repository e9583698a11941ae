from resources_directory.choices import OwnChoices
from territories.pages.clock import OnTerritoryClock
from territories.pages.content import BodyForm


class CooperationForm(OnTerritoryClock, OwnChoices, BodyForm):
    """Hours on the territory's clock; only its own actors and neighbourhoods."""
