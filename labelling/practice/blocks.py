from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resources_directory.blocks import RecordsBlock

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
        sheets = sheets_of(territory)
        return self.news(gettext("De nouvelles fiches actions"), sheets, territory, since)
