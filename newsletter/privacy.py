from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Retention

from .subscribing.joining import LASTS
from .subscribing.silence import MONTHS

RETENTIONS = [
    Retention(
        _("L’abonnement à la lettre : votre adresse e-mail, vos choix, la preuve de votre accord"),
        _("Pour vous envoyer la lettre, et elle seule : le site ne sait pas si vous l’ouvrez"),
        format_lazy(
            _("Jusqu’à ce que vous l’effaciez, {days} jours si vous ne confirmez pas, {months} "
              "mois après votre dernier signe ou votre départ"),
            days=LASTS.days, months=MONTHS,
        ),
        order=47,
    ),
    Retention(
        _("Une empreinte illisible de l’adresse de qui s’est désabonné"),
        _("Pour que personne ne vous réinscrive sans vous"),
        _("Jusqu’à ce que vous vous abonniez de nouveau"),
        order=48,
    ),
]  # fmt: skip
