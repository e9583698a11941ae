"""What each name of data·inclusion v1 holds, for whoever opens a table of ours: their names and
their rules, in plain words."""

from territories.plugins.contributions import Column

IDENTITY = [
    Column("id", "Identifiant qui ne change pas"),
    Column("source", "Qui a écrit la fiche : cites-emploi, ou le nom de la source"),
    Column("nom", "Nom"),
    Column("date_maj", "Dernier jour où quelqu’un a vérifié ces informations"),
    Column("lien_source", "Page publique, ici ou à la source"),
]
PLACE = [
    Column("adresse", "Numéro et rue"),
    Column("complement_adresse", "Bâtiment, étage, entrée"),
    Column("code_postal", "Code postal"),
    Column("commune", "Nom de la commune"),
    Column("code_insee", "Code INSEE de la commune"),
    Column("latitude", "En degrés, WGS 84"),
    Column("longitude", "En degrés, WGS 84"),
]
CONTACT = [
    Column("telephone", "Téléphone, écrit +33… quand il est français"),
    Column("courriel", "Courriel"),
]
HOURS = [Column("horaires_accueil", "Horaires, au format d’OpenStreetMap (opening_hours)")]

STRUCTURES = [
    *IDENTITY,
    Column("description", "Présentation"),
    Column("siret", "SIRET, 14 chiffres"),
    *PLACE,
    *CONTACT,
    Column("site_web", "Site web"),
    *HOURS,
    Column("accessibilite_lieu", "Fiche du lieu sur Acceslibre"),
    Column("reseaux_porteurs", "Codes des réseaux dont l’acteur fait partie"),
]
SERVICES = [
    *IDENTITY,
    Column("structure_id", "Identifiant de l’acteur, dans le jeu « structures »"),
    Column("description", "Ce que c’est, et comment ça se passe"),
    Column("type", "Code du type : atelier, formation, accompagnement…"),
    Column("thematiques", "Codes des thèmes"),
    Column("frais", "gratuit ou payant ; vide quand on ne sait pas"),
    Column("frais_precisions", "Précisions sur le prix"),
    Column("publics", "Codes des publics ; « tous-publics » va seul"),
    Column("publics_precisions", "Précisions sur les publics"),
    Column("conditions_acces", "Conditions d’accès"),
    *PLACE,
    *CONTACT,
    Column("modes_accueil", "en-presentiel, a-distance ou les deux"),
    Column("zone_eligibilite", "Où il faut habiter : communes, départements, EPCI, ou « france »"),
    Column("contact_nom_prenom", "Personne à contacter, si elle veut bien être nommée"),
    Column("lien_mobilisation", "Où faire la demande en ligne"),
    Column("modes_mobilisation", "Codes : comment demander"),
    Column("mobilisable_par", "usagers, professionnels ou les deux"),
    Column("mobilisation_precisions", "Précisions sur la demande"),
    Column("volume_horaire_hebdomadaire", "Heures par semaine"),
    Column("nombre_semaines", "Nombre de semaines"),
    *HOURS,
]
