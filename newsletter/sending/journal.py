"""How the journal says what people do with a sending: see territories/audit/actions.py."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "sending.schedule": (_("Envoyer une lettre"), _("Envoi de la lettre demandé")),
    "sending.pause": (_("Mettre un envoi en pause"), _("Envoi mis en pause")),
    "sending.resume": (_("Reprendre un envoi"), _("Envoi repris")),
    "sending.cancel": (_("Annuler un envoi"), _("Envoi annulé")),
    "sending.consider": (
        _("Considérer des lettres comme parties"),
        _("Lettres incertaines considérées comme parties : %(number)s"),
    ),
    "sending.again": (
        _("Envoyer de nouveau des lettres"),
        _("Lettres incertaines envoyées de nouveau : %(number)s"),
    ),
    "sending.try": (_("Envoyer une lettre d’essai"), _("Lettre d’essai envoyée : %(number)s")),
}
