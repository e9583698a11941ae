"""What a page may name: the actors and the neighbourhoods of its own territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.forms import ModelForm
from django.utils.translation import gettext as _

from territories.models import Neighbourhood, Territory

if TYPE_CHECKING:
    from .models import ActorPage


def neighbourhoods_of(territory: Territory | None) -> QuerySet[Neighbourhood]:
    """Those a page of the territory may name; the national portal may name any."""
    found = Neighbourhood.objects.order_by("name")
    return found if territory is None else found.filter(territories=territory)


def is_stranger(actor: ActorPage, territory: Territory | None) -> bool:
    """An actor of another territory; the national portal may name any."""
    return territory is not None and actor.territory_id != territory.pk


class OwnChoices:
    """Before the form of a page type: offers the territory's neighbourhoods, refuses actors from
    elsewhere.

    What a line of a list points at is asked as well: whatever a chooser offers, anybody can post
    something else.
    """

    instance: Any
    formsets: dict[str, Any]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = neighbourhoods_of(self.instance.territory)
        for form in self._all_forms():
            for field in form.fields.values():
                if getattr(getattr(field, "queryset", None), "model", None) is Neighbourhood:
                    field.queryset = own

    def is_valid(self) -> bool:
        # The models name this form.
        from .models import ActorPage

        valid = super().is_valid()
        for form in self._all_forms():
            for name, value in list(getattr(form, "cleaned_data", {}).items()):
                if isinstance(value, ActorPage) and is_stranger(value, self.instance.territory):
                    form.add_error(name, _("Choisissez un acteur de ce territoire."))
                    valid = False
        return valid

    def _all_forms(self) -> list[ModelForm]:
        lines = [form for formset in self.formsets.values() for form in formset.forms]
        return [self, *lines]
