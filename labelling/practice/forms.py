"""The form of a practice sheet: an image is described, and it tells of something of one's own."""

from __future__ import annotations

from django.utils.translation import gettext as _

from territories.pages.content import BodyForm


class PracticeSheetForm(BodyForm):
    def clean_about(self):
        about = self.cleaned_data.get("about")
        if about is None:
            return None
        record = about.specific.record
        if record.territory_id != self.instance.territory_id:
            self.add_error("about", _("Choisissez une page de ce territoire."))
            return None
        return record

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("image") and not cleaned.get("image_alt"):
            self.add_error("image_alt", _("Texte de remplacement : dites ce que montre l’image."))
        return cleaned
