"""Events: what happens, where, for whom, and how to come."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail_localize.fields import TranslatableField

from agenda.dates.checking import wrong_period
from agenda.dates.editing import dates_panels
from agenda.dates.occurrences import rebuild_occurrences
from agenda.forms import EventForm
from agenda.queries import EventManager
from resources_directory.models.contact import CONTACT_PANEL, Contact
from resources_directory.models.records import ADDRESS_PANELS
from territories.pages.base import TerritoryPage
from territories.pages.provenance import Provenance
from territories.places.models import Address
from territories.territory import zone_of

from .audience import AUDIENCE_PANEL, Audience
from .dates import Status
from .places import BOOKING_PANEL, Bookable
from .welcome import REGISTRATION_PANEL, WELCOME_PANELS, WELCOME_WORDS, Welcome

SUMMARY_LENGTH = 200
BODY_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class EventPage(Bookable, TerritoryPage, Audience, Welcome, Contact, Address, Provenance):
    summary = models.TextField(
        _("résumé"),
        validators=[
            MaxLengthValidator(
                SUMMARY_LENGTH, _("Résumé : 200 caractères au plus, s’il vous plaît.")
            )
        ],
        help_text=_("Une ou deux phrases simples : ce qu’on y fait, pour quoi on y va."),
    )
    body = RichTextField(_("en détail"), features=BODY_FEATURES, blank=True)
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
    status = models.CharField(
        _("état"),
        max_length=10,
        choices=Status,
        default=Status.SCHEDULED,
        help_text=_("Annulé ? Changez l’état plutôt que de dépublier : tout le monde le verra."),
    )
    is_action = models.BooleanField(
        _("action sur plusieurs mois"),
        default=False,
        help_text=_("Un accompagnement, une formation… qui dure jusqu’à un an."),
    )
    runs_from = models.DateField(_("premier jour de l’action"), null=True, blank=True)
    runs_until = models.DateField(_("dernier jour de l’action"), null=True, blank=True)
    # An actor that closes does not take its events away.
    organiser = models.ForeignKey(
        "resources_directory.ActorPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="organised_events",
        verbose_name=_("qui organise"),
    )
    place = models.ForeignKey(
        "resources_directory.ActorPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosted_events",
        verbose_name=_("chez quel acteur"),
        help_text=_("Son adresse sera reprise. Ailleurs ? Écrivez l’adresse plus bas."),
    )
    place_name = models.CharField(
        _("nom du lieu, salle ou étage"),
        max_length=200,
        blank=True,
        help_text=_("Comme « Place Abbal », ou « salle 2 » chez l’acteur choisi."),
    )
    is_online = models.BooleanField(_("en ligne"), default=False)
    online_url = models.URLField(_("lien pour participer en ligne"), max_length=2083, blank=True)

    # The moment from which its last occurrence is past; null without any. Kept by
    # `rebuild_occurrences`, so that lists find what is to come through an index.
    over_at = models.DateTimeField(null=True, editable=False)

    objects = EventManager()
    base_form_class = EventForm

    # What every event needs stands open; the rest is folded.
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        *dates_panels(),
        MultiFieldPanel(
            [
                FieldPanel("is_action"),
                FieldRowPanel([FieldPanel("runs_from"), FieldPanel("runs_until")]),
            ],
            heading=_("Sur plusieurs mois"),
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("place", "resources_directory.ActorPage"),
                FieldPanel("place_name"),
            ],
            heading=_("Où"),
        ),
        MultiFieldPanel(
            [*ADDRESS_PANELS, FieldRowPanel([FieldPanel("is_online"), FieldPanel("online_url")])],
            heading=_("À une autre adresse, ou en ligne"),
            classname="collapsed",
        ),
        PageChooserPanel("organiser", "resources_directory.ActorPage"),
        FieldPanel("status"),
        AUDIENCE_PANEL,
        REGISTRATION_PANEL,
        BOOKING_PANEL,
        *WELCOME_PANELS,
        MultiFieldPanel(
            [FieldPanel("body"), FieldPanel("image"), FieldPanel("image_alt")],
            heading=_("En détail, avec une image"),
            classname="collapsed",
        ),
        InlinePanel(
            "partners", heading=_("Avec qui"), label=_("Partenaire"), classname="collapsed"
        ),
        MultiFieldPanel(CONTACT_PANEL.children, heading=_("Une question ?"), classname="collapsed"),
    ]
    parent_page_types = ["agenda.AgendaPage", "agenda.PartnerAgendaPage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        TranslatableField("image_alt"),
        *WELCOME_WORDS,
        TranslatableField("search_description"),
    ]
    menu_icon = "calendar"

    class Meta:
        verbose_name = pgettext_lazy("un seul", "rendez-vous")
        verbose_name_plural = _("rendez-vous")
        indexes = [
            models.Index(fields=["territory", "over_at"], name="event_of_territory_over_at"),
            models.Index(fields=["over_at"], name="event_over_at"),
        ]

    def clean(self) -> None:
        super().clean()
        errors = {}
        for name in ("organiser", "place"):
            actor = getattr(self, name)
            if actor is not None:
                setattr(self, name, actor.record)
                if self.is_stranger(actor):
                    errors[name] = _("Choisissez un acteur de ce territoire.")
        if self.image_id and not self.image_alt:
            errors["image_alt"] = _("Texte de remplacement : dites ce que montre l’image.")
        if (self.latitude is None) != (self.longitude is None):
            lacking = "latitude" if self.latitude is None else "longitude"
            errors[lacking] = _("Donnez la latitude et la longitude, ou ni l’une ni l’autre.")
        errors |= wrong_period(self)
        if self.online_url and not self.is_online:
            errors["is_online"] = _("En ligne : cochez cette case, ou videz le lien.")
        if errors:
            raise ValidationError(errors)

    def is_stranger(self, actor) -> bool:
        """An actor of another territory; the national portal may name any."""
        return self.territory_id is not None and actor.territory_id != self.territory_id

    def save(self, *args, **kwargs):
        with transaction.atomic():
            result = super().save(*args, **kwargs)
            # Publishing saves the page too. A partial save tells nothing of the dates.
            if self.live and self.is_record and kwargs.get("update_fields") is None:
                rebuild_occurrences(event=self)
        return result

    @property
    def ends_by(self) -> date | None:
        """The last day that a session may have; None when there is none."""
        return self.runs_until if self.is_action else None

    @cached_property
    def zone(self):
        return zone_of(self.territory)

    def get_context(self, request, *args, **kwargs):
        # What the page says knows the models.
        from agenda.sheet import Sheet

        context = super().get_context(request, *args, **kwargs)
        context["sheet"] = self.sheet = Sheet(self, request)
        return context

    def sheet_for(self, request):
        """The one that the page shows, so that its dates are read once."""
        from agenda.sheet import Sheet

        return getattr(self, "sheet", None) or Sheet(self, request)

    def structured_data(self, request):
        from agenda.structured import event_data

        return event_data(self.sheet_for(request))

    def shared_text(self, request):
        """What somebody sends to a friend: what, when, where, how much, and the address.

        All in the language of the page: a message cannot say that a part of it is in another.
        """
        with override(self.language):
            sheet = self.sheet_for(request).said_anew()
            url = self.get_full_url(request)
            said = [self.title, sheet.when, sheet.venue.full, sheet.price, url]
            return "\n".join(str(line) for line in said if line)

    def shared_day(self, request):
        """The day in the window of the picture that messages show."""
        return self.sheet_for(request).line.day


class EventPartner(Orderable):
    class Role(models.TextChoices):
        PARTNER = "", _("partenaire")
        ORGANISER = "organiser", _("organise aussi")

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="partners")
    actor = models.ForeignKey(
        "resources_directory.ActorPage",
        models.CASCADE,
        related_name="+",
        verbose_name=_("acteur"),
    )

    role = models.CharField(
        _("rôle"), max_length=10, choices=Role, default=Role.PARTNER, blank=True
    )

    panels = [
        PageChooserPanel("actor", "resources_directory.ActorPage"),
        FieldPanel("role"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("partenaire")
        verbose_name_plural = _("partenaires")

    def __str__(self) -> str:
        return str(self.actor)
