from .reports.forgetting import RETENTIONS as REPORTS

RETENTIONS = [*REPORTS]
