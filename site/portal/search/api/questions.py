"""What an address of the API asks for. What makes no sense is refused, and named."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.search.faceting import FACETS
from portal.search.narrowing import Narrowed
from portal.search.queries import Asked
from portal.search.ranking import AT_ONCE
from resources_directory.near import RADII
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.listing import MOST_VALUES

# No more than are put in order at once: a longer page would be twice the work.
PER_PAGE, MOST_PER_PAGE = 20, AT_ONCE
# More are no help in a sentence.
MOST_NAMED = 30
RADIUS_VALUES = tuple(map(str, (0, *RADII)))
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
NUMBER = re.compile(r"[1-9][0-9]{0,99}", re.ASCII)


class BadQuestion(ValueError):
    """The address makes no sense; the message, for who wrote it, names the parameter."""

    status = 400


class NotHere(BadQuestion):
    status = 404


class Question:
    """`page` and `per_page`, and what `Narrowed` reads in the same address as the page does."""

    def __init__(self, request: HttpRequest) -> None:
        self.page = number(request, "page", 1)
        self.per_page = number(request, "per_page", PER_PAGE, MOST_PER_PAGE)
        one_of(request, "rayon", RADIUS_VALUES)
        one_of(request, "passes", ("0", "1"))
        for name in FACETS:
            if len(request.GET.getlist(name)) > MOST_VALUES:
                raise BadQuestion(
                    _("« %(name)s » a trop de valeurs : %(most)d au plus.")
                    % {"name": name, "most": MOST_VALUES}
                )
        self.narrowed = Narrowed(request)
        for name, _value in self.narrowed.unknown:
            raise BadQuestion(misunderstood(self.narrowed, name))

    def asked(self) -> Asked:
        return self.narrowed.asked(language=get_language() or SOURCE_LANGUAGE)

    @property
    def start(self) -> int:
        return (self.page - 1) * self.per_page


def language_of(request: HttpRequest) -> str:
    return one_of(request, "lang", LANGUAGES) or SOURCE_LANGUAGE


def one_of(request: HttpRequest, name: str, values: tuple[str, ...]) -> str:
    """A value, or "" when none is given."""
    given = request.GET.get(name, "")
    if given and given not in values:
        raise BadQuestion(among(name, values))
    return given


def number(request: HttpRequest, name: str, usual: int, most: int | None = None) -> int:
    given = request.GET.get(name, str(usual))
    if NUMBER.fullmatch(given) and (most is None or int(given) <= most):
        return int(given)
    if most is None:
        raise BadQuestion(_("« %(name)s » est un nombre entier, à partir de 1.") % {"name": name})
    words = {"name": name, "most": most}
    raise BadQuestion(_("« %(name)s » est un nombre entier, de 1 à %(most)d.") % words)


def misunderstood(narrowed: Narrowed, name: str) -> str:
    if name == "pres":
        return _("« pres » est un lieu d’ici, ou deux coordonnées comme 43.57,1.40.")
    known = tuple(value for value in narrowed.words(name) if value)
    if not 0 < len(known) <= MOST_NAMED:
        return _("« %(name)s » a une valeur qui n’existe pas ici.") % {"name": name}
    return among(name, known)


def among(name: str, values: tuple[str, ...]) -> str:
    if len(values) == 1:
        return _("« %(name)s » ne peut être que « %(value)s ».") % {
            "name": name, "value": values[0],
        }  # fmt: skip
    return _("« %(name)s » est l’un de ces mots : %(values)s.") % {
        "name": name,
        "values": ", ".join(values),
    }
