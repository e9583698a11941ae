from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resources_directory.blocks import MOST_NEW, RecordsBlock, published_since

from .lists import dressed, sheets_of


class PracticeSheetsBlock(RecordsBlock):
    """The last sheets, read when the page is shown."""

    class Meta:
        label = _("Fiches actions")
        icon = "clipboard-list"
        description = _("Les dernières fiches actions. La liste se met à jour toute seule.")
        preview_value = {"title": _("Ce qui a marché ici"), "count": 3}
        template = "labelling/practice/blocks/sheets.html"
        mail_template = "labelling/practice/blocks/sheets.mjml"

    def records(self, territory, value):
        return sheets_of(territory)

    def dress(self, records):
        return dressed(records)

    def new_since(self, territory, since):
        count = published_since(sheets_of(territory), since)
        if not count:
            return None
        return {"title": gettext("De nouvelles fiches actions"), "count": min(count, MOST_NEW)}
