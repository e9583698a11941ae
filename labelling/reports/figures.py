"""The figures of a report: how they are read, and which of them cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from labelling.models import LATER_ONLY, Moment, Report
from territories.importing.texts import alike

# None: not known, which is not zero.
Figures = Mapping[str, int | None]

MOST = 1_000_000
# What people write when they do not know, as `alike` writes it.
UNKNOWN = {
    *("nsp", "nr", "nc", "inconnu", "inconnue", "non connu", "non connue", "non renseigne"),
    *("je ne sais pas", "ne sait pas", "on ne sait pas", "n a", "na"),
    *("unknown", "not known", "i don t know", "don t know", "we don t know", "no answer"),
}
NO_WORD = re.compile(r"[-–—?…\s]*")
SPACES = re.compile(r"[\s\u00a0\u202f]")


def read_figure(typed: object) -> int | None:
    """« 1 200 » → 1200; None for an empty field or « je ne sais pas ». Raises ValidationError."""
    text = str("" if typed is None else typed)
    if NO_WORD.fullmatch(text) or alike(text) in UNKNOWN:
        return None
    plain = SPACES.sub("", text)
    if re.fullmatch(r"[-−][0-9]+", plain):
        raise ValidationError(_("Ce nombre ne peut pas être plus petit que zéro."))
    # A spreadsheet writes 12 as 12.0, or as 12,0.
    if not (found := re.fullmatch(r"([0-9]+)(?:[.,]0+)?", plain)):
        raise ValidationError(
            _("Écrivez un nombre entier, comme 12. Vous ne savez pas ? Laissez vide.")
        )
    if len(found[1]) > 12 or int(found[1]) > MOST:
        raise ValidationError(_("Ce nombre est trop grand : un million au plus."))
    return int(found[1])


@dataclass(frozen=True)
class Limit:
    """The `parts`, together, are never more than the `whole`: they are among them."""

    parts: tuple[str, ...]
    whole: str


# The whole list. A part that is not known counts for nothing: the others alone may be too many.
LIMITS = (
    Limit(("women", "men"), "reached"),
    Limit(("young", "seniors"), "reached"),
    Limit(("in_qpv",), "reached"),
    Limit(("interviewed",), "reached"),
    Limit(("hired",), "reached"),
    Limit(("trained",), "reached"),
    Limit(("interned",), "reached"),
    Limit(("directed",), "reached"),
)


def impossible(figures: Figures, moment: str) -> Iterator[tuple[str, str]]:
    """What cannot be: the name of a field, and a sentence that names all the fields it is about."""
    for limit in LIMITS:
        whole = figures.get(limit.whole)
        known = {name: figures[name] for name in limit.parts if figures.get(name) is not None}
        if whole is None or not known or sum(known.values()) <= whole:
            continue
        facts = {"whole": quoted(limit.whole), "most": whole, "sum": sum(known.values())}
        if len(known) == 1:
            [name] = known
            yield name, _("%(part)s (%(sum)s), c’est plus que %(whole)s (%(most)s).") % {
                **facts, "part": quoted(name),
            }  # fmt: skip
        else:
            first, second = known
            yield first, _(
                "%(first)s (%(a)s) et %(second)s (%(b)s) font %(sum)s : c’est plus que "
                "%(whole)s (%(most)s)."
            ) % {
                **facts, "first": quoted(first), "a": known[first],
                "second": quoted(second), "b": known[second],
            }  # fmt: skip
    for name in LATER_ONLY:
        if moment == Moment.JUST_AFTER and figures.get(name) is not None:
            yield (
                name,
                _("%(name)s ne se compte qu’un mois après, ou plus tard.") % {"name": quoted(name)},
            )


def check_figures(figures: Figures, moment: str) -> None:
    """Raises ValidationError with a sentence for each thing that cannot be."""
    if faults := [sentence for _name, sentence in impossible(figures, moment)]:
        raise ValidationError(faults)


def name_of(indicator: str) -> str:
    return capfirst(str(Report._meta.get_field(indicator).verbose_name))


def quoted(indicator: str) -> str:
    return f"« {name_of(indicator)} »"
