from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .models import NoticePage


def make_notices(territory, homes):
    make_index(homes[0], NoticePage(title="Annonces", slug="annonces"))


SETUP_STEPS = [SetupStep("notices", make_notices)]
