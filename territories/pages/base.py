"""The base of every page type: whose it is, whether it may be, and in which language it is read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from territories.plugins.models import PluginSwitch
from territories.plugins.registry import plugin_of, requirements, works_in
from territories.private_space.restrictions import ReaderRestriction

from .forms import TerritoryPageForm
from .locales import language_of
from .privacy import is_private, restricted_path
from .routing import child_ahead

SOURCE_LANGUAGE = settings.WAGTAIL_CONTENT_LANGUAGES[0][0]


class TerritoryPageQuerySet(PageQuerySet):
    def in_territory(self, territory) -> TerritoryPageQuerySet:
        """Pages of a territory; None is the national portal, which sees them all."""
        return self if territory is None else self.filter(territory=territory)

    def public(self) -> TerritoryPageQuerySet:
        """As Wagtail's, which reads the restrictions first, in a query of its own."""
        return self.exclude(is_private())

    def records(self) -> TerritoryPageQuerySet:
        """The source-language pages: the one place of every fact."""
        return self.filter(locale__language_code=SOURCE_LANGUAGE)

    def with_record(self, page: Page) -> TerritoryPageQuerySet:
        """A page and the record it translates, which is the page itself in the source language."""
        record = models.Q(
            translation_key=page.translation_key, locale__language_code=SOURCE_LANGUAGE
        )
        found = self.filter(models.Q(pk=page.pk) | record)
        # So that serving it need not ask (`get_view_restrictions`).
        return found.annotate(lies_private=is_private())

    def open(self) -> TerritoryPageQuerySet:
        """Leaves out the pages of territories where the page type's plugin is off, and those of
        archived territories."""
        found = self.filter(models.Q(territory=None) | models.Q(territory__archived_on=None))
        plugin = plugin_of(self.model)
        for label in requirements(plugin) if plugin else ():
            found = found.filter(
                models.Q(territory=None)
                | models.Exists(
                    PluginSwitch.objects.filter(
                        territory=models.OuterRef("territory"), plugin=label, is_on=True
                    )
                )
            )
        return found

    def findable(self) -> TerritoryPageQuerySet:
        """What lists, feeds and open data may show: published, public records, plugin on."""
        return self.live().public().records().open().select_related("locale", "territory__site")

    def per_territory(self, territories: Collection[int]) -> dict[int, int]:
        """How many pages each of these territories has, by primary key, in one query."""
        own = self.filter(territory__in=territories).order_by()
        return dict(own.values_list("territory").annotate(models.Count("pk")))


TerritoryPageManager = PageManager.from_queryset(TerritoryPageQuerySet)


class TerritoryPage(Page):
    """A page that belongs to a territory; None for those of the national portal.

    The territory is stored, never read off the path: a translation lives under another home.
    """

    territory = models.ForeignKey(
        "territories.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("territoire"),
    )

    objects = TerritoryPageManager()
    base_form_class = TerritoryPageForm

    # Icon of the look's sprite, shown where the page stands in a menu.
    menu_icon = "arrow"
    # What residents come for stands first; pages of text follow in the order of the tree.
    menu_order = 100
    # Stands at the foot of every page, by the private space, whether the menu has it or not.
    is_for_professionals = False
    # Beside them, on the site of a territory that has such a page: what professionals do about it,
    # as the words of a link and the name of a view.
    professional_door: tuple[Any, str] | None = None

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The code of the page's language; unlike `locale.language_code`, it costs no query."""
        return language_of(self.locale_id)

    @cached_property
    def is_record(self) -> bool:
        return self.language == SOURCE_LANGUAGE

    @cached_property
    def record(self):
        """The source-language page that keeps the facts; the page itself when it is the source."""
        if self.is_record:
            return self
        return (
            type(self)
            .objects.records()
            .filter(translation_key=self.translation_key)
            .select_related("territory__site")
            .first()
            or self
        )

    def save(self, *args, **kwargs):
        # On each save, since a copy or a move carries the old territory along.
        self.territory_id = self.find_territory_id()
        update_fields = kwargs.get("update_fields")
        if update_fields is not None:
            kwargs["update_fields"] = {*update_fields, "territory"}
        return super().save(*args, **kwargs)

    def find_territory_id(self) -> int | None:
        from .homes import TerritoryHomePage

        home_path = self.path[: 2 * self.steplen]
        return (
            TerritoryHomePage.objects.filter(path=home_path)
            .values_list("territory", flat=True)
            .first()
        )

    def route(self, request, path_components):
        if not works_in(plugin_of(type(self)), request.territory):
            raise Http404(_("Cette rubrique n’est pas ouverte sur ce territoire."))
        # The pages gone through, for the breadcrumb: from home down to the one shown.
        above = [page for page in getattr(request, "trail", ()) if page.depth < self.depth]
        request.trail = [*above, self]
        child = child_ahead(request, self, path_components[0]) if path_components else None
        if child is not None:
            rest = path_components[1:]
            # Gone through to another page, it is not asked for what it alone says.
            is_on_the_way = rest and child.specific_class.allowed_subpage_models()
            page = child.specific_deferred if is_on_the_way else child.specific
            return page.route(request, rest)
        if path_components and hasattr(request, "pages_ahead"):
            # Wagtail would look for it once more.
            raise Http404(_("Cette page n’existe pas."))
        return super().route(request, path_components)

    def is_known_public(self) -> bool:
        """Read with its record a moment ago, and neither lies under a restriction."""
        record = self.__dict__.get("record", self)
        return record.is_record and not any(
            page.alias_of_id or getattr(page, "lies_private", True) for page in (self, record)
        )

    def get_view_restrictions(self):
        """Those of the page and of all above it, in one query where Wagtail takes two.

        As in Wagtail, an alias has the restrictions of the page it copies, and none of its own.
        A translation has its record's too: what is private in French is private everywhere.
        """
        if self.is_known_public():
            return ReaderRestriction.objects.none()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        checked = Page.objects.filter(path__in=[self.path[:end] for end in steps]).values_list(
            Coalesce("alias_of__alias_of_id", "alias_of_id", "pk")
        )
        restricting = models.Q(page__in=checked)
        if not self.is_record:
            records = Page.objects.filter(
                translation_key=self.translation_key, locale__language_code=SOURCE_LANGUAGE
            ).annotate(above=restricted_path())
            restricting |= models.Exists(records.filter(path__startswith=models.F("above")))
        return ReaderRestriction.objects.filter(restricting)

    @classmethod
    def can_create_at(cls, parent) -> bool:
        return super().can_create_at(parent) and cls._is_open_under(parent)

    @classmethod
    def can_exist_under(cls, parent) -> bool:
        # Moving asks this one only; creating and copying ask can_create_at as well.
        return super().can_exist_under(parent) and cls._is_open_under(parent)

    @classmethod
    def _is_open_under(cls, parent) -> bool:
        return works_in(plugin_of(cls), getattr(parent.specific, "territory", None))

    def get_context(self, request, *args, **kwargs):
        territory = getattr(request, "territory", None)
        if territory is not None and territory.pk == self.territory_id:
            # The same row, whose site and switches are read already: blocks ask for them.
            self.territory = territory
        context = super().get_context(request, *args, **kwargs)
        # A list in another language shows no fact of its own: it costs no query there.
        context["record"] = SimpleLazyObject(lambda: self.record)
        return context
