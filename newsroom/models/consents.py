"""What somebody has agreed to in writing, before the site tells their story."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

SCAN_EXTENSIONS = ["pdf", "jpg", "jpeg", "png"]


class PrivateStorage(FileSystemStorage):
    """Outside of what a proxy serves: no address leads to it but the view of the admin."""

    def __init__(self) -> None:
        super().__init__(location=settings.PRIVATE_ROOT)

    def url(self, name: str) -> str:
        raise ValueError("This file is not accessible via a URL.")


def private_storage() -> PrivateStorage:
    return PrivateStorage()


class ConsentQuerySet(models.QuerySet):
    def in_force(self, day: date) -> ConsentQuerySet:
        return self.filter(withdrawn_on=None, given_on__lte=day, ends_on__gte=day)

    def over(self, day: date) -> ConsentQuerySet:
        """Withdrawn, or past its last day."""
        return self.filter(models.Q(withdrawn_on__isnull=False) | models.Q(ends_on__lt=day))


class Consent(models.Model):
    """One a story, on its record: no revision, copy, translation or archive carries it along."""

    story = models.OneToOneField(
        "newsroom.SuccessStoryPage",
        models.CASCADE,
        related_name="consent",
        verbose_name=_("parcours"),
    )
    given_by = models.CharField(
        _("qui a donné son accord"),
        max_length=150,
        help_text=_("La personne elle-même, ou son parent si elle a moins de 18 ans."),
    )
    given_on = models.DateField(_("signé le"))
    covers_picture = models.BooleanField(
        _("l’accord couvre sa photo"),
        default=False,
        help_text=_("Sinon, la photo du parcours ne s’affiche nulle part."),
    )
    covers_first_name = models.BooleanField(
        _("l’accord couvre son vrai prénom"),
        default=False,
        help_text=_("Sinon, le parcours porte un prénom d’emprunt."),
    )
    ends_on = models.DateField(
        _("valable jusqu’au"),
        help_text=_("Le lendemain, le parcours quitte le site tout seul, dans toutes les langues."),
    )
    scan = models.FileField(
        _("accord scanné"),
        storage=private_storage,
        upload_to="consents/",
        blank=True,
        validators=[FileExtensionValidator(SCAN_EXTENSIONS)],
        help_text=_(
            "PDF, JPEG ou PNG, 5 Mo au plus. Seules les personnes qui écrivent les parcours "
            "l’ouvrent."
        ),
    )
    kept_by = models.CharField(
        _("où est l’original"),
        max_length=200,
        blank=True,
        help_text=_("Comme « classeur des accords, bureau de la coordination »."),
    )
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("accord écrit")
        verbose_name_plural = _("accords écrits")
        default_permissions = ("change",)

    def __str__(self) -> str:
        # Not who gave it: the journal and the lists of the admin show this.
        return str(self.story)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    def holds_on(self, day: date) -> bool:
        return not self.is_withdrawn and self.given_on <= day <= self.ends_on
