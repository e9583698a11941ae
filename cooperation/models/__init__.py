from .actions import ActionActor, ActionPage, ActionsPage
from .calls import CallForProjectsPage, CallsPage, State
from .groups import Correspondent, GroupMember, WorkingGroupPage, WorkingGroupsPage
from .partners import Partner, PartnersPage
from .responses import ProjectResponse, ResponseFile
from .trainings import TrainingDate, TrainingPage, TrainingsPage

__all__ = [
    "ActionActor",
    "ActionPage",
    "ActionsPage",
    "CallForProjectsPage",
    "CallsPage",
    "Correspondent",
    "GroupMember",
    "Partner",
    "PartnersPage",
    "ProjectResponse",
    "ResponseFile",
    "State",
    "TrainingDate",
    "TrainingPage",
    "TrainingsPage",
    "WorkingGroupPage",
    "WorkingGroupsPage",
]
