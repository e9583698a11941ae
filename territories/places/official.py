"""The official list of communes (INSEE, « code officiel géographique »), and what it completes."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from territories.importing.plan import Kind
from territories.importing.reading import text_of
from territories.importing.records import BadFile, Name, Refused

from .models import Address, Commune
from .perimeters import department_of

# The columns of the list; that of the EPCI is not in INSEE's own, and is read where somebody
# has added it.
TYPE, CODE, NAME, REGION, DEPARTMENT, EPCI = "TYPECOM", "COM", "LIBELLE", "REG", "DEP", "EPCI"
NEEDED = (TYPE, CODE, NAME, REGION, DEPARTMENT)
# Associated and delegated communes, and arrondissements, are parts of another.
WHOLE_COMMUNE = "COM"
FACTS = ("name", "region", "department", "epci", "plain_name")
ROWS_AT_ONCE = 1000

ARTICLES = re.compile(r"^(?:l|le|la|les|aux?) (?=.)")
SAINTS = re.compile(r"\b(st|ste)\b")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
CEDEX = re.compile(r" cedex\b.*$")


def plain_name(name: str) -> str:
    """As two people write it who mean the same town: « L’Haÿ-les-Roses », « Hay les roses »."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(LIGATURES))
    letters = "".join(sign for sign in letters if not unicodedata.combining(sign))
    words = " ".join(re.findall(r"\w+", letters))
    words = SAINTS.sub(lambda found: {"st": "saint", "ste": "sainte"}[found[1]], words)
    return ARTICLES.sub("", CEDEX.sub("", words))


@dataclass
class CommunesPlan:
    """`unlisted`: how many communes of ours the list has no more; records may name them still."""

    new: list[Commune] = field(default_factory=list)
    changed: list[Commune] = field(default_factory=list)
    unchanged: int = 0
    unlisted: int = 0
    refused: list[Refused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[Kind, int]:
        return {
            Kind.NEW: len(self.new),
            Kind.CHANGED: len(self.changed),
            Kind.UNCHANGED: self.unchanged,
            Kind.REFUSED: len(self.refused),
        }


def read_communes(text: str) -> Iterator[Commune | Refused]:
    """The communes of a CSV of INSEE, unsaved. Raises BadFile."""
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    lacking = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if lacking:
        raise BadFile(
            _(
                "Ce fichier n’est pas la liste des communes de l’INSEE : "
                "il y manque les colonnes %(columns)s."
            )
            % {"columns": ", ".join(lacking)}
        )
    try:
        for row in rows:
            if row[TYPE] == WHOLE_COMMUNE:
                yield read_commune(
                    {key: (row[key] or "").strip() for key in (*NEEDED, EPCI) if key in row},
                    rows.line_num,
                )
    except csv.Error as error:
        raise BadFile(
            _("La ligne %(line)s de ce fichier n’est pas lisible.") % {"line": rows.line_num}
        ) from error


def read_commune(row: dict[str, str | None], line: int) -> Commune | Refused:
    def said(column: str) -> str:
        return (row.get(column) or "").strip()

    name = said(NAME).replace("'", "’")
    commune = Commune(
        code=said(CODE).upper(),
        name=name,
        region=said(REGION),
        department=said(DEPARTMENT).upper(),
        epci=said(EPCI),
        plain_name=plain_name(name),
    )
    try:
        commune.clean_fields()
    except ValidationError as error:
        reason = " ".join(error.messages)
    else:
        if commune.department == department_of(commune.code):
            return commune
        reason = _("le département ne va pas avec le code de la commune.")
    where = _("ligne %(line)s") % {"line": line}
    return Refused(Name(line, name, said(CODE), where), reason)


def plan_communes(content: bytes) -> CommunesPlan:
    """What `import_communes` would do. Raises BadFile."""
    text, notes = text_of(content)
    plan = CommunesPlan(notes=notes)
    known = Commune.objects.in_bulk()
    listed = set()
    for read in read_communes(text):
        if isinstance(read, Refused):
            plan.refused.append(read)
        elif read.code not in listed:
            listed.add(read.code)
            sort_commune(read, known.get(read.code), plan)
    if not listed:
        raise BadFile(_("Ce fichier ne contient aucune commune."))
    plan.unlisted = len(known.keys() - listed)
    return plan


def sort_commune(read: Commune, known: Commune | None, plan: CommunesPlan) -> None:
    if known is None:
        plan.new.append(read)
        return
    # What somebody wrote stays; what an earlier list said follows the new one.
    if known.name != known.code and plain_name(known.name) != (known.plain_name or None):
        read.name = known.name
    # INSEE's list says nothing of it: what another said is not lost.
    read.epci = read.epci or known.epci
    facts = {name: getattr(read, name) for name in FACTS}
    if facts == {name: getattr(known, name) for name in FACTS}:
        plan.unchanged += 1
        return
    for name, value in facts.items():
        setattr(known, name, value)
    plan.changed.append(known)


def write_communes(plan: CommunesPlan, progress: Callable[[int, int], None] | None = None) -> None:
    """Interrupted, the same import goes on with the rest."""
    done, total = 0, len(plan.new) + len(plan.changed)
    for rows, is_new in ((plan.new, True), (plan.changed, False)):
        for start in range(0, len(rows), ROWS_AT_ONCE):
            chunk = rows[start : start + ROWS_AT_ONCE]
            with transaction.atomic():
                if is_new:
                    Commune.objects.bulk_create(chunk)
                else:
                    Commune.objects.bulk_update(chunk, FACTS)
            done += len(chunk)
            if progress is not None:
                progress(done, total)


def commune_named(name: str, postcode: str = "") -> Commune | None:
    """The only commune of the official list of this name; None where two might be meant.

    A postcode tells two of the same name apart by their departments. One of another department
    than its only namesake is somebody's mistake, or a town beyond a border: nobody guesses.
    """
    if not (words := plain_name(name)):
        return None
    found = list(Commune.objects.filter(plain_name=words)[:20])
    if postcode:
        found = [one for one in found if may_deliver(postcode, one.department)]
    return found[0] if len(found) == 1 else None


def may_deliver(postcode: str, department: str) -> bool:
    if department in {"2A", "2B"}:
        return postcode.startswith("20")
    return postcode.startswith(department)


def complete_commune(record: Address) -> bool:
    """The code of a commune that was named, or the name of one that was given by its code, where
    the official list tells without a doubt. Nothing that somebody wrote changes."""
    if bool(record.commune) == bool(record.insee_code):
        return False
    if record.insee_code:
        found = Commune.objects.filter(pk=record.insee_code).first()
        if found is not None and found.name != found.code:
            record.commune = found.name
    else:
        found = commune_named(record.commune, record.postcode)
        if found is not None:
            record.insee_code = found.code
    return bool(record.commune and record.insee_code)


INCOMPLETE = Q(commune="") ^ Q(insee_code="")
