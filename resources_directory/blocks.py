from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from territories.blocks.base import SharedBlock, territory_of
from territories.models import Territory
from territories.pages.translations import read_in_language
from territories.plugins.contributions import ContentBlock
from territories.vocabulary.families import families

from .models import ActorPage, ServicePage

MOST = 12
MOST_NEW = 6


def theme_choices() -> list[tuple[str, str]]:
    """Read when a form is shown, never when blocks are declared: the vocabulary is data."""
    return [(term.code, term.words) for term in families().values()]


def published_since(records: QuerySet, since: datetime) -> int:
    return records.filter(
        Q(last_published_at__gte=since) | Q(first_published_at__gte=since)
    ).count()


class RecordsBlock(SharedBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    count = blocks.IntegerBlock(label=_("combien"), min_value=1, max_value=MOST, default=3)

    def records(self, territory: Territory | None, value: dict[str, Any]) -> QuerySet:
        raise NotImplementedError

    def dress(self, records: QuerySet) -> QuerySet:
        """What the line of a record needs, in the same query."""
        raise NotImplementedError

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        found = self.records(territory_of(parent_context or {}), value)
        newest = found.order_by("-last_published_at", "-pk")[: min(value.get("count") or 3, MOST)]
        context["items"] = read_in_language(newest, get_language() or "", self.dress)
        return context


class ServicesBlock(RecordsBlock):
    theme = blocks.ChoiceBlock(
        label=_("besoin"), choices=theme_choices, required=False, help_text=_("Vide : tous.")
    )

    class Meta:
        label = _("Aides du guide")
        icon = "list-ul"
        description = _(
            "Des aides du guide, les dernières mises à jour d’abord. La liste se fait toute seule."
        )
        preview_value = {"title": _("Des aides"), "count": 3, "theme": ""}
        template = "resources_directory/blocks/services.html"
        mail_template = "resources_directory/blocks/services.mjml"

    def records(self, territory, value):
        found = ServicePage.objects.findable().in_territory(territory)
        if value.get("theme"):
            carrying = ServicePage.objects.filter(themes__parent__code=value["theme"])
            found = found.filter(pk__in=carrying.values("pk"))
        return found

    def dress(self, records):
        return records.select_related("locale", "territory__site").with_actor().with_need()

    def new_since(self, territory, since):
        found = ServicePage.objects.findable().in_territory(territory)
        count = published_since(found, since)
        if not count:
            return None
        return {"title": gettext("De nouvelles aides"), "theme": "", "count": min(count, MOST_NEW)}


class ActorsBlock(RecordsBlock):
    class Meta:
        label = _("Acteurs de la carte")
        icon = "group"
        description = _("Des lieux et des structures de la carte. La liste se fait toute seule.")
        preview_value = {"title": _("Près de chez vous"), "count": 3}
        template = "resources_directory/blocks/actors.html"
        mail_template = "resources_directory/blocks/actors.mjml"

    def records(self, territory, value):
        return ActorPage.objects.findable().in_territory(territory)

    def dress(self, records):
        return records.select_related("locale", "territory__site").with_services()

    def new_since(self, territory, since):
        found = ActorPage.objects.findable().in_territory(territory)
        count = published_since(found, since)
        if not count:
            return None
        return {"title": gettext("De nouveaux lieux"), "count": min(count, MOST_NEW)}


BLOCKS = [ContentBlock("services", ServicesBlock), ContentBlock("actors", ActorsBlock)]
