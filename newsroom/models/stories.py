"""Success stories: residents tell their way. Shown only while a written consent holds."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, PageManager
from wagtail_localize.fields import TranslatableField

from newsroom.consents.rules import ConsentMissing, may_be_shown, refusal_to_publish, shown_stories
from newsroom.forms import StoryForm
from territories.pages.base import TerritoryPage, TerritoryPageQuerySet
from territories.pages.index import IndexPage
from territories.vocabulary.fields import terms
from territories.vocabulary.models import Term

# The command that publishes what was planned: nobody is there to read a sentence.
PLANNED = "wagtail.publish.scheduled"


class StoryQuerySet(TerritoryPageQuerySet):
    def findable(self) -> StoryQuerySet:
        """A story whose consent is over is nowhere, even before the job has unpublished it."""
        return super().findable().filter(shown_stories())


StoryManager = PageManager.from_queryset(StoryQuerySet)


class StoryIndexPage(IndexPage):
    """`/parcours/`: the stories of a territory, the last one published first."""

    parent_page_types = ["territories.TerritoryHomePage"]
    subpage_types = ["newsroom.SuccessStoryPage"]
    menu_icon = "person"
    menu_order = 45

    class Meta:
        verbose_name = _("rubrique Parcours")
        verbose_name_plural = _("rubriques Parcours")

    def get_context(self, request, *args, **kwargs):
        from newsroom.lists import story_list

        return {**super().get_context(request, *args, **kwargs), **story_list(request)}


class SuccessStoryPage(TerritoryPage):
    first_name = models.CharField(
        _("prénom affiché"), max_length=60, help_text=_("Sans nom de famille.")
    )
    is_real_name = models.BooleanField(
        _("c’est son vrai prénom"),
        default=False,
        help_text=_("Cochez seulement si l’accord écrit le permet."),
    )
    summary = models.TextField(
        _("résumé"),
        max_length=200,
        help_text=_("Une ou deux phrases simples : d’où cette personne est partie, où elle est."),
    )
    quote = models.TextField(
        _("ses mots"), max_length=400, blank=True, help_text=_("Tels qu’elle les a dits.")
    )
    steps = models.TextField(
        _("ce qu’elle a fait"), blank=True, help_text=_("Une étape par ligne, dans l’ordre.")
    )
    body = RichTextField(
        _("en détail"), features=["h3", "bold", "italic", "ol", "ul", "link"], blank=True
    )
    # Not `image`: what shows the picture of a page must ask `picture` whether it may.
    portrait = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
        help_text=_("Elle ne s’affiche que si l’accord écrit couvre la photo."),
    )
    portrait_alt = models.CharField(
        _("texte de remplacement"),
        max_length=250,
        blank=True,
        help_text=_("Dites ce que montre la photo à une personne qui ne la voit pas."),
    )
    themes = terms(Term.Kind.THEME, _("thèmes"), _("De quoi avait-elle besoin ?"))
    neighbourhood = models.ForeignKey(
        "territories.Neighbourhood",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quartier"),
    )

    objects = StoryManager()
    base_form_class = StoryForm

    content_panels = [
        HelpPanel(
            content=_(
                "Un parcours ne se publie qu’avec un accord écrit. Enregistrez le brouillon, puis "
                "ouvrez « Accord écrit » dans le menu de la page."
            )
        ),
        *Page.content_panels,
        FieldRowPanel([FieldPanel("first_name"), FieldPanel("is_real_name")]),
        FieldPanel("summary"),
        FieldPanel("quote"),
        FieldPanel("steps"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("portrait"), FieldPanel("portrait_alt")], heading=_("Photo")),
        InlinePanel("actors", heading=_("Qui l’a aidée"), label=_("Acteur")),
        MultiFieldPanel(
            [FieldPanel("themes"), FieldPanel("neighbourhood")],
            heading=_("Pour que les bonnes personnes le trouvent"),
        ),
    ]
    parent_page_types = ["newsroom.StoryIndexPage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("quote"),
        TranslatableField("steps"),
        TranslatableField("body"),
        TranslatableField("portrait_alt"),
        TranslatableField("search_description"),
    ]
    menu_icon = "person"

    class Meta:
        verbose_name = pgettext_lazy("récit", "parcours")
        verbose_name_plural = pgettext_lazy("récits", "parcours")

    def save(self, *args, **kwargs):
        """Whatever way it came (an archive, a copy, an alias, a plan made before the consent was
        withdrawn), a story without consent is a draft."""
        if self.live and writes_live(kwargs) and not may_be_shown(self):
            self.live = False
            self.has_unpublished_changes = True
        return super().save(*args, **kwargs)

    def publish(self, revision, user=None, log_action=True, **kwargs: Any):
        """Raises ConsentMissing, which Wagtail answers as a refusal, unless nobody asked."""
        is_asked = user is not None and log_action != PLANNED
        if is_asked and (sentence := refusal_to_publish(revision.as_object())):
            raise ConsentMissing(sentence)
        return super().publish(revision, user=user, log_action=log_action, **kwargs)

    def route(self, request, path_components):
        if not may_be_shown(self):
            raise Http404(_("Cette page n’est plus sur le site."))
        return super().route(request, path_components)

    @cached_property
    def written_consent(self):
        """That of the record; None while there is none."""
        return getattr(self.record, "consent", None)

    @cached_property
    def picture(self):
        """The portrait, where the consent covers it."""
        consent = self.written_consent
        return self.record.portrait if consent and consent.covers_picture else None

    @property
    def step_list(self) -> list[str]:
        return [step.strip() for step in self.steps.splitlines() if step.strip()]

    def get_context(self, request, *args, **kwargs):
        from newsroom.lists import helpers_of, line_of

        context = super().get_context(request, *args, **kwargs)
        self.record.shown = self
        context["line"] = line_of(self.record, request.territory)
        context["helpers"] = helpers_of(self.record)
        return context


def writes_live(options: dict[str, Any]) -> bool:
    names = options.get("update_fields")
    return names is None or "live" in names


class StoryActor(Orderable):
    story = ParentalKey(SuccessStoryPage, on_delete=models.CASCADE, related_name="actors")
    actor = models.ForeignKey(
        "resources_directory.ActorPage", models.CASCADE, related_name="+", verbose_name=_("acteur")
    )

    panels = [PageChooserPanel("actor", "resources_directory.ActorPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("acteur qui a aidé")
        verbose_name_plural = _("acteurs qui ont aidé")

    def __str__(self) -> str:
        return str(self.actor)
