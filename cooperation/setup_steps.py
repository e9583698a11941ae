from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .models import ActionsPage


def make_actions(territory, homes):
    make_index(homes[0], ActionsPage(title=_("Actions"), slug="actions"))


# The portal's list shows the actions of every territory.
SETUP_STEPS = [SetupStep("actions", make_actions, on_portal=True)]
