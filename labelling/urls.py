"""What stands under `/label/` beside the page of the label; each idea keeps its own addresses."""

from .applying.urls import APPLYING
from .labels.urls import LABELS
from .promotion.urls import PROMOTION
from .reports.urls import REPORTS

app_name = "labelling"
urlpatterns = [*APPLYING, *LABELS, *PROMOTION, *REPORTS]
