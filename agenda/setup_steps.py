from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .models import AgendaPage


def make_agenda(territory, homes):
    make_index(homes[0], AgendaPage(title=_("Agenda"), slug="agenda"))


# The portal's agenda lists the events of every territory.
SETUP_STEPS = [SetupStep("agenda", make_agenda, on_portal=True)]
