"""The partners of a territory, by family."""

from __future__ import annotations

from dataclasses import dataclass, field

from territories.models import Territory

from .directory import shown_actors
from .models import Partner, PartnersPage


@dataclass
class Family:
    code: str
    title: str
    partners: list[Partner] = field(default_factory=list)


def partners_of(territory: Territory | None, category: str = "") -> list[Family]:
    """Families in their order, each with its partners; those that nobody may see are left out."""
    if territory is None:
        return []
    pages = PartnersPage.objects.findable().in_territory(territory)
    found = Partner.objects.filter(page__in=pages.values("pk")).select_related("logo")
    if category:
        found = found.filter(category=category)
    found = list(found.prefetch_related("logo__renditions").order_by("sort_order", "pk"))
    actors = shown_actors(partner.actor_id for partner in found)
    families = {code: Family(code, str(label)) for code, label in Partner.Category.choices}
    for partner in found:
        partner.shown_actor = actors.get(partner.actor_id)
        if partner.shown_actor or partner.name:
            families[partner.category].partners.append(partner)
    return [family for family in families.values() if family.partners]
