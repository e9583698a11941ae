"""Reading every row of an archive before anything is written: each mistake is a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from PIL import Image as Picture
from wagtail.models import Page

from territories.models import TerritoryHomePage
from territories.pages.base import SOURCE_LANGUAGE, TerritoryPage
from territories.plugins.registry import plugins

from . import form
from .finding import Found
from .media import FOLDER
from .naming import MEDIA
from .parts import known_parts
from .reading import Archive, BadArchive, wrong_row
from .renaming import GONE, field_of, rename_fields, rename_value
from .texts import unexpected
from .translations import rename_at

KEY = re.compile(r"([a-z-]{2,12}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
# More would only repeat what the first ones say.
MOST_SENTENCES = 30
ROW = {"key": str, "type": str, "fields": dict, "revisions": list, "restrictions": list}


class Checker(Found):
    """Walks rows as the import will, and notes what it could not find or may not write."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.sentences: list[str] = []
        self.where = ""
        super().__init__({}, {})

    def __call__(self, model: type[Model], value: Any) -> Any:
        found = super().__call__(model, value)
        if found is GONE:
            name = "/".join(map(str, value)) if isinstance(value, list) else value
            self.refuse(
                _("« %(name)s » (%(kind)s) n’est ni dans l’archive ni connu ici.")
                % {"name": name, "kind": model._meta.verbose_name}
            )
        return found

    def text(self, html: str) -> str:
        if not isinstance(html, str):
            self.refuse(_("un texte est attendu."))
            return ""
        if wrong := unexpected(html):
            self.refuse(
                _("ce texte contient ce qu’aucun éditeur n’écrit : %s.") % ", ".join(wrong[:3])
            )
        return html

    def refuse(self, sentence: str) -> None:
        self.sentences.append(f"{self.where} : {sentence}")
        if len(self.sentences) >= MOST_SENTENCES:
            raise BadArchive(*self.sentences)

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        for number, row in enumerate(self.archive.rows(name), start=1):
            self.where = _("%(name)s, ligne %(number)d") % {"name": name, "number": number}
            if title := (row.get("fields") or {}).get("title"):
                self.where += f" (« {str(title)[:60]} »)"
            try:
                yield row
            except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
                raise BadArchive(*self.sentences, wrong_row(self.where)) from error


def check_archive(archive: Archive) -> Checker:
    """Read all rows; returns what knows the types of the pages. Raises BadArchive."""
    checker = Checker(archive)
    try:
        check_media(checker)
        learn_pages(checker)
        if not checker.sentences:
            check_pages(checker)
            check_translations(checker)
            check_territory(checker)
        check_parts(checker)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        if isinstance(error, BadArchive):
            raise
        raise BadArchive(*checker.sentences, wrong_row(checker.where)) from error
    if checker.sentences:
        raise BadArchive(*checker.sentences)
    return checker


def learn_pages(checker: Checker) -> None:
    """The keys and types of the pages, and where they stand."""
    languages = {code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES}
    slugs: set[tuple[str, str]] = set()
    homes: set[str] = set()
    for row in checker.rows(form.PAGES):
        if any(not isinstance(row.get(name), kind) for name, kind in ROW.items()):
            checker.refuse(_("cette ligne est illisible."))
            continue
        key, parent, model = row["key"], row.get("parent"), page_type(row["type"])
        found = KEY.fullmatch(key)
        if found is None or key in checker.types:
            checker.refuse(_("« %s » n’est pas un nom de page, ou sert deux fois.") % key)
        elif found[1] not in languages:
            checker.refuse(_("la langue « %s » n’est pas proposée ici.") % found[1])
        elif model is None:
            app = row["type"].partition(".")[0]
            checker.refuse(
                _("le type de page « %(type)s » est inconnu : il manque le module « %(app)s ».")
                % {"type": row["type"], "app": app}
            )
        elif (parent is None) != issubclass(model, TerritoryHomePage):
            checker.refuse(_("seuls les accueils n’ont pas de page au-dessus d’eux."))
        elif parent is not None and (
            parent not in checker.types or parent.partition(":")[0] != found[1]
        ):
            checker.refuse(_("la page au-dessus d’elle manque, ou vient après elle."))
        elif (parent or key, row["fields"].get("slug")) in slugs:
            checker.refuse(_("deux pages ont la même adresse."))
        else:
            if parent is None:
                homes.add(found[2])
            slugs.add((parent or key, row["fields"].get("slug")))
            checker.types[key] = model
            # A stand-in: the row will have a number when it is written.
            checker.made[key] = 1
    checker.where = form.PAGES
    if not checker.sentences and (
        len(homes) != 1 or f"{SOURCE_LANGUAGE}:{next(iter(homes))}" not in checker.types
    ):
        checker.refuse(_("il faut un accueil, et un seul, par langue, dont le français."))


def page_type(label: str) -> type[Page] | None:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, TerritoryPage) else None


