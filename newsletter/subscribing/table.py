"""The columns of a list of readers, as files are written and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from newsletter.models import Subscriber
from territories.territory import Territory
from territories.vocabulary.families import families

from .wishes import neighbourhood_choices

EMAIL, LANGUAGE, RHYTHM = "email", "langue", "rythme"
THEMES, QUARTER = "themes", "quartier"
TO_IMPORT = (EMAIL, LANGUAGE, RHYTHM, THEMES, QUARTER)
# What other tools call them, as `name_of` writes it.
ALSO = {
    "e_mail": EMAIL, "mail": EMAIL, "courriel": EMAIL, "adresse_e_mail": EMAIL,
    "adresse_mail": EMAIL, "adresse_email": EMAIL, "adresse_electronique": EMAIL,
    "email_address": EMAIL, "adresse_courriel": EMAIL,
    "language": LANGUAGE, "frequence": RHYTHM, "frequency": RHYTHM,
    "thematiques": THEMES, "neighbourhood": QUARTER, "qpv": QUARTER, "code_qpv": QUARTER,
}  # fmt: skip

HEADINGS = (
    *(_("Adresse e-mail"), _("État"), _("Langue"), _("Rythme"), _("Thèmes"), _("Quartier")),
    *(_("Inscrit le"), _("Confirmé le"), _("Origine"), _("Ce qui a été accepté")),
)


def rows(territory: Territory, found: Iterable[Subscriber]) -> Iterator[list[str]]:
    """One line a reader, with the last proof; themes and neighbourhood as their codes' words."""
    themes = {code: term.words for code, term in families().items()}
    quarters = dict(neighbourhood_choices(territory))

    def day(moment) -> str:
        return f"{moment.astimezone(territory.zone):%Y-%m-%d}" if moment else ""

    for one in found:
        proofs = [proof for proof in one.consents.all() if proof.confirmed_at or proof.is_proven]
        proof = proofs[-1] if proofs else None
        yield [
            one.email,
            one.get_state_display(),
            one.language,
            one.get_frequency_display(),
            ", ".join(themes.get(code, code) for code in one.themes),
            quarters.get(one.neighbourhood, one.neighbourhood),
            day(one.created_at),
            day(one.confirmed_at),
            proof.get_source_display() if proof else "",
            proof.words if proof else "",
        ]
