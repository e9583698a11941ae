"""A territory's own row, its places and its switches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Field
from modelcluster.models import get_field_value

from territories.models import Commune, Neighbourhood, PluginSwitch

from .naming import Names
from .renaming import Rename, rename_value

if TYPE_CHECKING:
    from territories.models import Territory

PLACE = ("name", "latitude", "longitude")
# The archive says them apart, or the one who imports does.
SAID_APART = {"id", "site", "slug"}


def travelling_fields(model: type[Territory]) -> list[Field]:
    return [field for field in model._meta.fields if field.name not in SAID_APART]


def territory_row(territory: Territory, names: Names) -> dict[str, Any]:
    """Every field of the territory but where it answers, its places, its switches."""
    names.place = territory.slug
    fields = {
        field.name: rename_value(field, get_field_value(field, territory), names)
        for field in travelling_fields(type(territory))
    }
    neighbourhoods = territory.neighbourhoods.order_by("commune", "name")
    switches = territory.switches.order_by("plugin").values_list("plugin", "is_on")
    names.place = ""
    return {
        "fields": fields,
        "site": {"hostname": territory.site.hostname, "port": territory.site.port},
        "communes": list(territory.communes.order_by("code").values("code", *PLACE)),
        "neighbourhoods": list(neighbourhoods.values("commune", "code", *PLACE)),
        "plugins": [{"plugin": plugin, "is_on": is_on} for plugin, is_on in switches],
    }


def set_fields(territory: Territory, fields: Mapping[str, Any], rename: Rename) -> None:
    """Put what an archive says on the territory; unknown names are left out."""
    known = {field.name: field for field in travelling_fields(type(territory))}
    for name, value in fields.items():
        field = known.get(name)
        if field is None or name == "archived_on":
            continue
        given = rename_value(field, value, rename)
        setattr(territory, field.attname, field.to_python(given))
    territory.save()


def make_places(row: Mapping[str, Any]) -> tuple[list[Commune], list[Neighbourhood]]:
    """Communes and neighbourhoods are everybody's: one that is known here keeps its words."""
    communes = [
        Commune.objects.get_or_create(
            code=place["code"], defaults={name: place[name] for name in PLACE}
        )[0]
        for place in row["communes"]
    ]
    for place in row["neighbourhoods"]:
        Commune.objects.get_or_create(code=place["commune"], defaults={"name": place["commune"]})
    neighbourhoods = [
        Neighbourhood.objects.get_or_create(
            commune_id=place["commune"],
            name=place["name"],
            defaults={name: place[name] for name in ("code", "latitude", "longitude")},
        )[0]
        for place in row["neighbourhoods"]
    ]
    return communes, neighbourhoods


def set_places(territory: Territory, row: Mapping[str, Any]) -> None:
    communes, neighbourhoods = make_places(row)
    territory.communes.set(communes)
    territory.neighbourhoods.set(neighbourhoods)


def set_switches(territory: Territory, row: Mapping[str, Any]) -> list[str]:
    """Write the closed switches; returns the plugins to open."""
    for switch in row["plugins"]:
        if not switch["is_on"]:
            PluginSwitch.objects.update_or_create(
                territory=territory, plugin=switch["plugin"], defaults={"is_on": False}
            )
    return [switch["plugin"] for switch in row["plugins"] if switch["is_on"]]
