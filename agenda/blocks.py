from __future__ import annotations

from dataclasses import replace

from django.db.models import Case, F, QuerySet, When
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
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
from territories.pages.translations import read_in_language
from territories.plugins.contributions import Badge, ContentBlock
from territories.plugins.marks import badge_pages

from .lines import Line, lines_of
from .models import EventPage
from .queries import OFF_LAST, occurrences
from .shortlist import announced, shortlist

NEW_COUNT = 6
PAST = Badge(gettext_lazy("Passé"), "clock")


class UpcomingEventsBlock(ListedPagesBlock):
    """The next events, read when the page is shown."""

    title = blocks.CharBlock(label=gettext_lazy("titre"), max_length=150, required=False)
    count = blocks.IntegerBlock(label=gettext_lazy("combien"), default=4, min_value=1, max_value=12)
    labelled_only = blocks.BooleanBlock(
        label=gettext_lazy("seulement ceux qui sont mis en avant"),
        required=False,
        help_text=gettext_lazy("Par exemple ceux qui ont le label."),
    )
    since = blocks.DateBlock(
        label=gettext_lazy("publiés depuis le"),
        required=False,
        help_text=gettext_lazy("Vide : tous les prochains rendez-vous."),
    )
    without = left_out()

    class Meta:
        label = gettext_lazy("Prochains rendez-vous")
        icon = "calendar"
        description = gettext_lazy(
            "Les prochains rendez-vous de l’agenda. La liste se met à jour toute seule."
        )
        preview_value = {"title": gettext_lazy("Bientôt près de chez vous"), "count": 3}
        template = "agenda/blocks/upcoming_events.html"
        mail_template = "agenda/blocks/upcoming_events.mjml"

    def listed(self, value, context):
        territory = territory_of(context)
        return shortlist(
            territory,
            count=value.get("count") or 4,
            forward_only=bool(value.get("labelled_only")),
            since=start_of(value.get("since"), territory),
            events=without(announced(territory), value),
        )

    def usual_in_letters(self):
        return {"title": _("Prochains rendez-vous"), "count": NEW_COUNT, "labelled_only": False}

    def new_since(self, territory, since):
        if not announced(territory).filter(first_published_at__gte=since).exists():
            return None
        return {
            "title": _("Nouveaux rendez-vous"),
            "count": NEW_COUNT,
            "labelled_only": False,
            "since": day_of(since, territory),
        }


class ChosenEventsBlock(ListedPagesBlock):
    """Events picked by hand. One that is no longer on the site disappears; one that is cancelled
    says so; one that is past stays on the page of a letter, and goes into no mailbox."""

    is_of_one_place = True

    title = blocks.CharBlock(label=gettext_lazy("titre"), max_length=150, required=False)
    events = blocks.ListBlock(
        UnreadPageBlock("agenda.EventPage", label=gettext_lazy("rendez-vous")),
        label=gettext_lazy("rendez-vous"),
        min_num=1,
        max_num=12,
        help_text=gettext_lazy(
            "Dans l’ordre où on les lit. Un rendez-vous annulé dit qu’il l’est."
        ),
    )

    class Meta:
        label = gettext_lazy("Rendez-vous choisis")
        icon = "calendar-check"
        description = gettext_lazy(
            "Des rendez-vous de l’agenda, un par un, dans l’ordre que vous voulez."
        )
        preview_template = "agenda/blocks/previews/chosen_events.html"
        template = "agenda/blocks/upcoming_events.html"
        mail_template = "agenda/blocks/chosen_events.mjml"

    def listed(self, value, context):
        """Those of the territory that anybody may see, past ones too."""
        territory = territory_of(context)
        keys = chosen_keys(value.get("events"))
        if not keys:
            return []
        chosen = EventPage.objects.filter(pk__in=keys).order_by()
        found = (
            EventPage.objects.findable()
            .in_territory(territory)
            .filter(translation_key__in=chosen.values("translation_key"))
        )
        records = read_in_language(
            found.order_by("path"),
            get_language() or "",
            dress=lambda events: (
                events.with_next(next_or_last())
                .with_taken()
                .in_full()
                .select_related("locale", "territory__site")
            ),
        )
        badge_pages(records, territory)
        return lines_of(in_chosen_order(records, keys), territory)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        found = context["lines"]
        context["coming"] = [line for line in found if not is_past(line)]
        context["lines"] = [said_past(line) if is_past(line) else line for line in found]
        return context

    def pages_told(self, value, context):
        return [line.record for line in self.listed(value, context) if not is_past(line)]


def next_or_last() -> QuerySet:
    """The occurrences of the outer query's event, the next one first, else the last."""
    is_coming = When(over_at__gt=timezone.now(), then=F("start"))
    return occurrences().order_by(Case(is_coming).asc(nulls_last=True), OFF_LAST, F("start").desc())


def is_past(line: Line) -> bool:
    return line.record.over_at is not None and line.record.over_at <= timezone.now()


def said_past(line: Line) -> Line:
    return replace(line, badges=[PAST, *line.badges], is_off=True)


BLOCKS = [
    ContentBlock("upcoming_events", UpcomingEventsBlock),
    ContentBlock("chosen_events", ChosenEventsBlock),
]
