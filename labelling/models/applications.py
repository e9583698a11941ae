"""Who asks for the label, for what, and what they answer to each criterion of the grid."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labelling.rights import own_territories

from .grids import CriteriaGrid, Criterion

if TYPE_CHECKING:
    from django.contrib.auth.models import User

READ, DECIDE, ASK = (f"labelling.{action}_application" for action in ("view", "change", "add"))
# Read aloud over the telephone: no letter that sounds like another or looks like a figure.
LETTERS = "ACDEFHJKLMNPRTUVWXY34679"


def new_reference() -> str:
    return "DL-" + "".join(secrets.choice(LETTERS) for _place in range(8))


class Subject(models.TextChoices):
    """What the label is asked for; its term depends on it."""

    EVENT = "event", _("un rendez-vous")
    ACTION = "action", _("une action")
    PLACE = "place", _("un lieu")


class State(models.TextChoices):
    """Where an application stands; `review/transitions.py` says how it moves on."""

    DRAFT = "draft", _("en préparation")
    SUBMITTED = "submitted", _("envoyée")
    RETURNED = "returned", _("à compléter")
    IN_COMMITTEE = "in_committee", _("devant le comité")
    GRANTED = "granted", _("label donné")
    REFUSED = "refused", _("label refusé")
    ABANDONED = "abandoned", _("abandonnée")


OVER = (State.GRANTED, State.REFUSED, State.ABANDONED)


class ApplicationQuerySet(models.QuerySet):
    def of_user(self, user: User, permission: str = READ) -> ApplicationQuerySet:
        """Those of the territories where the plugin is open and a role gives the permission."""
        return self.filter(territory__in=own_territories(user, permission))

    def under_way(self) -> ApplicationQuerySet:
        return self.exclude(state__in=OVER)

    def with_delay(self) -> ApplicationQuerySet:
        """`answer_within`: the days that its territory has to answer."""
        Rules = apps.get_model("labelling", "ReviewRules")
        own = Rules.objects.filter(territory=models.OuterRef("territory"))
        usual = Rules._meta.get_field("answer_within").default
        return self.annotate(
            answer_within=Coalesce(models.Subquery(own.values("answer_within")[:1]), usual)
        )

    def claiming(self) -> ApplicationQuerySet:
        """Under way, and more than a form that a stranger sent, whose mail nobody has answered:
        that one keeps nobody else from asking."""
        has_answers = models.Exists(Answer.objects.filter(application=models.OuterRef("pk")))
        is_begun = ~models.Q(state=State.DRAFT, user=None) | has_answers
        return self.under_way().filter(is_begun)


class Application(models.Model):
    """A request for the label. Its grid is that of its territory on the day it was begun.

    `page`: the record it is about (see `labels/bearers.py`); empty while what it is for is in no
    list yet: then `title`, `takes_place` and `happens_at` say it, in the applicant's words.
    What says who somebody is goes after a time (`privacy.py`); the decision stays.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("référence"), max_length=20, unique=True, default=new_reference)
    territory = models.ForeignKey(
        "territories.Territory", models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    grid = models.ForeignKey(
        CriteriaGrid, models.PROTECT, related_name="applications", verbose_name=_("grille")
    )
    subject = models.CharField(_("pour quoi"), max_length=10, choices=Subject)
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="label_applications",
        verbose_name=_("page"),
    )
    title = models.CharField(_("nom"), max_length=255)
    takes_place = models.CharField(_("quand"), max_length=200, blank=True)
    happens_at = models.CharField(_("où"), max_length=200, blank=True)
    state = models.CharField(_("état"), max_length=15, choices=State, default=State.DRAFT)

    # Who asks: an account, an actor that it speaks for, or a mailed link.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("compte"),
    )
    actor = models.ForeignKey(
        "resources_directory.ActorPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("acteur"),
    )
    organisation = models.CharField(_("organisme ou groupe"), max_length=150, blank=True)
    contact_name = models.CharField(_("personne à contacter"), max_length=150, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    language = models.CharField(_("langue"), max_length=10, default="fr")

    wants_logistics = models.BooleanField(_("aide matérielle"), default=False)
    wants_advice = models.BooleanField(_("conseil"), default=False)
    wants_finance = models.BooleanField(_("aide financière"), default=False)
    support_words = models.TextField(_("aide demandée"), max_length=1000, blank=True)
    amount = models.DecimalField(
        _("montant demandé"), max_digits=10, decimal_places=2, null=True, blank=True
    )

    begun_at = models.DateTimeField(_("commencée le"), default=timezone.now, editable=False)
    saved_at = models.DateTimeField(_("enregistrée le"), auto_now=True)
    # Of the first time it was sent: the delay of the answer counts from it.
    submitted_at = models.DateTimeField(_("envoyée le"), null=True, editable=False)
    decided_at = models.DateTimeField(_("décidée le"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("décidée par"),
    )
    reasons = models.TextField(_("raisons"), max_length=1000, blank=True)
    # What this application asks to renew.
    renews = models.ForeignKey(
        "labelling.Label", models.SET_NULL, null=True, blank=True, related_name="renewals"
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de label")
        verbose_name_plural = _("demandes de label")
        ordering = ["-submitted_at", "-begun_at", "-pk"]
        default_permissions = ("add", "view", "change")
        indexes = [models.Index(fields=["territory", "state"], name="label_application_state")]

    def __str__(self) -> str:
        # The journal keeps it for good: no name.
        return self.reference


class Answer(models.Model):
    """What the applicant says of one criterion. `facts`: small answers of the form, by name."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="answers")
    # None: not answered yet. Optional criteria that are not met are answered « non ».
    is_met = models.BooleanField(_("rempli"), null=True)
    text = models.TextField(_("réponse"), max_length=3000, blank=True)
    facts = models.JSONField(_("faits"), default=dict, blank=True)
    # What the decision says of it; None before.
    is_accepted = models.BooleanField(_("accepté"), null=True, editable=False)
    saved_at = models.DateTimeField(_("enregistrée le"), auto_now=True)

    class Meta:
        verbose_name = _("réponse à un critère")
        verbose_name_plural = _("réponses aux critères")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion"], name="one_answer_per_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.criterion_id}"


def private_place(instance: Evidence, filename: str) -> str:
    """Under the folder that no web server hands out: see docs/operations.md."""
    folder = instance.answer.application.identity
    return f"documents/labels/{folder}/{secrets.token_hex(4)}-{filename}"


class Evidence(models.Model):
    """A file or a link that shows what an answer says; one of both."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="evidence")
    file = models.FileField(_("fichier"), upload_to=private_place, max_length=255, blank=True)
    url = models.URLField(_("lien"), max_length=2083, blank=True)
    name = models.CharField(_("nom"), max_length=150)
    size = models.PositiveIntegerField(_("taille"), default=0)
    added_at = models.DateTimeField(_("ajoutée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("preuve")
        verbose_name_plural = _("preuves")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
