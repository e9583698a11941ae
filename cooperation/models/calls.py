"""Calls for projects: what is asked, until when, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import TranslatableField

from cooperation.forms import CooperationForm
from resources_directory.models.contact import CONTACT_PANEL, Contact
from territories.blocks.field import ContentField
from territories.pages.base import TerritoryPage, TerritoryPageQuerySet
from territories.pages.index import IndexPage

from .actions import SUMMARY_LENGTH

# For whoever opened the form before the deadline: long enough to finish, and said on the form.
GRACE = timedelta(minutes=30)
# Under the page's own address: the form, and what is shown once it has left.
ANSWER, SENT = "repondre", "envoye"


class State(models.TextChoices):
    TO_COME = "to-come", _("À venir")
    OPEN = "open", _("Ouvert")
    CLOSED = "closed", _("Fermé")
    RESULTS = "results", _("Résultats publiés")


class CallsPage(IndexPage):
    """`/appels-a-projets/`: open calls first."""

    parent_page_types = ["territories.TerritoryHomePage"]
    subpage_types = ["cooperation.CallForProjectsPage"]
    menu_icon = "pencil"
    menu_order = 70
    is_for_professionals = True

    class Meta:
        verbose_name = _("liste des appels à projets")
        verbose_name_plural = _("listes des appels à projets")

    def get_context(self, request, *args, **kwargs):
        # The list knows the models.
        from cooperation.calls import calls_of

        return {**super().get_context(request, *args, **kwargs), **calls_of(request)}


class CallQuerySet(TerritoryPageQuerySet):
    def by_urgency(self, now: datetime) -> CallQuerySet:
        """Open ones first, the next to close before the others; then those to come, then the past,
        the latest first."""
        rank = Case(
            When(closes_at__lte=now, then=Value(2)),
            When(opens_at__gt=now, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
        return self.annotate(rank=rank)


class CallForProjectsPage(TerritoryPage, Contact):
    summary = models.TextField(
        _("résumé"),
        validators=[
            MaxLengthValidator(
                SUMMARY_LENGTH, _("Résumé : 200 caractères au plus, s’il vous plaît.")
            )
        ],
        help_text=_("Une ou deux phrases simples : ce que l’on cherche."),
    )
    body = ContentField(verbose_name=_("en détail, documents"), blank=True)
    for_whom = models.TextField(
        _("qui peut répondre"), max_length=500, help_text=_("Associations, groupes d’habitants…")
    )
    amounts = models.CharField(
        _("montants"),
        max_length=250,
        blank=True,
        help_text=_("Comme « de 500 à 5 000 € »."),
    )
    criteria = models.TextField(_("critères"), blank=True, help_text=_("Un par ligne."))
    opens_at = models.DateTimeField(_("ouverture"))
    closes_at = models.DateTimeField(
        _("clôture"), help_text=_("À l’heure du territoire. Passé ce moment, rien n’est reçu.")
    )
    takes_responses = models.BooleanField(
        _("on répond sur ce site"),
        default=True,
        help_text=_("Un formulaire. Les réponses arrivent dans « Réponses reçues »."),
    )
    response_link = models.URLField(_("lien pour répondre ailleurs"), max_length=2083, blank=True)
    results = RichTextField(
        _("résultats"), features=["bold", "ol", "ul", "link", "document-link"], blank=True
    )

    objects = PageManager.from_queryset(CallQuerySet)()
    base_form_class = CooperationForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("for_whom"),
        FieldPanel("amounts"),
        FieldPanel("criteria"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])],
            heading=_("Quand"),
        ),
        MultiFieldPanel(
            [FieldPanel("takes_responses"), FieldPanel("response_link")],
            heading=_("Comment répondre"),
        ),
        FieldPanel("body"),
        CONTACT_PANEL,
        FieldPanel("results"),
    ]
    parent_page_types = ["cooperation.CallsPage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        TranslatableField("for_whom"),
        TranslatableField("amounts"),
        TranslatableField("criteria"),
        TranslatableField("results"),
        TranslatableField("search_description"),
    ]
    menu_icon = "pencil"

    class Meta:
        verbose_name = _("appel à projets")
        verbose_name_plural = _("appels à projets")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            errors["closes_at"] = _("La clôture vient avant l’ouverture.")
        if self.takes_responses and self.response_link:
            errors["response_link"] = _("On répond ici ou ailleurs : gardez l’un des deux.")
        if errors:
            raise ValidationError(errors)

    def state(self, now: datetime | None = None) -> State:
        """As its dates say, on the server's clock. Asked of the record."""
        now = now or timezone.now()
        if now < self.opens_at:
            return State.TO_COME
        if now < self.closes_at:
            return State.OPEN
        return State.RESULTS if self.results else State.CLOSED

    def takes_answer(self, *, begun_at: datetime, now: datetime) -> bool:
        """Whether an answer is received. `begun_at`: when the form was opened."""
        if not self.takes_responses or now < self.opens_at:
            return False
        return now < self.closes_at or (begun_at < self.closes_at and now < self.closes_at + GRACE)

    def route(self, request: HttpRequest, path_components: Sequence[str]) -> RouteResult:
        asked = list(path_components)
        if asked in ([ANSWER], [ANSWER, SENT]):
            if not self.record.takes_responses:
                raise Http404
            # Asks the same of the page as its own address does.
            found = super().route(request, [])
            return RouteResult(found.page, kwargs={"step": asked[-1]})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args, step: str = "", **kwargs):
        if not step:
            return super().serve(request, *args, **kwargs)
        # The form knows the models.
        from cooperation.responses import views

        return (views.sent if step == SENT else views.answer)(request, self)

    def get_context(self, request, *args, **kwargs):
        from cooperation.calls import call_sheet

        return {**super().get_context(request, *args, **kwargs), **call_sheet(self)}
