"""`/open-data/actions.json`: one row an action, without anybody's name or number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from resources_directory.data_inclusion import identifier
from resources_directory.models import ActorPage
from territories.open_data.editions import extent_of_pages
from territories.pages.base import TerritoryPageQuerySet
from territories.plugins.contributions import Column, Dataset

from .models import ActionActor, ActionPage

CHUNK = 200

COLUMNS = [
    Column("id", "Identifiant qui ne change pas, le même sur le portail"),
    Column("titre", "Titre"),
    Column("resume", "En deux phrases, sans mise en forme"),
    Column("resultats", "Ce que l’action a donné, sans mise en forme"),
    Column("axe", "Code de l’axe"),
    Column("publics", "Codes des publics, ceux de data·inclusion v1"),
    Column("secteurs", "Codes des secteurs et métiers"),
    Column("quartiers", "Quartiers : nom, code QPV et code INSEE ; vide pour tout le territoire"),
    Column("debut", "Premier jour ; vide quand il n’est pas connu"),
    Column("fin", "Dernier jour ; vide quand il n’est pas connu, ou qu’il n’y en a pas"),
    Column("porteurs", "Identifiants des acteurs qui portent l’action, dans le jeu « structures »"),
    Column("participants", "Identifiants des acteurs qui y participent"),
    Column("url", "Page publique"),
    Column("territoire", "Nom court du territoire ; vide pour le portail"),
    Column("date_maj", "Dernière publication (ISO 8601)"),
]


def published(territory) -> TerritoryPageQuerySet:
    return ActionPage.objects.findable().in_territory(territory)


def rows(territory) -> Iterator[Mapping[str, Any]]:
    public = ActorPage.objects.findable().values("pk")
    named = ActionActor.objects.filter(actor__in=public).select_related("actor")
    actions = (
        published(territory)
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
        columns=COLUMNS,
        extent=extent_of_pages(published),
    )
]
