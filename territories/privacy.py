"""What the ground keeps about people, and for how long."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from territories.contact.models import MONTHS_KEPT
from territories.plugins.contributions import Retention

RETENTIONS = [
    Retention(
        what=_("Le compte des personnes qui écrivent sur ce site : nom, adresse e-mail, "
               "mot de passe chiffré"),
        why=_("Pour qu’elles seules puissent le modifier"),
        how_long=_("Jusqu’à ce qu’elles quittent l’équipe"),
        order=10,
    ),
    Retention(
        what=_("Les essais de connexion : nom du compte et adresse Internet"),
        why=_("Pour empêcher qu’on devine un mot de passe"),
        how_long=_("Un quart d’heure"),
        order=20,
    ),
    Retention(
        what=_("Le journal : qui a changé quoi, et quand"),
        why=_("Pour réparer une erreur, et savoir d’où elle vient"),
        how_long=_("Un an"),
        order=30,
    ),
    Retention(
        what=_("L’adresse des personnes invitées à écrire sur ce site"),
        why=_("Pour leur envoyer un lien"),
        how_long=_("Sept jours pour le lien, trois mois pour sa trace"),
        order=40,
    ),
    Retention(
        what=_("Ce que vous écrivez avec le formulaire « Nous écrire » : votre message, votre nom "
               "et de quoi vous répondre"),
        why=_("Pour vous répondre"),
        how_long=format_lazy(_("{months} mois"), months=MONTHS_KEPT),
        order=45,
    ),
    Retention(
        what=_("Les messages que le site a envoyés"),
        why=_("Pour savoir s’ils sont arrivés"),
        how_long=_("Trois mois"),
        order=50,
    ),
    Retention(
        what=_("Un cookie, pour les professionnels qui ouvrent leur espace"),
        why=_("Pour ne pas redemander le mot de passe à chaque page"),
        how_long=_("Douze heures"),
        order=60,
    ),
    Retention(
        what=_("Un cookie, sur les pages où l’on envoie un formulaire"),
        why=_("Pour que personne n’envoie le formulaire à votre place"),
        how_long=_("Un an"),
        order=70,
    ),
]  # fmt: skip
