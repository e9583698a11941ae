"""The forms of news and stories: days on the territory's calendar, nothing of another's, and no
story without a written consent."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from territories.models import Neighbourhood
from territories.pages.content import BodyForm
from territories.pages.forms import TerritoryPageForm
from territories.territory import zone_of

from .consents.rules import refusal_to_publish


class OfATerritory:
    """What news and stories share: the neighbourhoods offered are the territory's own."""

    instance: Any
    fields: dict[str, Any]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        parent = getattr(self, "parent_page", None)
        if not self.instance.pk and parent:
            self.instance.territory_id = parent.specific.territory_id
        if "neighbourhood" in self.fields:
            own = Neighbourhood.objects.none()
            if self.instance.territory_id:
                own = self.instance.territory.neighbourhoods.all()
            self.fields["neighbourhood"].queryset = own


class NewsForm(OfATerritory, BodyForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        zone = zone_of(self.instance.territory)
        if self.initial.get("date") and zone.key != timezone.get_current_timezone_name():
            # A naive moment is shown as it is; Wagtail uses the time zone of the person.
            self.initial["date"] = timezone.make_naive(self.initial["date"], zone)

    def is_valid(self) -> bool:
        with timezone.override(zone_of(self.instance.territory)):
            return super().is_valid()


class StoryForm(OfATerritory, TerritoryPageForm):
    def clean(self):
        cleaned = super().clean()
        if cleaned.get("portrait") and not cleaned.get("portrait_alt"):
            self.add_error(
                "portrait_alt", _("Texte de remplacement : dites ce que montre la photo.")
            )
        if self.publishes:
            asked = self.instance
            asked.is_real_name = cleaned.get("is_real_name", asked.is_real_name)
            asked.go_live_at = cleaned.get("go_live_at")
            if sentence := refusal_to_publish(asked):
                self.add_error(None, sentence)
        return cleaned

    @property
    def publishes(self) -> bool:
        """Whether the button that was pressed puts the page on the site, or accepts it."""
        accepts = self.data.get("workflow-action-name") == "approve"
        return bool(self.data.get("action-publish")) or accepts

    def is_valid(self) -> bool:
        valid = super().is_valid()
        for form in self.formsets["actors"].forms if "actors" in self.formsets else ():
            actor = getattr(form, "cleaned_data", {}).get("actor")
            if actor is not None and actor.territory_id != self.instance.territory_id:
                form.add_error("actor", _("Choisissez un acteur de ce territoire."))
                valid = False
        return valid
