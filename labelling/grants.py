from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Grant, PageGrant, Role

# Whoever judges what others wrote; may be somebody from outside.
ROLES = [Role("label-reviewer", _("attribution du label"))]

PAGE_GRANTS = [PageGrant("label-reviewer", "agenda.AgendaPage", ("explore",))]

JUDGES = ("coordinator", "label-reviewer")
GRID = ("labelling.criteriagrid", "labelling.criterion")

GRANTS = [
    # The grid is the national team's; whoever judges or writes by it reads it.
    *(Grant(role, model, ("view",)) for role in (*JUDGES, "editor") for model in GRID),
    *(Grant("team", model, ("view", "add", "change", "delete")) for model in GRID),
    # Asked for the territory of the event: see views.py.
    *(Grant(role, "labelling.label", ("add", "change")) for role in JUDGES),
]
