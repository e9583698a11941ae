from __future__ import annotations

from django.utils.translation import gettext as _

from territories.pages.clock import OnTerritoryClock
from territories.pages.forms import TerritoryPageForm


class EventForm(OnTerritoryClock, TerritoryPageForm):
    """Refuses partners from elsewhere."""

    def is_valid(self) -> bool:
        valid = super().is_valid()
        partners = self.formsets["partners"].forms if "partners" in self.formsets else []
        for form in partners:
            actor = getattr(form, "cleaned_data", {}).get("actor")
            if actor is not None and self.instance.is_stranger(actor):
                form.add_error("actor", _("Choisissez un acteur de ce territoire."))
                valid = False
        return valid
