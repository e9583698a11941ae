from .applications import Answer, Application, Evidence, State, Subject
from .grids import CriteriaGrid, Criterion, CriterionKind, GridAdoption
from .labels import Label, LabelCheck, Status
from .pages import LabelPage
from .practice import PracticeReuse, PracticeSheetPage, PracticeSheetsPage, PracticeStep
from .reports import INDICATORS, LATER_ONLY, WORDS, Moment, Report, ReportPhoto
from .reviews import ApplicationStep, Opinion, Question, Reminder, ReviewRules

__all__ = [
    "INDICATORS",
    "LATER_ONLY",
    "WORDS",
    "Answer",
    "Application",
    "ApplicationStep",
    "CriteriaGrid",
    "Criterion",
    "CriterionKind",
    "Evidence",
    "GridAdoption",
    "Label",
    "LabelCheck",
    "LabelPage",
    "Moment",
    "Opinion",
    "PracticeReuse",
    "PracticeSheetPage",
    "PracticeSheetsPage",
    "PracticeStep",
    "Question",
    "Reminder",
    "Report",
    "ReportPhoto",
    "ReviewRules",
    "State",
    "Status",
    "Subject",
]