def check_pages(checker: Checker) -> None:
    for row in checker.rows(form.PAGES):
        model = checker.types[row["key"]]
        if row.get("alias_of") not in {None, *checker.types}:
            checker.refuse(_("la page dont elle est la copie manque."))
        check_fields(checker, model, row["fields"])
        if not row["fields"].get("title") or not row["fields"].get("slug"):
            checker.refuse(_("il lui faut un titre et une adresse."))
        for revision in row["revisions"]:
            check_fields(checker, model, revision["fields"])


def check_fields(checker: Checker, model: type[Model], fields: Mapping[str, Any]) -> None:
    renamed = rename_fields(model, fields, checker)
    for name, value in renamed.items():
        check_value(checker, field_of(model, name), value)


def check_value(checker: Checker, field: Any, value: Any) -> None:
    """What a column cannot hold; what people may type there is the editor's to say."""
    if field.one_to_many:
        for row in value:
            for name, one in row.items():
                check_value(checker, field_of(field.related_model, name), one)
        return
    if field.is_relation or value is None:
        return
    label = getattr(field, "verbose_name", field.name)
    try:
        python = field.to_python(value)
    except ValidationError as error:
        checker.refuse(f"« {label} » : {' '.join(error.messages)}")
        return
    longest = getattr(field, "max_length", None)
    if longest and isinstance(python, str) and len(python) > longest:
        checker.refuse(_("« %(label)s » est trop long.") % {"label": label})
    if isinstance(python, str) and "\0" in python:
        checker.refuse(_("« %(label)s » contient un caractère interdit.") % {"label": label})


def check_media(checker: Checker) -> None:
    kinds = {kind: model for model, kind in MEDIA.items()}
    endings = {
        "image": settings.WAGTAILIMAGES_EXTENSIONS,
        "document": settings.WAGTAILDOCS_EXTENSIONS,
    }
    for row in checker.rows(form.MEDIA):
        kind, _colon, rank = row["key"].partition(":")
        if kind not in kinds or not rank.isdecimal() or row["key"] in checker.made:
            checker.refuse(_("« %s » n’est pas un nom d’image ou de document.") % row["key"])
            continue
        checker.made[row["key"]] = 1
        name = row["file"]
        if name not in checker.archive.manifest["members"] or not name.startswith(f"{FOLDER}/"):
            checker.refuse(_("il manque son fichier, « %s ».") % name)
        elif name.rpartition(".")[2].lower() not in endings[kind]:
            checker.refuse(_("« %s » : cette sorte de fichier n’est pas admise ici.") % name)
        elif kind == "image" and not is_picture(checker.archive, name):
            checker.refuse(_("« %s » n’est pas une image lisible.") % name)
        check_fields(checker, kinds[kind], row["fields"])
        check_path(checker, row["collection"])
        if not all(isinstance(tag, str) for tag in row["tags"]):
            checker.refuse(_("ses mots-clés sont illisibles."))


def check_path(checker: Checker, path: Any) -> None:
    if not isinstance(path, list) or not all(
        isinstance(name, str) and 0 < len(name) <= 255 for name in path
    ):
        checker.refuse(_("son dossier est illisible."))


def is_picture(archive: Archive, name: str) -> bool:
    try:
        with archive.open(name) as file, Picture.open(file) as picture:
            picture.verify()
    except Exception:
        # Pillow's readers raise whatever a broken file makes them meet.
        return False
    return True


def check_translations(checker: Checker) -> None:
    for row in checker.rows(form.TRANSLATIONS):
        model = checker.types.get(row["page"])
        if model is None:
            checker.refuse(_("elle traduit une page qui manque."))
            continue
        check_fields(checker, model, row["fields"])
        for language in row["translations"] + row["strings"] + row["overrides"]:
            if language["language"] not in checker.locales:
                checker.refuse(_("la langue « %s » n’est pas proposée ici.") % language["language"])
        for one in row["overrides"]:
            rename_at(model, row["fields"], one["path"], one["value"], checker)


def check_territory(checker: Checker) -> None:
    from territories.models import Territory

    checker.where = form.TERRITORY
    row = checker.archive.json(form.TERRITORY)
    for name, value in row["fields"].items():
        field = field_of(Territory, name)
        if field is not None:
            check_value(checker, field, rename_value(field, value, checker))
    installed = plugins()
    for switch in row["plugins"]:
        if switch["is_on"] and switch["plugin"] not in installed:
            checker.refuse(_("le module « %s » n’est pas installé ici.") % switch["plugin"])
    for collection in row["collections"]:
        check_path(checker, collection["path"])
    checker.archive.manifest["territory"]["slug"]


def check_parts(checker: Checker) -> None:
    known = known_parts()
    for part, member in checker.archive.parts.items():
        checker.where = member
        if part not in known:
            checker.refuse(
                _("« %(part)s » est inconnu : il manque le module « %(plugin)s ».")
                % {"part": part, "plugin": part.partition(".")[0]}
            )
        for _row in checker.rows(member):
            pass
