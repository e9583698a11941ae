from __future__ import annotations

from territories.contact.admin import waiting_messages
from territories.dashboard.desk import desks
from territories.dashboard.submissions import submitted, to_review
from territories.dashboard.unfinished import unfinished
from territories.plugins.contributions import DashboardPanel
from territories.proposals.dashboard import own_proposals, waiting_proposals

DASHBOARD = [
    DashboardPanel("desks", "territories/dashboard/desks.html", desks, order=0),
    DashboardPanel("to_review", "territories/dashboard/to_review.html", to_review, order=10),
    DashboardPanel("submitted", "territories/dashboard/submitted.html", submitted, order=15),
    DashboardPanel("proposals", "territories/proposals/waiting.html", waiting_proposals, order=20),
    DashboardPanel("messages", "territories/contact/waiting.html", waiting_messages, order=25),
    DashboardPanel("unfinished", "territories/dashboard/unfinished.html", unfinished, order=150),
    DashboardPanel("own_proposals", "territories/proposals/own.html", own_proposals, order=20),
]
