"""From primary keys to the names an archive uses: what it holds is called alike everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection, Locale, Page, TranslatableMixin

from territories.pages.homes import homes_of
from territories.tenancy.policies import media_models
from territories.tenancy.rights import find_collection

from .renaming import GONE, Elsewhere, Rename

if TYPE_CHECKING:
    from territories.models import Territory

IMAGE, DOCUMENT = media_models()
MEDIA = {IMAGE: "image", DOCUMENT: "document"}
# Accounts belong to an installation. Nobody's name, address or password is in an archive.
PEOPLE = (get_user_model(), Group)


class NamelessModel(TypeError):
    """A model of a plugin that is pointed at and has no natural key."""


class Names(Rename):
    """What the rows of one territory are called. `lost` collects what had to be left out."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        self.locales = dict(Locale.objects.values_list("pk", "language_code"))
        self.pages = {
            pk: f"{self.locales[locale]}:{key}"
            for pk, locale, key in pages_of(territory).values_list(
                "pk", "locale", "translation_key"
            )
        }
        self.media: dict[type[Model], dict[int, str]] = {model: {} for model in MEDIA}
        self.collection = find_collection(territory)
        for model in MEDIA:
            for pk in own_media(model, self.collection).values_list("pk", flat=True):
                self._add(model, pk)
        self.lost: dict[str, None] = {}
        self._natural: dict[tuple[type[Model], Any], Any] = {}
        self.place = ""

    def __call__(self, model: type[Model], value: Any) -> Any:
        if model is TranslatableMixin:
            return str(value)
        if issubclass(model, PEOPLE):
            return GONE
        if issubclass(model, Page):
            return self.pages.get(_number(value)) or self._elsewhere(_number(value))
        for media in MEDIA:
            if issubclass(model, media):
                return self._medium(media, _number(value))
        if model is Locale:
            return self.locales.get(value, GONE)
        return self._by_nature(model, value)

    def _add(self, model: type[Model], pk: int) -> str:
        known = self.media[model]
        known[pk] = f"{MEDIA[model]}:{len(known) + 1}"
        return known[pk]

    def _medium(self, model: type[Model], pk: int) -> Any:
        """The territory's own, or one of everybody's, which then travels with it."""
        if pk in self.media[model]:
            return self.media[model][pk]
        found = model.objects.filter(pk=pk).select_related("collection").first()
        if found is None or belongs_to_another(found.collection, self.territory):
            self._lose(f"{MEDIA[model]} {pk}")
            return GONE
        return self._add(model, pk)

    def _elsewhere(self, pk: int) -> Any:
        """A page of the portal, or of another territory: a link to it goes on leading there."""
        page = Page.objects.filter(pk=pk).first()
        url = page.full_url if page is not None else None
        self._lose(f"page {url or pk}")
        return Elsewhere(url) if url else GONE

    def _by_nature(self, model: type[Model], value: Any) -> Any:
        if (model, value) not in self._natural:
            found = model._base_manager.filter(pk=value).first()
            if found is not None and not hasattr(found, "natural_key"):
                raise NamelessModel(f"{model._meta.label} has no natural_key().")
            self._natural[model, value] = GONE if found is None else list(found.natural_key())
        return self._natural[model, value]

    def _lose(self, what: str) -> None:
        self.lost[f"{self.place} : {what}" if self.place else what] = None


def _number(value: Any) -> int:
    return int(value) if str(value).isdecimal() else 0


def pages_of(territory: Territory) -> QuerySet[Page]:
    """Every page of the territory in every language, parents before children."""
    below = Q(pk=None)
    for home in homes_of(territory):
        below |= Q(path__startswith=home.path)
    return Page.objects.filter(below).order_by("path")


def own_media(model: type[Model], collection: Collection | None) -> QuerySet:
    paths = collection.get_descendants(inclusive=True) if collection else Collection.objects.none()
    return model.objects.filter(collection__in=paths).order_by("pk")


def belongs_to_another(collection: Collection, territory: Territory) -> bool:
    from territories.models import Territory

    names = collection.get_ancestors(inclusive=True).values("name")
    return Territory.objects.filter(slug__in=names).exclude(pk=territory.pk).exists()
