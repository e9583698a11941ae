from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .models import AgendaPage


def make_agenda(territory, homes):
    is_new = not AgendaPage.objects.child_of(homes[0]).exists()
    make_index(homes[0], AgendaPage(title="Agenda", slug="agenda"))
    if is_new:
        # What happens soon opens the menu; a coordinator may then arrange it otherwise.
        for home in homes:
            for index in AgendaPage.objects.child_of(home):
                index.move(home, pos="first-child")


# The portal's agenda lists the events of every territory.
SETUP_STEPS = [SetupStep("agenda", make_agenda, on_portal=True)]
