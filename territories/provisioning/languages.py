"""The same tree in every enabled language: homes and index pages, so that none answers 404."""

from __future__ import annotations

from copy import deepcopy

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Page

from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.switching import AddressTaken

from .publishing import publish_unedited


def enabled_locales() -> list[Locale]:
    """A Locale for each content language of the settings, the source language's first."""
    return [
        Locale.objects.get_or_create(language_code=code)[0]
        for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES
    ]


def make_translations(page: Page, **words: str) -> None:
    """Make the page in every other enabled language, published, where it lacks.

    `words`: lazy values of fields, said in each language.
    """
    for locale in enabled_locales():
        if locale.language_code == SOURCE_LANGUAGE:
            continue
        if page.get_translation_or_none(locale) is None:
            translation = page.copy_for_translation(locale)
            translation.live = True
            translation.has_unpublished_changes = False
            with override(locale.language_code):
                for name, value in words.items():
                    setattr(translation, name, str(value))
            translation.save()


def make_index(home: Page, index: Page, *, in_menus: bool = True) -> Page:
    """An index page under a home, in every enabled language; the existing one when there is one.

    `index` is unsaved, with its slug; its title, and what else is lazy, is said in the language of
    each page. Safe to run twice. Raises AddressTaken where another page has its slug.
    """
    existing = type(index).objects.child_of(home).first()
    if existing is None:
        existing = deepcopy(index)
        put_index(home, existing, in_menus)
    for other in home.get_translations().select_related("locale"):
        if not type(index).objects.child_of(other).exists():
            translation = deepcopy(index)
            translation.translation_key = existing.translation_key
            put_index(other, translation, in_menus)
    return existing


def put_index(home: Page, index: Page, in_menus: bool) -> None:
    if taken := home.get_children().filter(slug=index.slug).first():
        raise AddressTaken(
            _(
                "La page « %(page)s » est à l’adresse /%(slug)s/, qu’il faut à cette rubrique. "
                "Changez son adresse (onglet « Promotion »), puis recommencez."
            )
            % {"page": taken.title, "slug": index.slug}
        )
    index.locale = home.locale
    with override(home.locale.language_code):
        for name, value in list(vars(index).items()):
            if isinstance(value, Promise):
                setattr(index, name, str(value))
    index.show_in_menus = in_menus
    publish_unedited(index, home)
