from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Retention

RETENTIONS = [
    Retention(
        _("Les réponses aux appels à projets : qui répond, le projet, les fichiers"),
        _("Pour étudier le projet et vous répondre"),
        _("24 mois après la clôture de l’appel"),
        order=40,
    ),
    Retention(
        _("Le nom et de quoi joindre les correspondants qui l’ont accepté"),
        _("Pour que chacun sache à qui parler dans son quartier"),
        _("Tant que la personne est d’accord"),
        order=45,
    ),
]
