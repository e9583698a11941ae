from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from territories.pages.years import year_facet
from territories.vocabulary.facets import term_facet

NEWS, STORY = "newsroom.NewsPage", "newsroom.SuccessStoryPage"

FACETS = [
    term_facet(
        "theme", _("Pour quel besoin ?"), on=NEWS, field="themes", by_category=True, order=10
    ),
    year_facet(_("Quelle année ?"), on=NEWS, date="date", order=20),
    term_facet(
        "theme", _("Pour quel besoin ?"), on=STORY, field="themes", by_category=True, order=10
    ),
]
