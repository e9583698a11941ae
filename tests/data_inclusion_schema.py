"""What data·inclusion v1 demands of a structure and of a service.

Our own copy of the constraints of `schemas/v1/{structure,service}.json` of
gip-inclusion/data-inclusion-schema (1.0.8, Licence Ouverte 2.0), for when the schema is not at
hand. Tests marked `shared` compare with the published one.
"""

from jsonschema import Draft202012Validator, FormatChecker

from resources_directory.codes import (
    Fees,
    MobilisationMode,
    Mobiliser,
    ReceptionMode,
    ServiceType,
)
from territories.vocabulary.loading import terms_file

# Free under condition is ours: v1 has lost it.
V1_FEES = set(Fees.values) - {Fees.CONDITIONAL}
TEXT = {"type": "string", "minLength": 1}
URI = {"type": "string", "format": "uri", "minLength": 1, "maxLength": 2083}


def one_of(codes):
    return {"type": "string", "enum": list(codes)}


def some_of(codes):
    return {"type": "array", "items": one_of(codes), "minItems": 1, "uniqueItems": True}


def codes_of(kind):
    return [fact["code"] for fact in terms_file()["terms"] if fact["kind"] == kind]


SHARED_FIELDS = {
    "id": TEXT,
    "source": TEXT,
    "nom": {"type": "string", "minLength": 3, "maxLength": 150},
    "date_maj": {"type": "string", "format": "date"},
    "lien_source": URI,
    "description": {"type": "string", "minLength": 5, "maxLength": 10000},
    "adresse": TEXT,
    "complement_adresse": TEXT,
    "code_postal": {"type": "string", "pattern": r"^\d{5}$"},
    "commune": TEXT,
    "code_insee": {"type": "string", "pattern": r"^\w{5}$"},
    "latitude": {"type": "number"},
    "longitude": {"type": "number"},
    "telephone": TEXT,
    "courriel": {"type": "string", "format": "email"},
    "horaires_accueil": TEXT,
}
STRUCTURE = {
    "type": "object",
    "required": ["source", "id", "nom", "date_maj"],
    "additionalProperties": False,
    "properties": {
        **SHARED_FIELDS,
        "siret": {"type": "string", "pattern": r"^\d{14}$"},
        "site_web": URI,
        "accessibilite_lieu": URI,
        "reseaux_porteurs": some_of(codes_of("network")),
    },
}
SERVICE = {
    "type": "object",
    "required": ["source", "structure_id", "id", "nom", "description", "date_maj"],
    "additionalProperties": False,
    "properties": {
        **SHARED_FIELDS,
        "structure_id": TEXT,
        "type": one_of(ServiceType.values),
        "thematiques": some_of(codes_of("theme")),
        "frais": one_of(V1_FEES),
        "frais_precisions": TEXT,
        "publics": some_of(codes_of("public")),
        "publics_precisions": TEXT,
        "conditions_acces": TEXT,
        "modes_accueil": some_of(ReceptionMode.values),
        "zone_eligibilite": {
            "type": "array",
            "minItems": 1,
            "items": {"pattern": r"^(\w{5}|\w{2,3}|\d{9}|france)$"},
        },
        "contact_nom_prenom": TEXT,
        "lien_mobilisation": URI,
        "modes_mobilisation": some_of(MobilisationMode.values),
        "mobilisable_par": some_of(Mobiliser.values),
        "mobilisation_precisions": TEXT,
        "volume_horaire_hebdomadaire": {"type": "number", "minimum": 0},
        "nombre_semaines": {"type": "integer", "minimum": 1},
    },
}


def valid(schema, found):
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [error.message for row in found for error in validator.iter_errors(row)]
