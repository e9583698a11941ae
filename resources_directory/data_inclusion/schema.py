"""The facts of the data·inclusion v1 schema, kept in one versioned file, and what a newer schema
changes of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

FACTS_FILE = Path(__file__).parents[1] / "data" / "data-inclusion-v1.json"
KINDS = ("structure", "service")
# The lists of the schema, by the name of their definition; each has a file of labels beside it.
LISTS = {
    "Frais": "frais",
    "ModeAccueil": "modes-accueil",
    "ModeMobilisation": "modes-mobilisation",
    "PersonneMobilisatrice": "personnes-mobilisatrices",
    "Public": "publics",
    "ReseauPorteur": "reseaux-porteurs",
    "Thematique": "thematiques",
    "TypeService": "types-de-services",
}
# What a field of the schema says that a record may break.
RULES = (
    *("type", "format", "pattern", "minLength", "maxLength"),
    *("minimum", "minItems", "uniqueItems"),
)
Facts = Mapping[str, Any]


@cache
def facts() -> Facts:
    """`{"version", "licence", "source", "structure": {field: rules}, "service": …,
    "codes": {list: {code: label}}}`; rules are those of the JSON Schema, `required` and the name
    of a list (`codes`)."""
    return json.loads(FACTS_FILE.read_text(encoding="utf-8"))


def read_folder(folder: Path) -> dict[str, Any]:
    """The same facts of a folder of the schema: `structure.json`, `service.json` and the lists.

    Raise OSError or ValueError for what cannot be read.
    """
    found: dict[str, Any] = {"codes": {}}
    for kind in KINDS:
        schema = read_json(folder / f"{kind}.json")
        if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
            raise ValueError(f"{kind}.json: no JSON Schema")
        required = schema.get("required", ())
        found[kind] = {
            name: {"required": name in required, **rules_of(rules)}
            for name, rules in schema["properties"].items()
        }
        for name, definition in schema.get("$defs", {}).items():
            if "enum" in definition:
                codes = LISTS.get(name, name)
                labels = labels_of(folder / f"{codes}.json")
                found["codes"][codes] = {
                    code: labels.get(code, code) for code in definition["enum"]
                }
    return found


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def labels_of(path: Path) -> dict[str, str]:
    return {row["value"]: row["label"] for row in read_json(path)} if path.exists() else {}


def rules_of(rules: Mapping[str, Any]) -> dict[str, Any]:
    """Without what may be null, which ours is by being left out."""
    options = [one for one in rules.get("anyOf", [rules]) if one.get("type") != "null"]
    if len(options) != 1:
        return {"anyOf": [rules_of(one) for one in options]}
    (only,) = options
    if "$ref" in only:
        return {"codes": list_of(only)}
    found = {name: only[name] for name in RULES if name in only}
    if items := only.get("items"):
        found |= {"codes": list_of(items)} if "$ref" in items else {"items": rules_of(items)}
    return found


def list_of(reference: Mapping[str, str]) -> str:
    name = reference["$ref"].rpartition("/")[2]
    return LISTS.get(name, name)


class Change(Enum):
    ADDED = "ajouté"
    DROPPED = "retiré"
    RENAMED = "renommé"
    RELABELLED = "nouveau libellé"
    CHANGED = "nouvelles règles"


@dataclass(frozen=True)
class Difference:
    """`where`: « structure », « service », or the name of a list; `to`: the new name or label."""

    change: Change
    where: str
    name: str
    to: str = ""


def differences(before: Facts, after: Facts) -> list[Difference]:
    """What the facts that we keep lack or say otherwise than a newer schema."""
    found = []
    for kind in KINDS:
        found += compared(kind, before[kind], after[kind], by_rules=True)
    lists = {**before["codes"], **after["codes"]}
    for name in lists:
        found += compared(name, before["codes"].get(name, {}), after["codes"].get(name, {}))
    return found


def compared(
    where: str, before: Facts, after: Facts, *, by_rules: bool = False
) -> Iterator[Difference]:
    """A name that goes while one of the same label comes is a name that changes; two fields may
    well have the same rules."""
    added = {name: after[name] for name in after if name not in before}
    for name in (name for name in before if name not in after):
        same = [] if by_rules else [new for new, label in added.items() if label == before[name]]
        if len(same) == 1:
            del added[same[0]]
            yield Difference(Change.RENAMED, where, name, same[0])
        else:
            yield Difference(Change.DROPPED, where, name)
    for name, said in added.items():
        yield Difference(Change.ADDED, where, name, "" if by_rules else said)
    for name in (name for name in before if name in after and before[name] != after[name]):
        if by_rules:
            yield Difference(Change.CHANGED, where, name, json.dumps(after[name]))
        else:
            yield Difference(Change.RELABELLED, where, name, after[name])


def uses(codes: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """How many records here bear each of these (list, code), whatever the territory."""
    from resources_directory.models import ActorPage, ServicePage

    from .fields import SERVICE, STRUCTURE, Shape

    wanted = set(codes)
    found: Counter[tuple[str, str]] = Counter()
    for kind, model, fields in (
        ("structure", ActorPage, STRUCTURE),
        ("service", ServicePage, SERVICE),
    ):
        for field in fields:
            name = facts()[kind][field.name].get("codes")
            if name not in {of for of, _code in wanted}:
                continue
            value = f"{field.ours}__code" if field.shape is Shape.TERMS else field.ours
            for said in model.objects.records().values_list(value, flat=True).iterator():
                for code in said if isinstance(said, list) else [said]:
                    if (name, code) in wanted:
                        found[name, code] += 1
    return found
