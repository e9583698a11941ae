"""The actions as a visitor has narrowed them, and what the page of one says."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from resources_directory.models import ActorPage
from resources_directory.sheets import facts, uncapitalised, written
from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.listing import Listing, ShownFacet
from territories.pages.translations import read_in_language, said_in
from territories.plugins.contributions import Choice
from territories.words import listed, period_words, sentence

from .directory import shown_actors
from .facets import AXIS, NEIGHBOURHOOD
from .models import ActionActor, ActionPage
from .models.actions import ActionQuerySet, today_of

FINISHED = "terminees"
# The way in, by place or by aim, each with the pictogram of its tiles.
LANDINGS = {NEIGHBOURHOOD: "pin", AXIS: "target"}
NEWEST_FIRST = [F("starts_on").desc(nulls_last=True), "title", "pk"]


def dressed(actions: ActionQuerySet) -> ActionQuerySet:
    """What the line of an action needs, in the same query."""
    return actions.select_related("axis").prefetch_related("neighbourhoods")


class ActionList:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.territory: Territory | None = request.territory
        self.is_archive = request.GET.get(FINISHED) == "1"
        found = dressed(ActionPage.objects.findable().in_territory(self.territory))
        today = today_of(self.territory)
        self.listing = Listing(
            request,
            found.finished(today) if self.is_archive else found.current(today),
            ordering=NEWEST_FIRST,
        )

    @cached_property
    def _facets(self) -> dict[str, ShownFacet]:
        return {shown.facet.name: shown for shown in self.listing.facets}

    @property
    def facets(self) -> list[ShownFacet]:
        return list(self._facets.values())

    @property
    def fieldsets(self) -> list[dict[str, Any]]:
        """Of the form of filters."""
        return [{"label": shown.facet.label, "facets": [shown]} for shown in self.facets]

    @property
    def active(self) -> list[dict[str, str]]:
        return self.listing.active

    @property
    def kept(self) -> list[dict[str, str]]:
        return [{"name": FINISHED, "value": "1"}] if self.is_archive else []

    @property
    def chosen(self) -> Choice | None:
        """The one place or aim that was chosen, which the page is then about."""
        active = [choice for shown in self.facets for choice in shown.selected]
        landing = [choice for name in LANDINGS for choice in self._selected(name)]
        return landing[0] if len(active) == len(landing) == 1 else None

    def _selected(self, name: str) -> list[Choice]:
        return self._facets[name].selected if name in self._facets else []

    @property
    def landings(self) -> list[dict[str, Any]]:
        """« Par quartier », « Par but »: tiles, while nothing is chosen."""
        if self.listing.active or self.is_archive:
            return []
        titles = {NEIGHBOURHOOD: _("Par quartier"), AXIS: _("Par but")}
        return [
            {
                "id": name,
                "title": titles[name],
                "tiles": [self._tile(name, icon, one) for one in self._facets[name].choices],
            }
            for name, icon in LANDINGS.items()
            if name in self._facets
        ]

    def _tile(self, name: str, icon: str, choice: Choice) -> dict[str, Any]:
        count = ngettext("%(count)d action", "%(count)d actions", choice.count)
        return {
            "title": choice.label,
            "detail": count % {"count": choice.count},
            "icon": icon,
            "url": self.listing.url_with(name, choice.value),
        }


def action_sheet(page: ActionPage) -> dict[str, Any]:
    record = page.record
    named = list(record.actors.all())
    shown = shown_actors(line.actor_id for line in named)
    parts: dict[str, list[ActorPage]] = {part: [] for part in ActionActor.Part.values}
    for line in named:
        if line.actor_id in shown:
            parts[line.part].append(shown[line.actor_id])
    return {
        "is_finished": record.is_finished(today_of(record.territory)),
        "facts": action_facts(page, record),
        "carriers": parts[ActionActor.Part.CARRIER],
        "partners": parts[ActionActor.Part.PARTNER],
    }


def action_facts(page: ActionPage, record: ActionPage) -> list[dict]:
    publics = sentence(listed(uncapitalised(term.words) for term in record.publics.all()))
    sectors = sentence(listed(uncapitalised(term.words) for term in record.sectors.all()))
    return facts(
        [
            ("pin", _("Où"), [where(record)]),
            ("group", _("Pour qui"), [publics]),
            ("bag", _("Secteurs"), [sectors]),
            ("calendar", _("Quand"), [sentence(period_words(record.starts_on, record.ends_on))]),
            ("target", _("Dans quel but"), [record.axis.words if record.axis else ""]),
            ("check", _("Ce que ça a donné"), [written(page, page.results)]),
        ]
    )


def where(record: ActionPage) -> str:
    names = [place.name for place in record.neighbourhoods.all()]
    return said_in(listed(names), SOURCE_LANGUAGE) if names else _("Sur tout le territoire")


def actions_of(actor: ActorPage) -> list[ActionPage]:
    """The current actions of an actor, as lines."""
    found = ActionPage.objects.findable().of_actor(actor).current(today_of(actor.territory))
    return read_in_language(found.order_by(*NEWEST_FIRST), get_language() or "", dressed)
