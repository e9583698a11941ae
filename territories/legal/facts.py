"""The facts as pages say them: what is left empty is taken from the contact, or is lacking."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from territories.models import LegalFacts

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from territories.models import Territory

# The field that is lacking, and the contact of the territory that stands for it.
NEEDED = {
    "publisher_name": "",
    "publisher_address": "contact_address",
    "publisher_phone": "contact_phone",
    "director": "",
    "host_name": "",
    "host_address": "",
    "host_phone": "",
    "data_contact": "",
    "data_email": "contact_email",
    "accessibility_contact": "contact_name",
    "accessibility_email": "contact_email",
}


class Facts:
    """`facts.director`, `facts.data_email`…: "" for what nobody has said yet."""

    def __init__(self, territory: Territory | None, stored: LegalFacts | None = None) -> None:
        self.territory = territory
        self.stored = stored or facts_of(territory)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.stored, name)
        if value in (None, "") and NEEDED.get(name) and self.territory is not None:
            return getattr(self.territory, NEEDED[name])
        return value

    @property
    def lacking(self) -> Sequence[str | Promise]:
        """The words of the fields that only the coordination can fill."""
        return [
            LegalFacts._meta.get_field(name).verbose_name
            for name in NEEDED
            if not getattr(self, name)
        ]

    @property
    def is_audited(self) -> bool:
        return self.stored.audit_date is not None and self.stored.audit_rate is not None

    @property
    def conformity(self) -> str:
        """ "full", "partial" or "none", as the RGAA's model of a statement has it: a site that
        nobody has audited conforms to nothing."""
        if not self.is_audited or self.stored.audit_rate < 50:
            return "none"
        return "full" if self.stored.audit_rate == 100 else "partial"

    @property
    def failures(self) -> list[str]:
        lines = self.stored.audit_failures.splitlines()
        return [line.strip(" -•\t") for line in lines if line.strip()]


def told_facts(territories: Collection[Territory]) -> dict[int, LegalFacts]:
    """Those of several territories, by primary key, in one query; empty ones for the rest."""
    told = {
        facts.territory_id: facts for facts in LegalFacts.objects.filter(territory__in=territories)
    }
    return {one.pk: told.get(one.pk) or LegalFacts(territory=one) for one in territories}


def facts_of(territory: Territory | None) -> LegalFacts:
    """Those that are stored, else empty ones that are not saved."""
    found = LegalFacts.objects.filter(territory=territory).first()
    return found or LegalFacts(territory=territory)
