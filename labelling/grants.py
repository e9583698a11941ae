from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Grant, PageGrant, Role

# Whoever judges what others wrote; may be somebody from outside.
ROLES = [Role("label-reviewer", _("comité du label"))]

PAGE_GRANTS = [PageGrant("label-reviewer", "agenda.AgendaPage", ("explore",))]

JUDGES = ("coordinator", "label-reviewer")
GRID = ("labelling.criteriagrid", "labelling.criterion")

GRANTS = [
    # The grid is the national team's; whoever judges or writes by it reads it.
    *(Grant(role, model, ("view",)) for role in (*JUDGES, "editor") for model in GRID),
    *(Grant("team", model, ("view", "add", "change", "delete")) for model in GRID),
    # A label is given by deciding an application; whoever decides may take it back.
    Grant("coordinator", "labelling.label", ("change",)),
    # The committee reads and gives its opinion; the coordination decides.
    # Somebody of an actor asks, and reads what it asked: see applying/own.py.
    Grant("partner", "labelling.application", ("add",)),
    Grant("coordinator", "labelling.application", ("view", "change")),
    Grant("label-reviewer", "labelling.application", ("view",)),
    *(Grant(role, "labelling.opinion", ("add",)) for role in JUDGES),
    Grant("coordinator", "labelling.reviewrules", ("change",)),
    Grant("coordinator", "labelling.gridadoption", ("add",)),
    Grant("coordinator", "labelling.report", ("view", "change")),
    Grant("editor", "labelling.report", ("view",)),
    Grant("team", "labelling.report", ("view",)),
]
