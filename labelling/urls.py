"""What stands under `/label/` beside the page of the label; each idea keeps its own addresses."""

from .applying.urls import APPLYING
from .figures.views import FIGURES
from .labels.urls import LABELS
from .promotion.urls import PROMOTION
from .reports.urls import REPORTS

app_name = "labelling"
# A label's number comes last: it is any word.
urlpatterns = [*APPLYING, *FIGURES, *PROMOTION, *REPORTS, *LABELS]
