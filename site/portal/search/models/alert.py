"""What readers asked to be told of."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LONGEST_QUESTION = 1000


class Alert(models.Model):
    """A search whose new answers a reader is told of, once a week at most.

    The reader is one of the territory's (`newsletter.Subscriber`): stopped, gone or erased there,
    nothing leaves from here.
    """

    subscriber = models.ForeignKey("newsletter.Subscriber", models.CASCADE, related_name="+")
    # As the address of the search page says it, in one order: "q=permis&gratuit=oui".
    question = models.CharField(max_length=LONGEST_QUESTION)
    # Of the page it was asked on.
    language = models.CharField(_("langue"), max_length=10)
    # Once the mailed link was followed: there is no alert before.
    created_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    # What was published before is known, or was there to be seen.
    told_until = models.DateTimeField(default=timezone.now)
    # When the next message may leave.
    next_at = models.DateTimeField()

    class Meta:
        verbose_name = _("alerte")
        verbose_name_plural = _("alertes")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "question"], name="alert_once")
        ]
        indexes = [models.Index(fields=["next_at"], name="alerts_due")]

    def __str__(self) -> str:
        return gettext("alerte n° %(number)s") % {"number": self.pk}
