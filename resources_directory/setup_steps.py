from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .models import ActorMapPage, GuidePage


def make_guide(territory, homes):
    make_index(homes[0], GuidePage(title=_("Guide"), slug="guide"))


def make_map(territory, homes):
    make_index(homes[0], ActorMapPage(title=_("Carte"), slug="carte"))


# The portal's guide and map show the records of every territory.
SETUP_STEPS = [
    SetupStep("guide", make_guide, on_portal=True),
    SetupStep("map", make_map, on_portal=True),
]
