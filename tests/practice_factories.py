"""Reports received and practice sheets for tests, made as they are made on the site."""

from agenda_factories import make_event
from factories import make_page

from labelling.labels.granting import grant_label
from labelling.models import (
    CriteriaGrid,
    PracticeSheetPage,
    PracticeSheetsPage,
    PracticeStep,
)
from labelling.reports.receiving import keep_report
from territories.models import Term
from territories.provisioning.publishing import publish_unedited

FIGURES = {"actions": 1, "reached": 40, "women": 24, "men": 16, "in_qpv": None, "directed": 3}
WORDS = {
    "worked": "Le café a mis à l’aise.\nLes employeurs sont restés.",
    "difficult": "Trouver la salle <a>.",
    "advice": "Appelez les relais deux fois.",
}


def make_label(event):
    grid = CriteriaGrid.objects.current()
    return grant_label(page=event, grid=grid, criteria=grid.criteria.filter(kind="mandatory"))


def make_report(territory, *, event=None, **said):
    """The report of a labelled event, as its organiser has filled it in."""
    return make_received(make_label(event or make_event(territory, "Le forum")), **said)


def make_received(label, moment="just_after", **said):
    report = label.reports.get(moment=moment, happened_on=None)
    held = list(label.checks.order_by("pk").values_list("criterion", flat=True))
    words = {name: said.pop(name, words) for name, words in WORDS.items()}
    keep_report(report=report, figures={**FIGURES, **said}, words={**words, "criteria_held": held})
    report.refresh_from_db()
    return report


def sheets_of(territory):
    return PracticeSheetsPage.objects.records().get(territory=territory)


def fresh_sheet(title, **fields):
    sheet = PracticeSheetPage(title=title, summary="On se rencontre, puis on embauche.")
    for name in ("themes", "publics"):
        if name in fields:
            setattr(sheet, name, list(Term.objects.filter(code__in=fields.pop(name))))
    steps = fields.pop("steps", [("Trouver la salle", "la mairie", "deux mois avant")])
    for name, value in fields.items():
        setattr(sheet, name, value)
    sheet.steps = [PracticeStep(what=what, who=who, when=when) for what, who, when in steps]
    return sheet


def make_sheet(territory, title="Un forum sur la place", *, published=True, **fields):
    return make_page(sheets_of(territory), fresh_sheet(title, **fields), published=published)


def make_many_sheets(territory, ranks, **fields):
    """As a program makes them, without a revision: fifty cost what ten do."""
    index = sheets_of(territory)
    for rank in ranks:
        sheet = fresh_sheet(f"Fiche {rank}", **dict(fields))
        sheet.locale = index.locale
        publish_unedited(sheet, index)
