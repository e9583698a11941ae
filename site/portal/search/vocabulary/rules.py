"""What may be typed as a synonym, and the sentence that says why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.search.models import Synonym
from portal.search.wording.folding import GRAMMAR, words
from portal.search.wording.synonyms import Phrase, Synonyms, national, phrase_of

from .lines import Line, expressions, lines_of, links_of, put_together

MOST_WORDS = 6
MOST_EXPRESSIONS = 10


def faults_of(synonym: Synonym) -> dict[str, str]:
    """By the name of the field, the first thing to put right there."""
    faults = {name: fault for name in ("said", "means") if (fault := fault_in(synonym, name))}
    if faults or not expressions(synonym.said):
        return faults
    return faults_between(synonym)


def fault_in(synonym: Synonym, name: str) -> str:
    """What is wrong with one side by itself; "" when nothing is."""
    typed = getattr(synonym, name)
    found = expressions(typed)
    is_needed = name == "said" or synonym.link != Synonym.Link.NAME
    if not found:
        if name == "said":  # an empty one the field itself refuses
            return _("Écrivez ce que tapent les habitants, par exemple : boulot.") if typed else ""
        return _("Écrivez ce que cela veut dire, par exemple : emploi.") if is_needed else ""
    if not is_needed:
        return _("Un nom ne mène à rien d’autre : videz ce champ, ou choisissez un autre lien.")
    if len(found) > MOST_EXPRESSIONS:
        return _("Gardez %(most)d façons de le dire au plus, et faites une autre ligne.") % {
            "most": MOST_EXPRESSIONS
        }
    return next((fault for one in found if (fault := fault_of(one))), "")


def fault_of(expression: str) -> str:
    said = {"words": expression}
    written = words(expression)
    if len(written) > MOST_WORDS:
        return _("« %(words)s » est trop long : gardez %(most)d mots au plus.") % {
            **said,
            "most": MOST_WORDS,
        }
    telling = [word for word in written if word not in GRAMMAR]
    if not telling:
        return (
            _("« %(words)s » ne dit rien à la recherche : ajoutez un mot qui dit quelque chose.")
            % said
        )
    return ""


def faults_between(synonym: Synonym) -> dict[str, str]:
    """What is wrong with both sides together, or with what is there already."""
    meant = set(map(phrase_of, expressions(synonym.means)))
    for one in expressions(synonym.said):
        if phrase_of(one) in meant:
            return {
                "means": _("« %(words)s » est des deux côtés : gardez-le d’un seul.")
                % {"words": one}
            }
    known = put_together(national(), lines_of(synonym.territory_id, without=synonym.pk))
    links = [*links_of(Line.of(synonym))]
    if synonym.link == Synonym.Link.NEVER:
        if not any(way in known.meanings.get(said, ()) for said, means in links for way in means):
            return {"means": _("La recherche ne fait pas ce lien : il n’y a rien à défaire.")}
    elif all(is_known(known, said, means) for said, means in links):
        return {"said": _("La recherche le sait déjà : il n’y a rien à ajouter.")}
    return {}


def is_known(known: Synonyms, said: Phrase, means) -> bool:
    ways = known.meanings.get(said)
    return ways is not None and all(way in ways for way in means if way != said)
