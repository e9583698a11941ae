from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.occurrences import zone_of
from resources_directory.models.records import RecordForm


class EventForm(RecordForm):
    """Reads hours in the territory's time zone, and refuses partners from elsewhere."""

    def is_valid(self) -> bool:
        with timezone.override(zone_of(self.instance.territory)):
            valid = super().is_valid()
        for form in self.formsets["partners"].forms if "partners" in self.formsets else ():
            actor = getattr(form, "cleaned_data", {}).get("actor")
            if actor is not None and self.instance.is_stranger(actor):
                form.add_error("actor", _("Choisissez un acteur de ce territoire."))
                valid = False
        return valid
