from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.occurrences import zone_of
from resources_directory.models.records import RecordForm


class EventForm(RecordForm):
    """Shows and reads hours on the territory's clock, and refuses partners from elsewhere.

    Wagtail uses the time zone of the person: a national colleague would move every hour of an
    overseas event by opening and saving it.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        zone = zone_of(self.instance.territory)
        if zone.key != timezone.get_current_timezone_name():
            for form in self._forms("dates"):
                for name in ("start", "end"):
                    if form.initial.get(name):
                        # A naive moment is shown as it is.
                        form.initial[name] = timezone.make_naive(form.initial[name], zone)

    def is_valid(self) -> bool:
        with timezone.override(zone_of(self.instance.territory)):
            valid = super().is_valid()
        for form in self._forms("partners"):
            actor = getattr(form, "cleaned_data", {}).get("actor")
            if actor is not None and self.instance.is_stranger(actor):
                form.add_error("actor", _("Choisissez un acteur de ce territoire."))
                valid = False
        return valid

    def _forms(self, name: str) -> list:
        return self.formsets[name].forms if name in self.formsets else []
