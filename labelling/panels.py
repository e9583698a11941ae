from territories.plugins.contributions import DashboardPanel

from .figures.panel import FIGURE as REPORTS_OF_THE_YEAR
from .labels.panels import DASHBOARD as LABELS
from .labels.panels import FIGURE as LABELS_IN_FORCE
from .labels.panels import PANELS as LABEL_PANELS
from .practice.panels import SHEET_FIGURE, SHEET_PANELS
from .reports.admin.lists import late_reports
from .review.panels import waiting_applications

PANELS = [*LABEL_PANELS, *SHEET_PANELS]
DASHBOARD = [
    DashboardPanel(
        "label_applications", "labelling/review/waiting.html", waiting_applications, order=20
    ),
    LABELS,
    DashboardPanel("label_reports", "labelling/reports/admin/late.html", late_reports),
]
FIGURES = [LABELS_IN_FORCE, REPORTS_OF_THE_YEAR, SHEET_FIGURE]
