"""The reports that totals rest on, one a line, exactly: whoever adds them up finds the totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agenda.models import EventPage
from cooperation.models import ActionPage
from labelling.models import LabelCheck, Moment, Report, Subject
from labelling.models.reports import HELD, INDICATORS
from labelling.reports.held import names_held
from labelling.reports.table import BETWEEN, criteria_words
from resources_directory.models import ActorPage
from territories.vocabulary.models import Term

from .selection import DAY, Selection
from .totals import counted

CHUNK = 2000


def headings() -> list[str]:
    return [
        *(_("Territoire"), _("Label"), _("Nom"), _("Pour quoi"), _("Moment"), _("Jour compté")),
        *(_("Thèmes"), _("Quartiers"), _("Critères acceptés")),
        _("Critères tenus"),
        *(str(Report._meta.get_field(name).verbose_name) for name in INDICATORS),
    ]


def rows(selection: Selection) -> Iterator[list[str | int]]:
    """Five queries. A cell is empty where nobody knows: it is not zero, nor « none »."""
    found = counted(selection, selection.span).annotate(day=DAY)
    labels = found.values("label")
    pages = found.values("label__page")
    themes, places, criteria = names_of_themes(pages), names_of_places(pages), checked(labels)
    territories = {territory.pk: territory.name for territory in selection.territories}
    columns = (
        *("territory", "label", "label__number", "label__page", "label__page__title"),
        *("label__subject", "moment", "day"),
    )
    listed = found.order_by("day", "pk").values_list(*columns, HELD, *INDICATORS)
    for row in listed.iterator(chunk_size=CHUNK):
        territory, label, number, page, title, subject, moment, day, held, *numbers = row
        yield [
            territories[territory],
            number,
            title,
            str(Subject(subject).label),
            str(Moment(moment).label),
            day.isoformat(),
            BETWEEN.join(themes[page]),
            BETWEEN.join(sorted(places[page])),
            BETWEEN.join(criteria[label].values()),
            criteria_words(names_held(held, criteria[label])) or "",
            *("" if one is None else one for one in numbers),
        ]


def names_of_themes(pages: QuerySet) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    links = EventPage.themes.through.objects.filter(eventpage__in=pages)
    terms = Term.objects.in_bulk()
    for page, term in links.order_by("pk").values_list("eventpage", "term"):
        found[page].append(terms[term].words)
    return found


def names_of_places(pages: QuerySet) -> dict[int, set[str]]:
    """Aimed at, or held there: each once."""
    found: dict[int, set[str]] = defaultdict(set)
    aimed = EventPage.aimed_at.through.objects.filter(eventpage__in=pages)
    events = EventPage.objects.filter(pk__in=pages).order_by()
    held = events.filter(place=None, neighbourhood__isnull=False)
    at = events.filter(place__neighbourhood__isnull=False)
    actions = ActionPage.neighbourhoods.through.objects.filter(actionpage__in=pages)
    places = ActorPage.objects.filter(pk__in=pages, neighbourhood__isnull=False).order_by()
    links = aimed.values_list("eventpage", "neighbourhood__name").union(
        held.values_list("pk", "neighbourhood__name"),
        at.values_list("pk", "place__neighbourhood__name"),
        actions.values_list("actionpage", "neighbourhood__name"),
        places.values_list("pk", "neighbourhood__name"),
        all=True,
    )
    for page, name in links:
        found[page].add(name)
    return found


def checked(labels: QuerySet) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    checks = LabelCheck.objects.filter(label__in=labels).order_by(
        "criterion__kind", "criterion__number"
    )
    for label, pk, name in checks.values_list("label", "criterion", "criterion__name"):
        found[label][pk] = name
    return found
