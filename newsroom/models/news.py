"""News: what is new, since when, and until when it stands in front."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import BooleanField, Case, Q, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail_localize.fields import TranslatableField

from newsroom.forms import NewsForm
from newsroom.structured import news_article
from territories.blocks.field import ContentField
from territories.pages.base import TerritoryPage, TerritoryPageQuerySet
from territories.pages.index import IndexPage
from territories.territory import zone_of
from territories.vocabulary.fields import terms
from territories.vocabulary.models import Term

SUMMARY_LENGTH = 200


class NewsQuerySet(TerritoryPageQuerySet):
    def in_front(self, today: date | None = None) -> NewsQuerySet:
        """What still deserves to be announced: not the news whose time is over."""
        today = today or timezone.localdate()
        return self.filter(Q(front_until=None) | Q(front_until__gte=today))

    def pinned_first(self, today: date | None = None) -> NewsQuerySet:
        """Says of each whether it stands first, `is_first`: pinned, and its time not over."""
        today = today or timezone.localdate()
        holds = Q(is_pinned=True) & (Q(front_until=None) | Q(front_until__gte=today))
        return self.annotate(
            is_first=Case(When(holds, then=True), default=False, output_field=BooleanField())
        )


NewsManager = PageManager.from_queryset(NewsQuerySet)
NEWEST = ("-is_first", "-date", "-pk")


class NewsIndexPage(IndexPage):
    """`/actualites/`: the newest first; on the portal, those of every territory."""

    subpage_types = ["newsroom.NewsPage"]
    menu_icon = "speaker"
    menu_order = 40

    class Meta:
        verbose_name = _("rubrique Actualités")
        verbose_name_plural = _("rubriques Actualités")

    def get_context(self, request, *args, **kwargs):
        # The list knows the models.
        from newsroom.lists import news_list

        return {**super().get_context(request, *args, **kwargs), **news_list(request)}


class NewsPage(TerritoryPage):
    date = models.DateTimeField(_("date affichée"), default=timezone.now)
    summary = models.TextField(
        _("résumé"),
        validators=[
            MaxLengthValidator(
                SUMMARY_LENGTH, _("Résumé : 200 caractères au plus, s’il vous plaît.")
            )
        ],
        help_text=_("Une ou deux phrases simples : ce qui change, et pour qui."),
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("texte de remplacement"),
        max_length=250,
        blank=True,
        help_text=_("Dites ce que montre l’image à une personne qui ne la voit pas."),
    )
    caption = models.CharField(_("légende"), max_length=250, blank=True)
    credit = models.CharField(
        _("crédit"), max_length=150, blank=True, help_text=_("Qui a fait cette image ?")
    )
    body = ContentField(verbose_name=_("contenu"), blank=True)
    themes = terms(Term.Kind.THEME, _("thèmes"), _("À quels besoins cette actualité répond-elle ?"))
    neighbourhood = models.ForeignKey(
        "territories.Neighbourhood",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quartier"),
        help_text=_("Vide : tout le territoire."),
    )
    is_pinned = models.BooleanField(
        _("épinglée"), default=False, help_text=_("Elle reste en tête de la liste.")
    )
    front_until = models.DateField(
        _("à la une jusqu’au"),
        null=True,
        blank=True,
        help_text=_(
            "Après ce jour, elle quitte l’accueil et la tête de la liste. Sa page reste. "
            "Vide : les plus récentes la remplacent."
        ),
    )

    objects = NewsManager()
    base_form_class = NewsForm

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("front_until"), FieldPanel("is_pinned")]),
        MultiFieldPanel(
            [
                FieldPanel("image"),
                FieldPanel("image_alt"),
                FieldRowPanel([FieldPanel("caption"), FieldPanel("credit")]),
            ],
            heading=_("Image"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("themes"), FieldPanel("neighbourhood")],
            heading=_("Pour que les bonnes personnes la trouvent"),
        ),
    ]
    parent_page_types = ["newsroom.NewsIndexPage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        TranslatableField("image_alt"),
        TranslatableField("caption"),
        TranslatableField("search_description"),
    ]
    menu_icon = "speaker"

    class Meta:
        verbose_name = _("actualité")
        verbose_name_plural = _("actualités")

    def clean(self) -> None:
        super().clean()
        if self.image_id and not self.image_alt:
            raise ValidationError(
                {"image_alt": _("Texte de remplacement : dites ce que montre l’image.")}
            )

    @cached_property
    def zone(self):
        return zone_of(self.territory)

    def get_context(self, request, *args, **kwargs):
        from newsroom.lists import line_of

        context = super().get_context(request, *args, **kwargs)
        self.record.shown = self
        context["line"] = line_of(self.record, request.territory)
        return context

    def structured_data(self, request) -> dict:
        """What a search engine reads of the news: schema.org's NewsArticle."""
        return news_article(self)
