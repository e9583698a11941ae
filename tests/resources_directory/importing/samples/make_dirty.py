"""Writes `dirty.xlsx`: what spreadsheets become in the hands of people. Run it from here, once."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook

STRUCTURES = [
    ["Annuaire des partenaires, mis à jour le 2 octobre"],
    [],
    [
        *("__ignore__", "Id", "Nom *", "SIRET", "Code postal", "code_insee", "Commune", "adresse"),
        *("téléphone", "courriel", "site_web", "horaires_accueil", "date_maj", "reseaux_porteurs"),
        *("remarques", "Courriel"),
    ],
    [True, "Un code", "Le nom, entre 3 et 150 caractères"],
    [
        *(None, 101, "Maison de l’Ain", 13003013300016.0, 1000, 1053.0, "Bourg-en-Bresse"),
        *("2 place de la Mairie", 474000001, None, "www.maison.example", "Mo-Fr 09:00-12:00"),
        *(date(2026, 10, 2), "caf, mission-locale", "rappeler Ali", "maison@ailleurs.example"),
    ],
    [],
    [
        *(None, 102, "Café des voisins", "pas de SIRET", 310000, None, "Toulouse", "#REF!"),
        *("05 61 00 00 00 / 06 39 98 00 01", "cafe at voisins", "<script>", "le matin", 46297),
        *("caf; inconnu",),
    ],
    [None, 103, "X", None, None, None, None, None, None, None, None, None, "02/10/2026"],
    [None, 104, "Sans date"],
    [None, 101, "Le même encore", *[None] * 9, "2026-10-02"],
]
SERVICES = [
    [
        *(
            "structure_id",
            "id",
            "nom",
            "description",
            "date_maj",
            "thematiques",
            "publics",
            "frais",
        ),
        *("modes_accueil", "zone_eligibilite", "nombre_semaines", "volume_horaire_hebdomadaire"),
    ],
    [
        *(101, "s1", "Code de la route", "On révise <b>ensemble</b>.", "02/10/2026"),
        *("mobilite--preparer-un-permis, mobilite--voler", "tous-publics, jeunes", "gratuit"),
        *("en-presentiel;a-distance", 1004, "beaucoup", "2,5"),
    ],
    [103, "s2", "D’une structure refusée", "Une description.", "2026-10-02"],
    [999, "s3", "De nulle part", "Une description.", "2026-10-02"],
    [101, "s4", "Sans description", None, "2026-10-02"],
]


def main() -> None:
    book = Workbook()
    book.active.title = "Lisez-moi"
    book.active.append(["Ce classeur est rempli par plusieurs personnes."])
    for title, lines in (("Partenaires", STRUCTURES), ("Aides", SERVICES)):
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(Path(__file__).parent / "dirty.xlsx")


if __name__ == "__main__":
    main()
