from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from territories.blocks.base import territory_of
from territories.blocks.listing import (
    ListedPagesBlock,
    UnreadPageBlock,
    chosen_keys,
    day_of,
    in_chosen_order,
    left_out,
    start_of,
    without,
)
from territories.models import Territory
from territories.pages.translations import read_in_language
from territories.plugins.contributions import ContentBlock
from territories.vocabulary.families import families

from .closed_soon import closed_soon
from .models import ActorPage, ServicePage

MOST = 12
MOST_NEW = 6
WEEKS = 4


def theme_choices() -> list[tuple[str, str]]:
    """Read when a form is shown, never when blocks are declared: the vocabulary is data."""
    return [(term.code, term.words) for term in families().values()]


def published_since(records: QuerySet, since: datetime) -> QuerySet:
    """New or brought up to date."""
    return records.filter(Q(last_published_at__gte=since) | Q(first_published_at__gte=since))


class RecordsBlock(ListedPagesBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    count = blocks.IntegerBlock(label=_("combien"), min_value=1, max_value=MOST, default=3)
    since = blocks.DateBlock(
        label=_("publiés ou mis à jour depuis le"),
        required=False,
        help_text=_("Vide : quel que soit le jour."),
    )
    without = left_out()

    def records(self, territory: Territory | None, value: dict[str, Any]) -> QuerySet:
        raise NotImplementedError

    def dress(self, records: QuerySet) -> QuerySet:
        """What the line of a record needs, in the same query."""
        raise NotImplementedError

    def listed(self, value, context):
        territory = territory_of(context)
        found = without(self.records(territory, value), value)
        if since := start_of(value.get("since"), territory):
            found = published_since(found, since)
        newest = found.order_by("-last_published_at", "-pk")[: min(value.get("count") or 3, MOST)]
        return read_in_language(newest, get_language() or "", self.dress)

    def news(self, title: str, records: QuerySet, territory: Territory, since: datetime, **value):
        """The value of `new_since`: exactly the records published since that day."""
        day = day_of(since, territory)
        count = published_since(records, since).count()
        if not count:
            return None
        return {"title": title, "count": min(count, MOST_NEW), "since": day, **value}


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
        found = services_of(territory)
        if value.get("theme"):
            carrying = ServicePage.objects.filter(themes__parent__code=value["theme"])
            found = found.filter(pk__in=carrying.values("pk"))
        return found

    def dress(self, records):
        return dressed_services(records)

    def usual_in_letters(self):
        return {"title": gettext("Des aides à faire connaître"), "theme": "", "count": 3}

    def new_since(self, territory, since):
        services = services_of(territory)
        return self.news(gettext("De nouvelles aides"), services, territory, since, theme="")


class ChosenServicesBlock(ListedPagesBlock):
    """Picked by hand; one that is no longer on the site disappears."""

    is_of_one_place = True

    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    services = blocks.ListBlock(
        UnreadPageBlock("resources_directory.ServicePage", label=_("service")),
        label=_("aides"),
        min_num=1,
        max_num=MOST,
        help_text=_("Dans l’ordre où on les lit."),
    )

    class Meta:
        label = _("Aides choisies")
        icon = "tick-inverse"
        description = _("Des aides du guide, une par une, dans l’ordre que vous voulez.")
        preview_template = "resources_directory/blocks/previews/chosen_services.html"
        template = "resources_directory/blocks/services.html"
        mail_template = "resources_directory/blocks/services.mjml"

    def listed(self, value, context):
        keys = chosen_keys(value.get("services"))
        if not keys:
            return []
        chosen = ServicePage.objects.filter(pk__in=keys).order_by().values("translation_key")
        found = services_of(territory_of(context)).filter(translation_key__in=chosen)
        records = read_in_language(found.order_by("path"), get_language() or "", dressed_services)
        return in_chosen_order(records, keys)


class ActorsBlock(RecordsBlock):
    class Meta:
        label = _("Acteurs de la carte")
        icon = "group"
        description = _("Des lieux et des structures de la carte. La liste se fait toute seule.")
        preview_value = {"title": _("Près de chez vous"), "count": 3}
        template = "resources_directory/blocks/actors.html"
        mail_template = "resources_directory/blocks/actors.mjml"

    def records(self, territory, value):
        return actors_of(territory)

    def dress(self, records):
        return records.select_related("locale", "territory__site").with_services()

    def new_since(self, territory, since):
        return self.news(gettext("De nouveaux lieux"), actors_of(territory), territory, since)


class ClosuresBlock(ListedPagesBlock):
    """Places and services that are closed now, or will be in the coming weeks."""

    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    weeks = blocks.IntegerBlock(
        label=_("sur combien de semaines"),
        min_value=1,
        max_value=12,
        default=WEEKS,
        help_text=_("Ce qui est fermé aujourd’hui y est aussi."),
    )
    without = left_out()

    class Meta:
        label = _("Fermé quelques jours")
        icon = "time"
        description = _(
            "Les lieux et les aides fermés en ce moment ou bientôt. La liste se met à jour toute "
            "seule."
        )
        preview_value = {"title": _("Fermé quelques jours"), "weeks": WEEKS}
        template = "resources_directory/blocks/closures.html"
        mail_template = "resources_directory/blocks/closures.mjml"

    def listed(self, value, context):
        return closed_soon(
            territory_of(context),
            weeks=value.get("weeks") or WEEKS,
            narrow=lambda records: without(records, value),
        )

    def usual_in_letters(self):
        return {"title": gettext("Fermé quelques jours"), "weeks": WEEKS}

    def new_since(self, territory, since):
        """Whatever closes soon: what an earlier letter told, the letter leaves out by itself."""
        return self.usual_in_letters() if closed_soon(territory, weeks=WEEKS) else None


def services_of(territory: Territory | None) -> QuerySet:
    return ServicePage.objects.findable().in_territory(territory)


def actors_of(territory: Territory | None) -> QuerySet:
    return ActorPage.objects.findable().in_territory(territory)


def dressed_services(records: QuerySet) -> QuerySet:
    return records.select_related("locale", "territory__site").with_actor().with_need()


BLOCKS = [
    ContentBlock("services", ServicesBlock),
    ContentBlock("chosen_services", ChosenServicesBlock),
    ContentBlock("actors", ActorsBlock),
    ContentBlock("closures", ClosuresBlock),
]
