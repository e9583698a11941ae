from .practice.facets import SHEET_FACETS

FACETS = [*SHEET_FACETS]
