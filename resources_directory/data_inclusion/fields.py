"""What each field of a data·inclusion v1 structure or service is here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

# Who we are among the producers of data·inclusion.
SOURCE = "cites-emploi"


class Shape(Enum):
    """What a value is made of; it says how to write it and how to read it."""

    TEXT = auto()
    LINE = auto()
    DAY = auto()
    WEB = auto()
    MAIL = auto()
    PHONE = auto()
    HOURS = auto()
    SIRET = auto()
    POSTCODE = auto()
    INSEE = auto()
    DEGREES = auto()
    CODE = auto()
    CODES = auto()
    # Rows of the vocabulary, by their code.
    TERMS = auto()
    ZONE = auto()
    DECIMAL = auto()
    COUNT = auto()


@dataclass(frozen=True)
class Field:
    """`name` in the schema, `ours` on our page. `words`: what it holds, for whoever opens a table
    of ours. `is_required`: a record without it is no record."""

    name: str
    ours: str
    shape: Shape
    words: str
    is_required: bool = False


def identity(*more: Field) -> tuple[Field, ...]:
    """`id` and `source` make `Provenance` together; `structure_id` leads to another row."""
    return (
        Field("nom", "title", Shape.LINE, "Nom", is_required=True),
        Field(
            "date_maj",
            "confirmed_on",
            Shape.DAY,
            "Dernier jour où quelqu’un a vérifié ces informations",
            is_required=True,
        ),
        Field("lien_source", "source_url", Shape.WEB, "Page publique, ici ou à la source"),
        *more,
    )


PLACE = (
    Field("adresse", "address", Shape.LINE, "Numéro et rue"),
    Field("complement_adresse", "address_extra", Shape.LINE, "Bâtiment, étage, entrée"),
    Field("code_postal", "postcode", Shape.POSTCODE, "Code postal"),
    Field("commune", "commune", Shape.LINE, "Nom de la commune"),
    Field("code_insee", "insee_code", Shape.INSEE, "Code INSEE de la commune"),
    Field("latitude", "latitude", Shape.DEGREES, "En degrés, WGS 84"),
    Field("longitude", "longitude", Shape.DEGREES, "En degrés, WGS 84"),
)
CONTACT = (
    Field("telephone", "phone", Shape.PHONE, "Téléphone, écrit +33… quand il est français"),
    Field("courriel", "email", Shape.MAIL, "Courriel"),
)
HOURS = Field(
    "horaires_accueil",
    "opening_hours",
    Shape.HOURS,
    "Horaires, au format d’OpenStreetMap (opening_hours)",
)

STRUCTURE = identity(
    Field("description", "description", Shape.TEXT, "Présentation"),
    Field("siret", "siret", Shape.SIRET, "SIRET, 14 chiffres"),
    *PLACE,
    *CONTACT,
    Field("site_web", "website", Shape.WEB, "Site web"),
    HOURS,
    Field("accessibilite_lieu", "accessibility_url", Shape.WEB, "Fiche du lieu sur Acceslibre"),
    Field(
        "reseaux_porteurs", "networks", Shape.TERMS, "Codes des réseaux dont l’acteur fait partie"
    ),
)
SERVICE = identity(
    Field(
        "description",
        "description",
        Shape.TEXT,
        "Ce que c’est, et comment ça se passe",
        is_required=True,
    ),
    Field("type", "type", Shape.CODE, "Code du type : atelier, formation, accompagnement…"),
    Field("thematiques", "themes", Shape.TERMS, "Codes des thèmes"),
    Field("frais", "fees", Shape.CODE, "gratuit ou payant ; vide quand on ne sait pas"),
    Field("frais_precisions", "fees_details", Shape.TEXT, "Précisions sur le prix"),
    Field("publics", "publics", Shape.TERMS, "Codes des publics ; « tous-publics » va seul"),
    Field("publics_precisions", "publics_details", Shape.TEXT, "Précisions sur les publics"),
    Field("conditions_acces", "access_conditions", Shape.TEXT, "Conditions d’accès"),
    *PLACE,
    *CONTACT,
    Field(
        "modes_accueil",
        "reception_modes",
        Shape.CODES,
        "en-presentiel, a-distance ou les deux",
    ),
    Field(
        "zone_eligibilite",
        "eligibility_zone",
        Shape.ZONE,
        "Où il faut habiter : communes, départements, EPCI, ou « france »",
    ),
    Field(
        "contact_nom_prenom",
        "contact_name",
        Shape.LINE,
        "Personne à contacter, si elle veut bien être nommée",
    ),
    Field("lien_mobilisation", "mobilisation_link", Shape.WEB, "Où faire la demande en ligne"),
    Field("modes_mobilisation", "mobilisation_modes", Shape.CODES, "Codes : comment demander"),
    Field("mobilisable_par", "mobilisable_by", Shape.CODES, "usagers, professionnels ou les deux"),
    Field(
        "mobilisation_precisions",
        "mobilisation_details",
        Shape.TEXT,
        "Précisions sur la demande",
    ),
    Field("volume_horaire_hebdomadaire", "weekly_hours", Shape.DECIMAL, "Heures par semaine"),
    Field("nombre_semaines", "weeks", Shape.COUNT, "Nombre de semaines"),
    HOURS,
)
