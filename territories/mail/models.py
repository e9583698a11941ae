from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """A message to one person, kept until the mail server has taken it."""

    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territoire"),
    )
    to = models.EmailField(_("à"))
    sender = models.CharField(_("de"), max_length=320)
    reply_to = models.EmailField(_("répondre à"), blank=True)
    subject = models.CharField(_("objet"), max_length=250)
    # Emptied once sent: they hold links and words that concern one person.
    text = models.TextField(_("texte"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    # Where a POST ends messages that come again and again (RFC 8058). Emptied too.
    leave_url = models.URLField(max_length=500, blank=True)
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("essais"), default=0)
    # None when it is sent, or given up.
    next_try_at = models.DateTimeField(_("prochain essai"), null=True, blank=True, db_index=True)
    error = models.CharField(_("erreur"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return self.subject
