"""`/open-data/actions.json`: one row an action, without anybody's name or number.

| name | what it holds |
|---|---|
| id | stable identifier, the same on the portal |
| titre, resume, resultats | texts in French, without markup |
| axe, publics, secteurs | codes of the vocabulary; publics are those of data·inclusion v1 |
| quartiers | {nom, code QPV, code_insee} of each; empty: all over the territory |
| debut, fin | ISO dates, null when unknown or without an end |
| porteurs, participants | identifiers of structures.json |
| url, territoire, date_maj | the public page, the territory's short name, the last publication |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from resources_directory.models import ActorPage
from resources_directory.open_data import identifier
from territories.plugins.contributions import Dataset

from .models import ActionActor, ActionPage

CHUNK = 200


def rows(territory) -> Iterator[Mapping[str, Any]]:
    public = ActorPage.objects.findable().values("pk")
    named = ActionActor.objects.filter(actor__in=public).select_related("actor")
    actions = (
        ActionPage.objects.findable()
        .in_territory(territory)
        .select_related("axis")
        .prefetch_related(
            *("neighbourhoods", "publics", "sectors"),
            Prefetch("actors", named, to_attr="public_actors"),
        )
        .order_by("pk")
    )
    for action in actions.iterator(chunk_size=CHUNK):
        yield row(action)


def row(action: ActionPage) -> Mapping[str, Any]:
    parts: dict[str, list[str]] = {part: [] for part in ActionActor.Part.values}
    for line in action.public_actors:
        parts[line.part].append(identifier(line.actor))
    return {
        "id": str(action.translation_key),
        "titre": action.title,
        "resume": action.summary,
        "resultats": action.results or None,
        "axe": action.axis.code if action.axis else None,
        "publics": [term.code for term in action.publics.all()],
        "secteurs": [term.code for term in action.sectors.all()],
        "quartiers": [
            {"nom": place.name, "code": place.code or None, "code_insee": place.commune_id}
            for place in action.neighbourhoods.all()
        ],
        "debut": action.starts_on and action.starts_on.isoformat(),
        "fin": action.ends_on and action.ends_on.isoformat(),
        "porteurs": parts[ActionActor.Part.CARRIER],
        "participants": parts[ActionActor.Part.PARTNER],
        "url": action.get_full_url(),
        "territoire": action.territory.slug if action.territory else None,
        "date_maj": action.last_published_at and action.last_published_at.isoformat(),
    }


DATASETS = [
    Dataset(
        "actions",
        _("Actions"),
        _("Les actions publiées, en cours et terminées, avec leurs quartiers et leurs acteurs."),
        rows,
    )
]
