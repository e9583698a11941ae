"""What a page is, as schema.org data (JSON-LD): read by search engines, never run by browsers.

A page type may say what it is: `structured_data(self, request) -> Mapping | None`, without
`@context`. The path to the page, the site and its search are added here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

if TYPE_CHECKING:
    from .head import Head

CONTEXT = "https://schema.org"
# Inside a `<script>`, so that no title closes it or opens a comment.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

Data = Mapping[str, Any]


def described(head: Head) -> SafeString | str:
    """The data of a page as the text of a `<script type="application/ld+json">`; "" for none."""
    graph = [*own_data(head), *(site_data(head) if head.is_home else path_data(head))]
    return as_text({"@context": CONTEXT, "@graph": graph}) if graph else ""


def as_text(data: Data) -> SafeString:
    return mark_safe(json.dumps(data, ensure_ascii=False, default=str).translate(ESCAPES))


def own_data(head: Head) -> Sequence[Data]:
    describe = getattr(head.page, "structured_data", None)
    data = describe(head.request) if describe else None
    # The graph has one context, at its top.
    return [{name: said for name, said in data.items() if name != "@context"}] if data else []


def site_data(head: Head) -> Sequence[Data]:
    """The site, the search that it offers and the organization that publishes it."""
    root = head.canonical
    site = {
        "@type": "WebSite",
        "@id": f"{root}#site",
        "name": head.site_name,
        "url": root,
        "inLanguage": head.language,
        "publisher": {"@id": f"{root}#organization"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{root}recherche/?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }
    return [site, organization(head, root)]


def organization(head: Head, root: str) -> Data:
    territory = head.territory
    facts: dict[str, Any] = {
        "@type": "GovernmentOrganization",
        "@id": f"{root}#organization",
        "name": head.site_name,
        "url": root,
        "logo": head.picture,
        "description": head.description,
    }
    if territory is None:
        return facts | {"areaServed": "FR"}
    facts |= {
        "telephone": territory.contact_phone,
        "email": territory.contact_email,
        "address": territory.contact_address,
        "areaServed": territory.town,
    }
    return known(facts)


def path_data(head: Head) -> Sequence[Data]:
    """The path from home, as the breadcrumb shows it; nothing for a page right below home that
    was not routed to."""
    trail = [page for page in getattr(head.request, "trail", ()) if page.depth >= 2]
    if len(trail) < 2:
        return []
    home = gettext("Accueil")
    return [
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": home if page.depth == 2 else page.title,
                    "item": page.get_full_url(head.request),
                }
                for position, page in enumerate(trail, start=1)
            ],
        }
    ]


def place_data(name: str, where: Any) -> Data | None:
    """A place with its postal address and its point; `where` has the fields of an `Address`."""
    address = known(
        {
            "@type": "PostalAddress",
            "streetAddress": where.address,
            "postalCode": where.postcode,
            "addressLocality": where.commune,
            "addressCountry": "FR" if where.postcode or where.commune else "",
        }
    )
    place = {"@type": "Place", "name": name}
    if len(address) > 1:
        place["address"] = address
    if where.has_coordinates:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": where.latitude,
            "longitude": where.longitude,
        }
    return known(place) if len(place) > 2 or name else None


def known(data: Data) -> dict[str, Any]:
    """Without what is not known: an empty value says something false."""
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def publisher(territory: Any) -> Data:
    """Who answers for what a territory publishes, inside the data of one of its pages."""
    if territory is None:
        return {"@type": "GovernmentOrganization", "name": settings.WAGTAIL_SITE_NAME}
    return {
        "@type": "GovernmentOrganization",
        "name": territory.full_name,
        "url": territory.full_url,
    }
