"""Reading the file of a grid: all that is wrong with it is said at once, by criterion and field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from labelling.models import CriteriaGrid, Criterion, CriterionKind
from labelling.models.grids import BAD_VERSION, VERSION
from territories.importing.records import BadFile

from .files import FORMAT, NAMES, CriterionFile, GridFile, Said, parse_toml
from .words import CRITERION_WORDS, GRID_WORDS, OTHER_LANGUAGES

LARGEST = 512 * 1024
MOST_CRITERIA = 100
HIGHEST_NUMBER = 999
LONGEST_TEXT = 3000
FIELDS = {name: NAMES.get(name, name) for name in CRITERION_WORDS}
KEY = re.compile(r"[-a-zA-Z0-9_]{0,40}")
# What no text may hold: most databases and all readers stumble over them.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


class BadGrid(BadFile):
    """`sentences`: all that is wrong with the file, in French."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__("\n".join(sentences))


def read_grid(content: bytes) -> GridFile:
    """Raises BadGrid."""
    if len(content) > LARGEST:
        raise BadGrid([_("Ce fichier est trop gros pour une grille : 512 Ko au plus.")])
    try:
        facts = parse_toml(content)
    except UnicodeDecodeError:
        raise BadGrid([_("Ce fichier n’est pas du texte en UTF-8.")]) from None
    except (ValueError, RecursionError) as error:
        sentence = _("Ce fichier n’est pas du TOML : %(error)s.")
        raise BadGrid([sentence % {"error": str(error).rstrip(".")}]) from error
    if facts.get("format") != FORMAT:
        raise BadGrid([_("Le fichier doit commencer par « format = 1 ».")])
    reader = _Reader()
    grid = reader.grid(facts)
    if reader.sentences:
        raise BadGrid(reader.sentences)
    return grid


