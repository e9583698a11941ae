"""What the components of the style page are filled with. Nothing here is true, and no date is
today's: a picture of the page stays the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agenda.lines import Line
from agenda.venues import Venue
from resources_directory.hours.sheet import Line as HoursLine
from resources_directory.hours.sheet import Table
from territories.models import Territory
from territories.plugins.contributions import Badge

PHONE = "05 36 49 12 00"
EMAIL = "bonjour@exemple.fr"
NOWHERE = "#composants"
ADDRESS = "3 place des Tilleuls"


def link(title: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "url": NOWHERE, "language": "fr", **more}


def frame(
    path: str, territory: Territory | None, territories: Iterable[Territory]
) -> dict[str, Any]:
    """What stands around the page. Its list of territories leads to the page in their colours."""
    return {
        "theme_url": territory.theme_url if territory else None,
        "menu": [
            link("Agenda", icon="calendar", current=True),
            link("Guide", icon="book"),
            link("Carte", icon="map"),
            link("Actualités", icon="speaker"),
            link("Professionnels", icon="group"),
        ],
        "sibling_territories": [
            {
                "name": other.name,
                "town": other.town,
                "slug": other.slug,
                "facade_signature": other.facade_signature,
                "url": f"{path}?territory={other.slug}",
                "current": other == territory,
            }
            for other in territories
        ],
        "portal_url": f"{path}?territory=national",
        "legal_pages": [
            link("Mentions légales"),
            link("Accessibilité"),
            link("Données personnelles"),
        ],
        "private_space_url": NOWHERE,
        "notices": [
            {
                "kind": "sun",
                "title": "Fermé lundi.",
                "text": "Nous revenons mardi à 9 h.",
                "url": NOWHERE,
                "link": "Voir les horaires",
            }
        ],
    }


@dataclass(frozen=True)
class SamplePage:
    """As much of a page as the lines of lists read; it leads nowhere."""

    title: str
    summary: str = ""
    in_short: str = ""
    slug: str = "exemple"
    language: str = "fr"
    locale_id: int = 0

    def get_url(self, request: Any = None) -> str:
        return ""


@dataclass(frozen=True)
class SampleRendition:
    width: int
    url: str
    alt: str = ""
    height: int = 300

    def img_tag(self, extra_attributes: dict[str, Any] | None = None) -> SafeString:
        attributes = {"src": self.url, "width": self.width, "height": self.height, "alt": self.alt}
        return format_html("<img{}>", flatatt({**attributes, **(extra_attributes or {})}))


class SampleImage:
    """As much of an image as Wagtail's tags ask for: one file, whatever the size asked."""

    title = "Une façade"
    width, height = 400, 300

    def get_rendition(self, spec: Any) -> SampleRendition:
        width = re.search(r"width-(\d+)", getattr(spec, "spec", str(spec)))
        return SampleRendition(
            int(width[1]) if width else 400, static("portal_styles/sample.webp"), alt=self.title
        )

    def get_renditions(self, *specs: Any) -> dict[str, SampleRendition]:
        return {getattr(spec, "spec", str(spec)): self.get_rendition(spec) for spec in specs}


@dataclass(frozen=True)
class Message:
    text: str
    level_tag: str

    def __str__(self) -> str:
        return self.text


class SampleForm(forms.Form):
    name = forms.CharField(label="Votre prénom", initial="Samira")
    phone = forms.RegexField(
        r"^(\d\d ?){5}$",
        label="Votre téléphone",
        help_text="Par exemple 06 39 98 12 34.",
        error_messages={"invalid": "Écrivez 10 chiffres, par exemple 06 39 98 12 34."},
    )
    district = forms.ChoiceField(label="Votre quartier", choices=[("1", "La Reynerie")])
    answer = forms.ChoiceField(
        label="Comment vous répondre ?",
        choices=[("phone", "Par téléphone"), ("sms", "Par SMS")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="Quand vous appeler ?",
        choices=[("morning", "Le matin"), ("evening", "Après 18 h")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    message = forms.CharField(label="Votre message", widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.FileField(label="Votre CV", required=False)
    agreed = forms.BooleanField(label="Vous pouvez garder mon numéro trois mois.")


def form() -> SampleForm:
    return SampleForm(
        {
            "name": "Samira",
            "phone": "06 39",
            "district": "1",
            "answer": "phone",
            "days": ["evening"],
            "message": "Bonjour",
        }
    )


def numbered(page: int, pages: int) -> Page:
    return Paginator(range(pages * 10), 10).page(page)


def badge(text: str, icon: str = "", kind: str = "") -> Badge:
    return Badge(text, icon, kind)


DATES = (date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 10))
BADGES: Sequence[Badge] = (
    badge("Label Cité de l’emploi", kind="label"),
    badge("Gratuit"),
    badge("Ouvert maintenant", "clock", "ok"),
    badge("Plus que 2 places", "alert", "warn"),
    badge("Annulé", "cross", "danger"),
)
VENUE = Venue(
    name="Place des Tilleuls",
    street="",
    address=ADDRESS,
    postcode="31000",
    commune="Toulouse",
    insee_code="31555",
    latitude=None,
    longitude=None,
    actor=None,
    is_online=False,
)


def line(title: str, day: date, hours: str, *badges: Badge, off: bool = False, **more: Any) -> Line:
    page: Any = SamplePage(
        title, summary="Trois employeurs, un café, et personne derrière un bureau."
    )
    lit = any(badge.kind == "label" for badge in badges)
    return Line(page, page, day, hours, "", more.get("repeat", ""), VENUE, badges, lit, off)


FORUM = line(
    "Forum « L’emploi au pied de chez vous »", date(2026, 12, 8), "9 h 30 à 17 h", *BADGES[:2]
)
COURSE = line(
    "Atelier CV",
    date(2026, 12, 4),
    "14 h",
    BADGES[1],
    repeat="tous les vendredis jusqu’au 18 décembre",
)
CANCELLED = line("Café des métiers", date(2026, 12, 5), "10 h", BADGES[4], off=True)

SERVICE = SimpleNamespace(
    need=SimpleNamespace(icon="steering-wheel"),
    shown=SamplePage("Passer le permis", in_short="Le code et la conduite, avec une auto-école."),
    shown_actor=SamplePage("Auto-école des Tilleuls"),
    place=SimpleNamespace(commune="Toulouse"),
    territory=None,
    badges=(BADGES[2],),
    fees="gratuit",
    get_fees_display="Gratuit",
    type="",
    reception_modes=("a-distance",),
)
ACTOR = SimpleNamespace(
    translation_key="exemple",
    need=SimpleNamespace(icon="town"),
    shown=SamplePage("Maison des Tilleuls"),
    address_line=f"{ADDRESS}, Toulouse",
    territory=None,
    badges=(),
    service_count=6,
    step_free=True,
    has_coordinates=True,
)
MORNING, AFTERNOON = ("9 h à 12 h", ""), ("14 h à 18 h", "")
HOURS = {
    "tables": [
        Table(
            "",
            [
                HoursLine("Lundi", [MORNING]),
                HoursLine("Mardi", [MORNING, AFTERNOON], is_today=True),
                HoursLine("Mercredi", [MORNING, AFTERNOON]),
                HoursLine("Jeudi", [MORNING, AFTERNOON]),
                HoursLine("Vendredi", [("9 h à 12 h", "sur rendez-vous")]),
                HoursLine("Samedi", [("Fermé", "")]),
                HoursLine("Dimanche", [("Fermé", "")]),
            ],
        )
    ],
    "other_days": [HoursLine("Mercredi 11 novembre", [("Fermé", "")], reason="jour férié")],
}
