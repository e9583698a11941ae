"""Names of data·inclusion v0, abandoned in April 2026, where what they became is sure.

https://github.com/gip-inclusion/data-inclusion-schema says what became of each. What is said under
the name of v1 counts first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from resources_directory.codes import MobilisationMode, Mobiliser

from .records import Resource
from .texts import is_empty, parts_of, text_of, web_of

Values = Mapping[str, Any]
BY_PROFESSIONALS = "modes_orientation_accompagnateur"
BY_RESIDENTS = "modes_orientation_beneficiaire"
MODES = {
    "telephoner": MobilisationMode.CALL.value,
    "se-presenter": MobilisationMode.COME.value,
    "envoyer-un-mail": MobilisationMode.WRITE.value,
}
# A region has no zone of its own in v1: its departments are listed.
ZONES = {"commune", "departement", "epci"}


def renamed(name: str) -> Callable[[Values], Any]:
    return lambda values: values.get(name)


def description(values: Values) -> Any:
    return values.get("presentation_detail") or values.get("presentation_resume")


def conditions(values: Values) -> str:
    parts = [*parts_of(values.get("pre_requis")), *parts_of(values.get("justificatifs"))]
    return "\n".join(parts)


def link(values: Values) -> str:
    names = ("formulaire_en_ligne", "prise_rdv", "page_web")
    return next((found for name in names if (found := web_of(values.get(name)))), "")


def modes(values: Values) -> list[str]:
    asked = [*parts_of(values.get(BY_RESIDENTS)), *parts_of(values.get(BY_PROFESSIONALS))]
    return [MODES[code] for code in dict.fromkeys(asked) if code in MODES]


def askers(values: Values) -> list[str]:
    found = {
        Mobiliser.RESIDENTS.value: parts_of(values.get(BY_RESIDENTS)),
        Mobiliser.PROFESSIONALS.value: parts_of(values.get(BY_PROFESSIONALS)),
    }
    return [code for code, said in found.items() if said]


def asking(values: Values) -> str:
    names = (f"{BY_RESIDENTS}_autres", f"{BY_PROFESSIONALS}_autres")
    return "\n".join(dict.fromkeys(filter(None, (text_of(values.get(name)) for name in names))))


def zone(values: Values) -> list[str]:
    kind = text_of(values.get("zone_diffusion_type"))
    if kind == "pays":
        return ["france"]
    return parts_of(values.get("zone_diffusion_code")) if kind in ZONES else []


# For each field of v1: the names it is made of, and how.
BOTH = {
    "description": (("presentation_detail", "presentation_resume"), description),
}
STRUCTURE = {
    **BOTH,
    "horaires_accueil": (("horaires_ouverture",), renamed("horaires_ouverture")),
    "accessibilite_lieu": (("accessibilite",), renamed("accessibilite")),
    "reseaux_porteurs": (("labels_nationaux",), renamed("labels_nationaux")),
}
SERVICE = {
    **BOTH,
    "publics": (("profils",), renamed("profils")),
    "publics_precisions": (("profils_precisions",), renamed("profils_precisions")),
    # v1 has one type: of several, nobody knows which, and the reader says so.
    "type": (("types",), renamed("types")),
    "frais_precisions": (("frais_autres",), renamed("frais_autres")),
    "horaires_accueil": (("recurrence",), renamed("recurrence")),
    "conditions_acces": (("pre_requis", "justificatifs"), conditions),
    "lien_mobilisation": (("formulaire_en_ligne", "prise_rdv", "page_web"), link),
    "modes_mobilisation": ((BY_RESIDENTS, BY_PROFESSIONALS), modes),
    "mobilisable_par": ((BY_RESIDENTS, BY_PROFESSIONALS), askers),
    "mobilisation_precisions": ((f"{BY_RESIDENTS}_autres", f"{BY_PROFESSIONALS}_autres"), asking),
    "zone_eligibilite": (("zone_diffusion_type", "zone_diffusion_code"), zone),
}
MADE_OF = {Resource.STRUCTURE: STRUCTURE, Resource.SERVICE: SERVICE}
# Of v0 alone, and in nothing of v1: named when they are left out.
DROPPED = {
    Resource.STRUCTURE: {"antenne", "rna", "typologie", "thematiques", "labels_autres"},
    Resource.SERVICE: {
        *("contact_public", "cumulable", "date_creation", "date_suspension"),
        *("zone_diffusion_nom", "thematiques_autres"),
    },
}
OLD_NAMES = {
    kind: {name for names, _make in made.values() for name in names} | DROPPED[kind]
    for kind, made in MADE_OF.items()
}


def translated(values: Values, kind: Resource) -> dict[str, Any]:
    """The same under the names of v1."""
    found = dict(values)
    for name, (old, make) in MADE_OF[kind].items():
        if is_empty(found.get(name)) and any(not is_empty(values.get(one)) for one in old):
            found[name] = make(values)
    # In v0 a name could be there without being meant for everybody.
    if str(values.get("contact_public")).casefold() in {"false", "0", "non", "faux"}:
        found["contact_nom_prenom"] = ""
    return found


def names_of_today(names: frozenset[str], kind: Resource) -> frozenset[str]:
    """Of what a file speaks, once its old names are translated."""
    made = {name for name, (old, _make) in MADE_OF[kind].items() if names & set(old)}
    return names | made
