from __future__ import annotations

import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from .appearance.address import theme_url
from .plugins.models import PluginSwitch
from .plugins.registry import requirements, working

colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Écrivez une couleur sous la forme #5A2A86."))
address_word = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    _("Des minuscules sans accent, des chiffres et des tirets, comme grand-mirail."),
)

# The end of the hostname of a site that is not at its address yet; it leads nowhere (RFC 6761).
NO_ADDRESS = ".invalid"


def check_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("« %(name)s » n’est pas un fuseau horaire connu. Exemple : Europe/Paris."),
            params={"name": name},
        )


def zone_of(territory: Territory | None) -> zoneinfo.ZoneInfo:
    """The clock that people read there; None is the national portal."""
    return zoneinfo.ZoneInfo(territory.time_zone if territory else settings.TIME_ZONE)


class TerritoryQuerySet(models.QuerySet):
    def online(self) -> TerritoryQuerySet:
        """Leaves out the archived ones and those in the making: the public sees nothing of them."""
        return self.filter(archived_on=None).exclude(site__hostname__endswith=NO_ADDRESS)

    def with_plugin(self, label: str) -> TerritoryQuerySet:
        """Territories where the plugin, and all it requires, are switched on."""
        found = self.online()
        for required in requirements(label):
            found = found.filter(
                models.Exists(
                    PluginSwitch.objects.filter(
                        territory=models.OuterRef("pk"), plugin=required, is_on=True
                    )
                )
            )
        return found


class Territory(PreviewableMixin, models.Model):
    """A Cité de l'emploi: one site of its own, its places, its people and its plugins."""

    site = models.OneToOneField(
        "wagtailcore.Site", models.PROTECT, related_name="territory", verbose_name=_("site")
    )
    name = models.CharField(_("nom"), max_length=100)
    slug = models.CharField(_("nom court"), max_length=60, unique=True, validators=[address_word])
    town = models.CharField(_("ville ou agglomération"), max_length=100, blank=True)
    tagline = models.CharField(_("phrase d’accueil"), max_length=200, blank=True)
    communes = models.ManyToManyField(
        "territories.Commune", related_name="territories", verbose_name=_("communes")
    )
    neighbourhoods = models.ManyToManyField(
        "territories.Neighbourhood",
        related_name="territories",
        verbose_name=_("quartiers prioritaires (QPV)"),
        blank=True,
    )
    pilots = models.TextField(_("pilotes"), blank=True, help_text=_("Une institution par ligne."))
    contact_name = models.CharField(_("qui répond"), max_length=150, blank=True)
    contact_phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    contact_hours = models.CharField(_("horaires d’appel"), max_length=150, blank=True)
    contact_email = models.EmailField(_("adresse e-mail"), blank=True)
    contact_address = models.CharField(_("adresse"), max_length=250, blank=True)
    sender_name = models.CharField(
        _("nom de l’expéditeur"),
        max_length=100,
        blank=True,
        help_text=_("Vide : « Cité de l’emploi » et le nom du territoire."),
    )
    sender_email = models.EmailField(
        _("adresse pour répondre"),
        blank=True,
        help_text=_(
            "Où arrivent les réponses aux lettres et aux messages. Vide : l’adresse du contact."
        ),
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    first_colour = models.CharField(
        _("première couleur"), max_length=7, default="#27233F", validators=[colour]
    )
    second_colour = models.CharField(
        _("seconde couleur"), max_length=7, default="#F5C84B", validators=[colour]
    )
    facade_signature = models.CharField(
        _("dessins de la façade"),
        max_length=100,
        blank=True,
        help_text=_("Noms séparés par des virgules. Vide : choisis d’après le nom court."),
    )
    time_zone = models.CharField(
        _("fuseau horaire"), max_length=50, default="Europe/Paris", validators=[check_time_zone]
    )
    # Set by `archive_territory`: the site is closed, nothing of it is lost.
    archived_on = models.DateField(_("archivé le"), null=True, blank=True, editable=False)

    # Where the colours are while a preview shows them unsaved.
    preview_theme_url = ""

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        return gettext("Cité de l’emploi %(name)s") % {"name": self.name}

    @cached_property
    def enabled_plugins(self) -> frozenset[str]:
        """Labels of the plugins that work here; read once per request."""
        if self.archived_on:
            return frozenset()
        return working({switch.plugin for switch in self.switches.all() if switch.is_on})

    def forget_switches(self) -> None:
        self.__dict__.pop("enabled_plugins", None)
        getattr(self, "_prefetched_objects_cache", {}).pop("switches", None)

    @property
    def is_in_the_making(self) -> bool:
        """Whether its site is not at its address yet."""
        return self.site.hostname.endswith(NO_ADDRESS)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zone_of(self)

    @property
    def root_url(self) -> str:
        return self.site.root_url

    # Wagtail's mixin made its property of its own method.
    @property
    def full_url(self) -> str:
        return self.get_full_url()

    @property
    def theme_url(self) -> str:
        return self.preview_theme_url or theme_url(self)

    def get_full_url(self) -> str:
        return f"{self.root_url}/"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The home page, as it will be once what was typed is saved."""
        from .pages.homes import homes_of

        colours = [colour.lstrip("#") for colour in (self.first_colour, self.second_colour)]
        self.preview_theme_url = reverse("territory:preview_theme", args=[self.pk, *colours])
        request.territory = self
        return homes_of(self)[0].specific.serve(request)
