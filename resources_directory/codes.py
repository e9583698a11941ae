"""The code lists of data·inclusion v1 that are not governed terms, and what it has no
codes for: free under condition, care, languages.

Values are facts of the schema. Labels are what people read here; the institution's own words are
in `INSTITUTIONAL`, for search.
"""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

# Publics are governed terms; this one excludes all the others.
EVERYBODY = "tous-publics"


class Codes(models.TextChoices):
    @classmethod
    def words(cls, codes: Iterable[str]) -> list[str]:
        """The labels of the codes that are known, in the order of the list."""
        return [str(code.label) for code in cls if code in set(codes)]


class ServiceType(Codes):
    SUPPORT = "accompagnement", _("Accompagnement")
    FINANCIAL_AID = "aide-financiere", _("Aide financière")
    MATERIAL_AID = "aide-materielle", _("Aide matérielle")
    WORKSHOP = "atelier", _("Atelier")
    TRAINING = "formation", _("Formation")
    INFORMATION = "information", _("Information")


class Fees(Codes):
    FREE = "gratuit", _("Gratuit")
    # Of data·inclusion v0 and of médiation numérique; v1 has lost it (`data_inclusion.fees`).
    CONDITIONAL = "gratuit-sous-conditions", _("Gratuit sous condition")
    PAID = "payant", _("Payant")


class ReceptionMode(Codes):
    ON_SITE = "en-presentiel", _("Sur place")
    REMOTE = "a-distance", _("À distance")


class MobilisationMode(Codes):
    COME = "se-presenter", _("Venir sur place")
    CALL = "telephoner", _("Téléphoner")
    WRITE = "envoyer-un-courriel", _("Écrire un e-mail")
    LINK = "utiliser-lien-mobilisation", _("Faire la demande en ligne")


class Mobiliser(Codes):
    RESIDENTS = "usagers", _("Vous-même")
    PROFESSIONALS = "professionnels", _("Un professionnel pour vous")


class SpecificCare(Codes):
    """Whom somebody there knows how to receive; « prise en charge spécifique » of the schema of
    places of médiation numérique, which data·inclusion v1 has not."""

    DEAFNESS = "surdite", _("Personnes sourdes ou malentendantes")
    BLINDNESS = "deficience-visuelle", _("Personnes aveugles ou malvoyantes")
    MOTOR = "handicap-moteur", _("Personnes à mobilité réduite")
    INTELLECTUAL = "handicap-mental", _("Personnes avec un handicap mental")
    PSYCHIC = "handicap-psychique", _("Personnes avec un trouble psychique")
    ILLITERACY = "illettrisme", _("Personnes qui lisent ou écrivent avec difficulté")
    FOREIGN_LANGUAGES = "langues-etrangeres", _("Personnes qui parlent peu français")


class Language(Codes):
    """Spoken at the desk; ISO 639, the two-letter code where there is one."""

    FRENCH = "fr", _("français")
    SIGN_LANGUAGE = "fsl", _("langue des signes")
    ENGLISH = "en", _("anglais")
    ARABIC = "ar", _("arabe")
    SPANISH = "es", _("espagnol")
    PORTUGUESE = "pt", _("portugais")
    ITALIAN = "it", _("italien")
    TURKISH = "tr", _("turc")
    RUSSIAN = "ru", _("russe")
    UKRAINIAN = "uk", _("ukrainien")
    ROMANIAN = "ro", _("roumain")
    ROMANI = "rom", _("romani")
    ALBANIAN = "sq", _("albanais")
    ARMENIAN = "hy", _("arménien")
    GEORGIAN = "ka", _("géorgien")
    BULGARIAN = "bg", _("bulgare")
    BERBER = "ber", _("berbère")
    KURDISH = "ku", _("kurde")
    PERSIAN = "fa", _("persan")
    DARI = "prs", _("dari")
    PASHTO = "ps", _("pachto")
    URDU = "ur", _("ourdou")
    BENGALI = "bn", _("bengali")
    TAMIL = "ta", _("tamoul")
    CHINESE = "zh", _("chinois")
    VIETNAMESE = "vi", _("vietnamien")
    WOLOF = "wo", _("wolof")
    FULA = "ff", _("peul")
    BAMBARA = "bm", _("bambara")
    SONINKE = "snk", _("soninké")
    LINGALA = "ln", _("lingala")
    SOMALI = "so", _("somali")
    TIGRINYA = "ti", _("tigrinya")
    AMHARIC = "am", _("amharique")


INSTITUTIONAL = {
    MobilisationMode.COME: _("se présenter"),
    MobilisationMode.WRITE: _("envoyer un courriel"),
    MobilisationMode.LINK: _("utiliser le lien de mobilisation"),
    Mobiliser.RESIDENTS: _("usagers"),
    Mobiliser.PROFESSIONALS: _("professionnels"),
    ReceptionMode.ON_SITE: _("en présentiel"),
    SpecificCare.DEAFNESS: _("surdité"),
    SpecificCare.BLINDNESS: _("déficience visuelle"),
    SpecificCare.MOTOR: _("handicap moteur"),
    SpecificCare.ILLITERACY: _("illettrisme"),
    SpecificCare.FOREIGN_LANGUAGES: _("allophones"),
}
