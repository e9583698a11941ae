from django.utils.translation import pgettext_lazy

from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .models import AgendaPage


def make_agenda(territory, homes):
    make_index(homes[0], AgendaPage(title=pgettext_lazy("titre de page", "Agenda"), slug="agenda"))


# The portal's agenda lists the events of every territory.
SETUP_STEPS = [SetupStep("agenda", make_agenda, on_portal=True)]
