"""What is asked about a criterion.

The grid says what is wanted; some criteria ask it in smaller questions, by their key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from labelling.models import Criterion

YES_OR_NO = (
    ("yes", gettext_lazy("Oui"), True),
    ("no", gettext_lazy("Non, pas encore"), False),
)


@dataclass(frozen=True)
class Asked:
    """`met`: whether the criterion is met, by one of `choices`: value, words, what it means;
    `text`: in words, with a `hint`, and what to say where it is `empty`; `helps`, `who`: asked of
    one criterion alone."""

    met: Any
    text: Any
    hint: Any
    empty: Any
    choices: Sequence[tuple[str, Any, bool]] = YES_OR_NO
    helps: Sequence[tuple[str, Any]] = ()
    who: Any = ""

    def is_met(self, value: str) -> bool | None:
        return {choice: met for choice, _words, met in self.choices}.get(value)

    def words_of(self, facts: Mapping[str, Any]) -> list[str]:
        """What the small answers say, for whoever reads the application."""
        said = [words for value, words, _met in self.choices if value == facts.get("met")]
        said += [words for value, words in self.helps if value in facts.get("helps", ())]
        return [*map(str, said), *filter(None, [facts.get("who")])]


ASKED = {
    "access": Asked(
        met=gettext_lazy("L’entrée est-elle gratuite ?"),
        choices=(
            ("yes", gettext_lazy("Oui, pour tout le monde"), True),
            ("conditions", gettext_lazy("Oui, sous condition"), True),
            ("no", gettext_lazy("Non"), False),
        ),
        text=gettext_lazy("Qui prévient les habitants dans le quartier ?"),
        hint=gettext_lazy(
            "Des adultes-relais, un centre social, des commerçants, un gardien… Écrivez leurs noms."
        ),
        empty=gettext_lazy("Nommez au moins un relais."),
        helps=(
            ("childcare", gettext_lazy("Garde d’enfants sur place")),
            ("transport", gettext_lazy("Navette ou tickets de transport")),
            ("interpreter", gettext_lazy("Interprète ou traduction")),
        ),
    ),
    "communication": Asked(
        met=gettext_lazy("Les habitants le sauront-ils assez tôt ?"),
        text=gettext_lazy("Comment l’annoncez-vous, et quand ?"),
        hint=gettext_lazy("Affiches, messages, vidéos, bouche à oreille… avec les dates."),
        empty=gettext_lazy("Dites au moins un moyen de l’annoncer."),
    ),
    "partnership": Asked(
        met=gettext_lazy("Le préparez-vous à plusieurs ?"),
        text=gettext_lazy("Avec qui, et que fait chacun ?"),
        hint=gettext_lazy("Une ligne par structure suffit."),
        empty=gettext_lazy("Nommez au moins un partenaire."),
    ),
    "follow-up": Asked(
        met=gettext_lazy("Vous engagez-vous à faire le bilan ?"),
        choices=(
            ("yes", gettext_lazy("Oui, nous le ferons"), True),
            ("no", gettext_lazy("Non"), False),
        ),
        text=gettext_lazy("Comment compterez-vous qui est venu, et ce que cela a donné ?"),
        hint=gettext_lazy("Une feuille à l’entrée, un appel un mois après…"),
        empty=gettext_lazy("Dites comment vous compterez."),
        who=gettext_lazy("Qui s’en charge ?"),
    ),
}
USUAL = Asked(
    met=gettext_lazy("Est-ce le cas pour vous ?"),
    text=gettext_lazy("Comment faites-vous ?"),
    hint=gettext_lazy("Quelques phrases simples suffisent."),
    empty=gettext_lazy("Dites comment, en une phrase au moins."),
)


def asked_about(criterion: Criterion) -> Asked:
    return ASKED.get(criterion.key, USUAL)
