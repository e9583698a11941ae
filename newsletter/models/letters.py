"""Letters: pages made of the shared blocks, read on the site or in a mailbox."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Page, PageManager
from wagtail_localize.fields import TranslatableField

from newsletter.composing.panel import AlreadyToldPanel
from newsletter.composing.templates import LetterPermissions, TemplatePublished, refusal
from newsletter.rendering.faults_panel import FaultsPanel
from newsletter.rendering.preview import show_letter
from newsletter.subscribing.addresses import FIRST_WORDS
from territories.blocks.field import ContentField
from territories.pages.base import TerritoryPage, TerritoryPageQuerySet
from territories.pages.content import BodyForm
from territories.pages.index import IndexPage
from territories.pages.listing import Listing

LETTERS_PER_PAGE = 20
# Expression: when a letter was sent, else when it was first published.
DAY = Coalesce("sent_on", TruncDate("first_published_at"), output_field=models.DateField())


class NewsletterIndexPage(IndexPage):
    """`/lettres/`: every letter that was sent, the latest first."""

    parent_page_types = ["territories.TerritoryHomePage"]
    subpage_types = ["newsletter.NewsletterPage"]
    menu_icon = "mail"

    class Meta:
        verbose_name = _("liste des lettres")
        verbose_name_plural = _("listes des lettres")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        letters = NewsletterPage.objects.findable().in_territory(request.territory).dated()
        context["listing"] = Listing(
            request, letters, ordering=["-day", "-pk"], per_page=LETTERS_PER_PAGE
        )
        return context


class LetterQuerySet(TerritoryPageQuerySet):
    def letters(self) -> LetterQuerySet:
        """Without the templates."""
        return self.filter(is_template=False)

    def dated(self) -> LetterQuerySet:
        """Adds `day`: when the letter was sent, else when it was first published."""
        return self.annotate(day=DAY)


# The command that publishes what was planned: nobody is there to read a sentence.
PLANNED = "wagtail.publish.scheduled"


class LetterForm(BodyForm):
    def clean(self):
        cleaned = super().clean()
        asks = any(self.data.get(f"action-{name}") for name in ("publish", "submit"))
        if self.instance.is_template and (asks or cleaned.get("go_live_at")):
            self.add_error(None, refusal())
        return cleaned

    def clean_button_page(self):
        chosen = self.cleaned_data["button_page"]
        parent = self.instance.get_parent() if self.instance.pk else self.parent_page
        home_territory = getattr(parent.specific, "territory_id", None) if parent else None
        if chosen and getattr(chosen.specific, "territory_id", None) != home_territory:
            raise ValidationError(_("Choisissez une page de votre territoire."))
        return chosen


class NewsletterPage(TerritoryPage):
    subject = models.CharField(
        _("objet"),
        max_length=150,
        blank=True,
        help_text=_("Ce qu’on lit d’abord dans sa boîte aux lettres. Vide : le titre."),
    )
    preheader = models.CharField(
        _("aperçu"),
        max_length=200,
        blank=True,
        help_text=_("La phrase que la boîte aux lettres montre après l’objet."),
    )
    sent_on = models.DateField(
        _("envoyée le"),
        null=True,
        blank=True,
        help_text=_("Le jour qui s’affiche. Vide : le jour de la mise en ligne."),
    )
    body = ContentField(verbose_name=_("contenu"), blank=True)
    # Never published: the letters of the territory begin with a copy of one.
    is_template = models.BooleanField(_("modèle"), default=False)
    button_text = models.CharField(
        _("mots du bouton"),
        max_length=50,
        blank=True,
        help_text=_("Une lettre n’a qu’un bouton. Vide : « Voir tout le site »."),
    )
    button_page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page du bouton"),
        help_text=_("Par exemple l’agenda. Vide : l’accueil."),
    )

    objects = PageManager.from_queryset(LetterQuerySet)()
    base_form_class = LetterForm
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("subject"), FieldPanel("preheader"), FieldPanel("sent_on")],
            heading=_("L’enveloppe"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("button_text"), PageChooserPanel("button_page")])],
            heading=_("Le bouton"),
        ),
        AlreadyToldPanel(heading=_("Déjà dit")),
        FaultsPanel(heading=_("Avant l’envoi")),
    ]
    parent_page_types = ["newsletter.NewsletterIndexPage"]
    subpage_types: list[str] = []
    # When it was sent is the record's to say.
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("search_description"),
        TranslatableField("subject"),
        TranslatableField("preheader"),
        TranslatableField("body"),
        TranslatableField("button_text"),
    ]
    menu_icon = "mail"

    class Meta:
        verbose_name = _("lettre")
        verbose_name_plural = _("lettres")

    @staticmethod
    def _slug_is_available(slug, parent_page, page=None):
        # What readers open stands under `/lettres/` too.
        return slug not in FIRST_WORDS and Page._slug_is_available(slug, parent_page, page)

    def save(self, *args, **kwargs):
        """Whatever way it came (an archive, a copy, a plan), a template is a draft."""
        if self.is_template and self.live:
            self.live, self.has_unpublished_changes = False, True
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "live"}
        return super().save(*args, **kwargs)

    def publish(self, revision, user=None, log_action=True, **kwargs: Any):
        """Raises TemplatePublished, which Wagtail answers as a refusal, unless nobody asked: what
        was planned is then forgotten."""
        if not self.is_template:
            return super().publish(revision, user=user, log_action=log_action, **kwargs)
        if user is not None and log_action != PLANNED:
            raise TemplatePublished(refusal())
        return type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=None)

    def permissions_for_user(self, user):
        return LetterPermissions(user, self)

    def get_workflow(self):
        return None if self.is_template else super().get_workflow()

    @property
    def has_workflow(self) -> bool:
        return not self.is_template and super().has_workflow

    def get_admin_display_title(self) -> str:
        title = super().get_admin_display_title()
        return _("%(title)s (modèle)") % {"title": title} if self.is_template else title

    @property
    def mail_subject(self) -> str:
        return " ".join((self.subject or self.title).split())

    @property
    def sent_day(self) -> date | None:
        """The day shown: the record's, so that translations agree."""
        record = self.record
        if record.sent_on or record.first_published_at is None:
            return record.sent_on
        return timezone.localtime(record.first_published_at).date()

    @property
    def call(self) -> tuple[str, Page | None]:
        """The words of the one button and where it leads; None is the home page."""
        chosen = self.button_page_id
        # A page unpublished or made private since it was chosen must not be led to.
        target = Page.objects.live().public().filter(pk=chosen).first() if chosen else None
        if target is None and chosen:
            return str(_("Voir tout le site")), None
        return self.button_text or (target.title if target else str(_("Voir tout le site"))), target

    preview_modes = [
        ("", _("Sur le site")),
        ("mail", _("Dans la boîte aux lettres")),
        ("text", _("Texte")),
    ]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["index_url"] = (self.get_url(request) or "").removesuffix(f"{self.slug}/")
        return context

    def serve_preview(self, request, mode_name):
        # A letter that was never saved does not know its territory yet.
        self.territory_id = self.territory_id or self.find_territory_id()
        if not mode_name:
            return super().serve_preview(request, mode_name)
        return show_letter(self, request, as_text=mode_name == "text")
