"""What the page of a label says to whoever checks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from agenda.models import EventPage
from agenda.models.dates import Status as EventStatus
from labelling.grids.words import CriterionWords, say
from labelling.models import CriterionKind, Label, LabelCheck, Opinion, Status
from resources_directory.sheets import facts
from territories.discovery.structured import as_text, known, publisher
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import in_language, said_in
from territories.territory import zone_of
from territories.words import day_words, hour_words

from .badge import HEIGHT, WIDTH
from .public import public_url


@dataclass(frozen=True)
class Proof:
    """`at`: the moment that all of this is said of; the page gives it, and may be kept a while."""

    label: Label
    bearer: Page
    status: Status
    at: datetime
    facts: Sequence[Mapping[str, Any]]
    mandatory: Sequence[CriterionWords]
    optional: Sequence[CriterionWords]
    renewed_by: str

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE

    @property
    def has_left(self) -> bool:
        """What bore it is another territory's now."""
        return self.bearer.record.territory_id != self.label.territory_id

    @property
    def hour(self) -> str:
        return hour_words(self.at.time())

    @property
    def address(self) -> str:
        return public_url(self.label)

    @property
    def code(self) -> SafeString:
        drawn = code_of(self.label).svg_inline(border=2, omitsize=True, light="#fff", svgclass=None)
        return mark_safe(drawn)

    @property
    def snippet(self) -> SafeString:
        """The badge for a page of somebody else's; it leads here."""
        return format_html(
            '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}"></a>',
            self.address,
            public_url(self.label, "badge"),
            WIDTH,
            HEIGHT,
            f"Label Cité de l’emploi {self.label.territory.name}, n° {self.label.number}",
        )

    @property
    def poster_url(self) -> str:
        """Of an event that takes place: of one that is over the agenda makes none."""
        event = self.bearer.record
        if not (self.is_active and isinstance(event, EventPage)):
            return ""
        coming = event.occurrences.filter(over_at__gt=self.at)
        if not coming.exclude(status__in=[EventStatus.CANCELLED, EventStatus.POSTPONED]).exists():
            return ""
        return f"{self.label.territory.root_url}{reverse('agenda:event_poster', args=[event.slug])}"

    @property
    def structured(self) -> SafeString:
        about = {"@type": "Thing", "name": self.bearer.title, "url": self.bearer.record.full_url}
        return as_text(
            {
                "@context": "https://schema.org",
                **certification(self.label, self.status),
                "about": about,
            }
        )


def proof_of(label: Label) -> Proof:
    """`label` comes with its territory, grid, application and page."""
    at = timezone.localtime(timezone=zone_of(label.territory))
    bearer = label.page.specific
    if bearer.territory_id == label.territory_id:
        bearer.territory = label.territory
    [record] = in_language([bearer], get_language() or "")
    mandatory, optional = points_of(checks_of(label=label))
    return Proof(
        label=label,
        bearer=record.shown,
        status=label.status_on(at.date()),
        at=at,
        facts=facts_of(label),
        mandatory=mandatory,
        optional=optional,
        renewed_by=label.renewed_by.order_by("-pk").values_list("number", flat=True).first() or "",
    )


def checks_of(**which: Any) -> QuerySet[LabelCheck]:
    """The criteria of one label, in the order of the grid, with all that is said of it."""
    checks = LabelCheck.objects.filter(**which)
    found = checks.select_related("criterion", "label__territory__site")
    return found.order_by("criterion__grid", "criterion__number")


def points_of(checks: Iterable[LabelCheck]) -> list[list[CriterionWords]]:
    """What was checked, mandatory then optional, in the language of the visitor where the grid
    speaks it."""
    language = get_language() or SOURCE_LANGUAGE
    criteria = [check.criterion for check in checks]
    return [
        [say(CriterionWords, one, language) for one in criteria if one.kind == kind]
        for kind in (CriterionKind.MANDATORY, CriterionKind.OPTIONAL)
    ]


def facts_of(label: Label) -> list[dict]:
    return facts(
        [
            ("calendar", _("Donné le"), [day_words(label.granted_on, weekday=False, year=True)]),
            ("group", _("Décidé par"), [who_decided(label)]),
            ("list", _("Règles"), [rules_of(label)]),
            ("town", _("Demandé par"), [who_asked(label)]),
        ]
    )


def who_decided(label: Label) -> str:
    """The committee that gave an opinion, whoever had an interest in it left out; nobody's name."""
    if label.application_id is not None:
        counted = Opinion.objects.filter(application=label.application_id, has_conflict=False)
        if number := counted.count():
            return ngettext(
                "La coordination, après l’avis de %(number)s personne",
                "Un comité de %(number)s personnes",
                number,
            ) % {"number": number}
    return _("La coordination du territoire")


def rules_of(label: Label) -> str:
    return _("Grille nationale, version %(version)s") % {"version": label.grid.version}


def who_asked(label: Label) -> str:
    """The organisation, as long as the application keeps it; never a person."""
    asked = label.application.organisation if label.application else ""
    return said_in(asked, SOURCE_LANGUAGE)


def code_of(label: Label) -> segno.QRCode:
    return segno.make(public_url(label), error="m", micro=False)


def certification(label: Label, status: Status) -> dict[str, Any]:
    """`schema.org/Certification`: an official statement about a place, a service or an
    organisation (docs/decisions/0042-the-label-anyone-can-check.md)."""
    state = "CertificationActive" if status == Status.ACTIVE else "CertificationInactive"
    return known(
        {
            "@type": "Certification",
            "@id": f"{public_url(label)}#label",
            "name": "Label Cité de l’emploi",
            "certificationIdentification": label.number,
            "certificationStatus": f"https://schema.org/{state}",
            "url": public_url(label),
            "logo": public_url(label, "badge"),
            "datePublished": label.granted_on,
            "validFrom": label.starts_on,
            "expires": label.withdrawn_on or label.expires_on,
            "issuedBy": publisher(label.territory),
        }
    )
