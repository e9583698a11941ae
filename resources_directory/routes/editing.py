"""What the editor of a route says of stops that visitors do not see."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel


class HiddenStopsPanel(Panel):
    """Shown when a stop is not: a place may be closed long after the route was made."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "resources_directory/routes/hidden_stops.html"

        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.pk and self.sentences)

        @property
        def sentences(self) -> list[str]:
            return list(said_of_stops(self.instance))

        def get_context_data(self, parent_context=None):
            return {**super().get_context_data(parent_context), "sentences": self.sentences}


def said_of_stops(route) -> Iterator[str]:
    stops = list(route.stops.all())
    named = [stop.actor_id for stop in stops if stop.actor_id]
    actors = apps.get_model("resources_directory", "ActorPage").objects
    shown = set(actors.findable().filter(pk__in=named).values_list("pk", flat=True))
    for number, stop in enumerate(stops, start=1):
        values = {"number": number, "name": stop.actor.title if stop.actor else ""}
        if stop.actor is None:
            yield (
                _(
                    "Étape %(number)d : ce lieu n’existe plus. Choisissez-en un autre, ou retirez "
                    "l’étape. En attendant, elle ne se montre pas."
                )
                % values
            )
        elif stop.actor_id not in shown:
            yield (
                _(
                    "Étape %(number)d : « %(name)s » n’est pas publié, ou pas pour tout le monde. "
                    "L’étape ne se montre pas."
                )
                % values
            )
        elif not stop.actor.has_coordinates:
            yield (
                _(
                    "Étape %(number)d : « %(name)s » n’a pas de point sur la carte. L’étape est "
                    "dans la liste seulement, et la longueur ne la compte pas."
                )
                % values
            )
