from __future__ import annotations

from territories.plugins.contributions import DashboardPanel
from territories.proposals.dashboard import own_proposals, waiting_proposals

DASHBOARD = [
    DashboardPanel("proposals", "territories/proposals/waiting.html", waiting_proposals, order=20),
    DashboardPanel("own_proposals", "territories/proposals/own.html", own_proposals, order=20),
]
