"""Trainings for professionals: never mistaken for those of residents."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable, Page, PageManager
from wagtail_localize.fields import TranslatableField

from cooperation.forms import CooperationForm
from resources_directory.models.contact import CONTACT_PANEL, Contact
from territories.blocks.field import ContentField
from territories.pages.base import TerritoryPage, TerritoryPageQuerySet
from territories.pages.index import IndexPage

from .actions import SUMMARY_LENGTH
from .groups import ACTOR


class TrainingsPage(IndexPage):
    """`/formations-professionnels/`: what those who receive residents may learn."""

    parent_page_types = ["territories.TerritoryHomePage"]
    subpage_types = ["cooperation.TrainingPage"]
    menu_icon = "mortarboard"
    menu_order = 80
    is_for_professionals = True

    class Meta:
        verbose_name = _("formations des professionnels")
        verbose_name_plural = _("formations des professionnels")

    def get_context(self, request, *args, **kwargs):
        # The list knows the models.
        from cooperation.trainings import trainings_of

        return {**super().get_context(request, *args, **kwargs), **trainings_of(request)}


class TrainingQuerySet(TerritoryPageQuerySet):
    def upcoming(self, now: datetime) -> TrainingQuerySet:
        """Those with a date to come, as `next_start`, and those whose dates are not known yet."""
        dates = TrainingDate.objects.filter(training=OuterRef("pk")).annotate(
            over_at=Coalesce("end", "start")
        )
        following = dates.filter(over_at__gte=now).order_by("start")
        found = self.annotate(next_start=Subquery(following.values("start")[:1]))
        return found.filter(models.Q(next_start__isnull=False) | ~Exists(dates))

    def past(self, now: datetime) -> TrainingQuerySet:
        """Those whose last date is over, as `last_start`."""
        dates = TrainingDate.objects.filter(training=OuterRef("pk")).annotate(
            over_at=Coalesce("end", "start")
        )
        last = dates.order_by("-start").values("start")[:1]
        found = self.annotate(last_start=Subquery(last)).filter(last_start__isnull=False)
        return found.filter(~Exists(dates.filter(over_at__gte=now)))


class TrainingPage(TerritoryPage, Contact):
    summary = models.TextField(
        _("résumé"),
        validators=[
            MaxLengthValidator(
                SUMMARY_LENGTH, _("Résumé : 200 caractères au plus, s’il vous plaît.")
            )
        ],
        help_text=_("Une ou deux phrases simples : ce qu’on y apprend."),
    )
    body = ContentField(verbose_name=_("programme"), blank=True)
    giver = models.ForeignKey(
        ACTOR,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("qui forme"),
    )
    giver_name = models.CharField(
        _("nom de l’organisme"),
        max_length=150,
        blank=True,
        help_text=_("S’il n’est pas parmi les acteurs du territoire."),
    )
    audience = models.CharField(
        _("pour quels professionnels"),
        max_length=250,
        help_text=_("Comme « conseillers, médiateurs, agents d’accueil »."),
    )
    dates_text = models.CharField(
        _("dates en mots"),
        max_length=250,
        blank=True,
        help_text=_("Comme « trois jeudis, présence aux trois séances ». Vide : les dates seules."),
    )
    place = models.CharField(_("lieu"), max_length=250, blank=True)
    seats = models.PositiveSmallIntegerField(
        _("places disponibles"), null=True, blank=True, help_text=_("0 : complet.")
    )
    cost = models.CharField(
        _("prix"), max_length=150, blank=True, help_text=_("Comme « gratuit, repas compris ».")
    )
    registration = models.CharField(_("inscription"), max_length=250, blank=True)
    registration_link = models.URLField(_("lien pour s’inscrire"), max_length=2083, blank=True)

    objects = PageManager.from_queryset(TrainingQuerySet)()
    base_form_class = CooperationForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldRowPanel([PageChooserPanel("giver", ACTOR), FieldPanel("giver_name")]),
        InlinePanel("dates", heading=_("Quand"), label=_("Date")),
        FieldPanel("dates_text"),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("seats"), FieldPanel("cost")]),
                FieldPanel("registration"),
                FieldPanel("registration_link"),
            ],
            heading=_("Pour venir"),
        ),
        FieldPanel("body"),
        CONTACT_PANEL,
    ]
    parent_page_types = ["cooperation.TrainingsPage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        TranslatableField("audience"),
        TranslatableField("dates_text"),
        TranslatableField("cost"),
        TranslatableField("registration"),
        TranslatableField("search_description"),
    ]
    menu_icon = "mortarboard"

    class Meta:
        verbose_name = _("formation de professionnels")
        verbose_name_plural = _("formations de professionnels")

    @property
    def is_full(self) -> bool:
        return self.seats == 0

    def get_context(self, request, *args, **kwargs):
        from cooperation.trainings import training_sheet

        return {**super().get_context(request, *args, **kwargs), **training_sheet(self)}

    def structured_data(self, request) -> dict:
        """A schema.org Course, of which each date to come is an instance."""
        record = self.record
        instances = [
            {
                "@type": "CourseInstance",
                "courseMode": "onsite",
                "startDate": date.start.isoformat(),
                **({"endDate": date.end.isoformat()} if date.end else {}),
                **({"location": record.place} if record.place else {}),
            }
            for date in record.dates.all()
            if (date.end or date.start) >= timezone.now()
        ]
        giver = record.giver_name or (record.territory.full_name if record.territory else "")
        return {
            "@context": "https://schema.org",
            "@type": "Course",
            "name": self.title,
            "description": self.summary,
            "url": self.get_full_url(request),
            "inLanguage": self.language,
            "audience": {"@type": "Audience", "audienceType": self.audience},
            **({"provider": {"@type": "Organization", "name": giver}} if giver else {}),
            **({"hasCourseInstance": instances} if instances else {}),
        }


class TrainingDate(Orderable):
    training = ParentalKey(TrainingPage, on_delete=models.CASCADE, related_name="dates")
    start = models.DateTimeField(_("début"))
    end = models.DateTimeField(_("fin"), null=True, blank=True)

    panels = [FieldRowPanel([FieldPanel("start"), FieldPanel("end")])]

    class Meta(Orderable.Meta):
        verbose_name = _("date de formation")
        verbose_name_plural = _("dates de formation")

    def __str__(self) -> str:
        return self.start.isoformat()

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("La fin vient avant le début.")})
