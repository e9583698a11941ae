from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .models import ActionsPage, CallsPage, PartnersPage, TrainingsPage, WorkingGroupsPage


def make_actions(territory, homes):
    make_index(homes[0], ActionsPage(title=_("Actions"), slug="actions"))


# What is for professionals stands at the foot of the pages: residents' menu stays short.
def make_groups(territory, homes):
    make_index(
        homes[0],
        WorkingGroupsPage(
            title=_("Groupes de travail et correspondants"), slug="groupes-de-travail"
        ),
        in_menus=False,
    )


def make_calls(territory, homes):
    make_index(
        homes[0], CallsPage(title=_("Appels à projets"), slug="appels-a-projets"), in_menus=False
    )


def make_trainings(territory, homes):
    make_index(
        homes[0],
        TrainingsPage(
            title=_("Formations pour les professionnels"), slug="formations-professionnels"
        ),
        in_menus=False,
    )


def make_partners(territory, homes):
    make_index(homes[0], PartnersPage(title=_("Partenaires"), slug="partenaires"), in_menus=False)


# The portal's list shows the actions of every territory.
SETUP_STEPS = [
    SetupStep("actions", make_actions, on_portal=True),
    SetupStep("working_groups", make_groups),
    SetupStep("calls", make_calls),
    SetupStep("trainings", make_trainings),
    SetupStep("partners", make_partners),
]
