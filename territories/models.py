"""The models of the ground, gathered here for Django; each lives in the folder of its idea."""

from .jobs.models import JobRun
from .pages.content import ContentPage
from .pages.homes import TerritoryHomePage
from .places.models import Commune, Neighbourhood
from .plugins.models import PluginSwitch
from .territory import Territory
from .vocabulary.models import Term

__all__ = [
    "Commune",
    "ContentPage",
    "JobRun",
    "Neighbourhood",
    "PluginSwitch",
    "Term",
    "Territory",
    "TerritoryHomePage",
]