class _Reader:
    """Goes on after a mistake with something harmless, so that the next ones are found too."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def wrong(self, where: str, name: str, sentence: str) -> None:
        self.sentences.append(f"{where}, « {name} » : {sentence}")

    def grid(self, facts: Mapping[str, Any]) -> GridFile:
        where = _("Grille")
        known = {"format", "version", "published_on", "translations", "criterion", *GRID_WORDS}
        self.no_other(facts, known, where)
        version = self.text(facts, "version", where, 100, is_needed=True)
        if version and not VERSION.fullmatch(version):
            self.wrong(where, "version", str(BAD_VERSION))
        day = facts.get("published_on")
        if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
            self.wrong(where, "published_on", _("écrivez un jour, comme 2026-01-31."))
            day = None
        return GridFile(
            version=version,
            published_on=day,
            criteria=self.criteria(facts.get("criterion", [])),
            translations=self.translations(facts, where, CriteriaGrid, GRID_WORDS),
            **self.words(facts, where, CriteriaGrid, GRID_WORDS, needed=("name",)),
        )

    def criteria(self, rows: Any) -> tuple[CriterionFile, ...]:
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            self.sentences.append(_("Il faut au moins un critère : « [[criterion]] »."))
            return ()
        if len(rows) > MOST_CRITERIA:
            self.sentences.append(_("Une grille a au plus 100 critères."))
            return ()
        found = tuple(self.criterion(row, rank) for rank, row in enumerate(rows, start=1))
        self.refuse_twins(found)
        return found

    def criterion(self, row: Mapping[str, Any], rank: int) -> CriterionFile:
        where = place_of(row, rank)
        self.no_other(row, {"kind", "number", "key", "translations", *FIELDS.values()}, where)
        kind, number = row.get("kind"), row.get("number")
        if kind not in CriterionKind.values:
            self.wrong(where, "kind", _("écrivez « mandatory » ou « optional »."))
        is_number = isinstance(number, int) and not isinstance(number, bool)
        if not is_number or not 0 < number <= HIGHEST_NUMBER:
            self.wrong(where, "number", _("écrivez un nombre entre 1 et 999."))
            kind, number = "", -rank
        key = self.text(row, "key", where, 100)
        if not KEY.fullmatch(key):
            self.wrong(where, "key", _("des lettres sans accent, des chiffres et des tirets."))
        return CriterionFile(
            kind=str(kind),
            number=number,
            key=key,
            translations=self.translations(row, where, Criterion, CRITERION_WORDS),
            **self.words(row, where, Criterion, CRITERION_WORDS, needed=("name", "question")),
        )

    def refuse_twins(self, criteria: tuple[CriterionFile, ...]) -> None:
        for (kind, number), times in Counter((one.kind, one.number) for one in criteria).items():
            if times > 1:
                where = place_of({"kind": kind, "number": number}, 0)
                self.wrong(where, "number", _("ce numéro sert plusieurs fois."))
        for key, times in Counter(one.key for one in criteria if one.key).items():
            if times > 1:
                self.wrong(_("Grille"), "key", _("« %(key)s » sert plusieurs fois.") % {"key": key})

    def translations(self, row: Any, where: str, model: Any, names: tuple[str, ...]) -> Said:
        given = row.get("translations", {})
        if not isinstance(given, dict):
            self.wrong(where, "translations", _("écrivez une langue par bloc."))
            return {}
        said = {}
        for code, words in given.items():
            inside = f"{where} [{code}]"
            if code not in OTHER_LANGUAGES:
                sentence = _("langue inconnue. Connues : %(known)s.")
                self.wrong(where, code, sentence % {"known": ", ".join(OTHER_LANGUAGES)})
            elif not isinstance(words, dict):
                self.wrong(where, code, _("écrivez une langue par bloc."))
            else:
                self.no_other(words, {NAMES.get(name, name) for name in names}, inside)
                found = self.words(words, inside, model, names)
                said[code] = {name: text for name, text in found.items() if text}
        # In the order of the site's languages, as it would be written.
        return {code: said[code] for code in OTHER_LANGUAGES if said.get(code)}

    def words(
        self, row: Any, where: str, model: Any, names: tuple[str, ...], needed: tuple[str, ...] = ()
    ) -> dict[str, str]:
        return {
            name: self.examples(row, where)
            if name == "examples"
            else self.text(
                row,
                NAMES.get(name, name),
                where,
                model._meta.get_field(name).max_length or LONGEST_TEXT,
                is_needed=name in needed,
            )
            for name in names
        }

    def text(
        self, row: Any, name: str, where: str, longest: int, *, is_needed: bool = False
    ) -> str:
        value = row.get(name, "")
        if not isinstance(value, str):
            self.wrong(where, name, _("écrivez un texte, entre guillemets."))
            return ""
        if CONTROL.search(value):
            self.wrong(where, name, _("ce texte contient un signe invisible."))
            return ""
        value = value.strip()
        if is_needed and not value:
            self.wrong(where, name, _("ce texte manque."))
        if len(value) > longest:
            self.wrong(where, name, _("trop long : %(most)s signes au plus.") % {"most": longest})
        return value

    def examples(self, row: Any, where: str) -> str:
        value = row.get("examples", [])
        if not isinstance(value, list):
            self.wrong(where, "examples", _("écrivez une liste de textes."))
            return ""
        lines = [
            self.text({"examples": one}, "examples", where, LONGEST_TEXT, is_needed=True)
            for one in value
        ]
        if any("\n" in line for line in lines):
            self.wrong(where, "examples", _("un exemple tient sur une ligne."))
        return "\n".join(lines)

    def no_other(self, row: Mapping[str, Any], known: set[str], where: str) -> None:
        for name in sorted(row.keys() - known):
            self.wrong(where, name, _("ce nom n’est pas connu."))


def place_of(row: Mapping[str, Any], rank: int) -> str:
    """How a sentence names a criterion: by its number, or by its rank in the file."""
    number = row.get("number")
    if row.get("kind") == CriterionKind.MANDATORY and isinstance(number, int):
        return _("Critère obligatoire n° %(number)s") % {"number": number}
    if row.get("kind") == CriterionKind.OPTIONAL and isinstance(number, int):
        return _("Critère facultatif n° %(number)s") % {"number": number}
    return _("Critère placé en %(rank)se position") % {"rank": rank}
