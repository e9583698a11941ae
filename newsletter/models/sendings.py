"""A letter that leaves: what it says, to whom each copy goes, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from territories.tenancy.roles import territories_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User

READ, CHANGE = (f"newsletter.{action}_sending" for action in ("view", "change"))


class SendingState(models.TextChoices):
    SCHEDULED = "scheduled", _("prévu")
    SENDING = "sending", _("en cours")
    PAUSED = "paused", _("en pause")
    CANCELLED = "cancelled", _("annulé")
    DONE = "done", _("terminé")


class SendingQuerySet(models.QuerySet):
    def of_user(self, user: User, permission: str = READ) -> SendingQuerySet:
        """Those of the territories where letters are open and a role gives the permission."""
        if user.is_active and user.is_superuser:
            return self
        own = territories_where(user, permission).with_plugin("newsletter")
        return self.filter(territory__in=own)


class Sending(models.Model):
    """A letter given to its readers, once: a second time is a second letter."""

    letter = models.OneToOneField(
        "newsletter.NewsletterPage",
        models.CASCADE,
        related_name="sending",
        verbose_name=_("lettre"),
    )
    territory = models.ForeignKey(
        "territories.Territory", models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    state = models.CharField(
        _("état"), max_length=10, choices=SendingState, default=SendingState.SCHEDULED
    )
    begins_at = models.DateTimeField(_("départ"), default=timezone.now)
    # Codes of whom it is for; none: everybody.
    themes = models.JSONField(_("thèmes"), default=list, blank=True)
    neighbourhoods = models.JSONField(_("quartiers"), default=list, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # What it says is fixed, and its copies are written, from then on.
    started_at = models.DateTimeField(_("commencé le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    # Who sends now, and until when nobody else does: one process at a time.
    holder = models.CharField(max_length=40, blank=True, editable=False)
    held_until = models.DateTimeField(null=True, blank=True, editable=False)
    # Its turn to come with the mail server, where letters leave at a pace.
    turn_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Why it is paused, in a sentence, when nobody asked.
    trouble = models.CharField(_("ce qui l’arrête"), max_length=250, blank=True)

    objects = SendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("envoi")
        verbose_name_plural = _("envois")
        ordering = ["-begins_at", "-pk"]
        default_permissions = ("view", "change")
        indexes = [models.Index(fields=["state", "begins_at"], name="sendings_due")]

    def __str__(self) -> str:
        return gettext("envoi n° %(number)s") % {"number": self.pk}

    @property
    def is_begun(self) -> bool:
        return self.started_at is not None

    @property
    def is_over(self) -> bool:
        return self.state in {SendingState.CANCELLED, SendingState.DONE}

    @property
    def is_void(self) -> bool:
        """Cancelled before anything was written to anybody: the letter may be sent yet."""
        return self.state == SendingState.CANCELLED and not self.is_begun


class Relay(models.Model):
    """An account at a mail server, by which several territories may send: one pace for all."""

    # A digest: no name of an account stands in the database.
    account = models.CharField(max_length=64, unique=True)
    # Up to then its time is taken.
    free_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("serveur d’envoi")
        verbose_name_plural = _("serveurs d’envoi")
        default_permissions = ()

    def __str__(self) -> str:
        return self.account[:8]


class Edition(models.Model):
    """What a sending says in one language, fixed at its start: every copy is the same."""

    sending = models.ForeignKey(Sending, models.CASCADE, related_name="editions")
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=250)
    html = models.TextField()
    text = models.TextField()
    # Its number at a provider that sends to all readers of an edition by itself.
    campaign = models.CharField(max_length=50, blank=True)

    class Meta:
        verbose_name = _("édition")
        verbose_name_plural = _("éditions")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["sending", "language"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.language})"


class CopyState(models.TextChoices):
    WAITING = "waiting", _("à envoyer")
    # Written just before the server is given the letter: whoever dies then leaves it so.
    CLAIMED = "claimed", _("en train de partir")
    SENT = "sent", _("parti")
    # The server refused this address.
    REFUSED = "refused", _("refusé")
    # Nobody knows whether it left: somebody decides, the site never sends it again by itself.
    UNCERTAIN = "uncertain", _("incertain")
    # The sending was cancelled, or the reader left meanwhile.
    DROPPED = "dropped", _("retiré")


class Copy(models.Model):
    """The outbox: one row for each reader of a sending, at most one letter for each row."""

    sending = models.ForeignKey(Sending, models.CASCADE, related_name="copies")
    # None once the reader is erased: figures stay, the address does not.
    subscriber = models.ForeignKey(
        "newsletter.Subscriber", models.SET_NULL, null=True, related_name="+"
    )
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=CopyState, default=CopyState.WAITING)
    # Not before: a server that said « later ».
    not_before = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # What the server said.
    answer = models.CharField(_("réponse"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("exemplaire")
        verbose_name_plural = _("exemplaires")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["sending", "subscriber"], name="copy_once")]
        indexes = [models.Index(fields=["sending", "state"], name="copies_of_state")]

    def __str__(self) -> str:
        return gettext("exemplaire n° %(number)s") % {"number": self.pk}


class Mention(models.Model):
    """A page that a letter sent has told of: whoever writes the next one sees it."""

    territory = models.ForeignKey("territories.Territory", models.CASCADE, related_name="+")
    letter = models.ForeignKey("newsletter.NewsletterPage", models.CASCADE, related_name="mentions")
    # `translation_key` of the page: whatever its language.
    page_key = models.UUIDField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["letter", "page_key"], name="mention_once")]
        indexes = [models.Index(fields=["territory", "page_key"], name="mentions_of_page")]

    def __str__(self) -> str:
        return f"{self.page_key}, {self.made_at:%Y-%m-%d}"
