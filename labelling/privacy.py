from .reports.forgetting import RETENTIONS as REPORTS
from .review.forgetting import RETENTIONS as APPLICATIONS

RETENTIONS = [*APPLICATIONS, *REPORTS]
