"""« Télécharger cette liste »: what a visitor has narrowed, in the forms of open data."""

from __future__ import annotations

from html import unescape

from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from territories.open_data.editions import Edition
from territories.open_data.formats import FORMATS, answer

from .lists.actors import ActorList
from .lists.guide import Guide
from .lists.sheets import SheetList
from .open_data import SERVICES, STRUCTURES, service_rows, structure_rows


@require_safe
def services_list(request: HttpRequest, extension: str) -> HttpResponseBase:
    """`/guide/liste.csv`… What leads to an actor that may not be shown is left out, as there."""
    guide = Guide(request)
    return handed_out(guide, guide.records.with_actor().filter(actor_is_shown=True), extension)


@require_safe
def actors_list(request: HttpRequest, extension: str) -> HttpResponseBase:
    """`/carte/liste.csv`…"""
    actors = ActorList(request)
    return handed_out(actors, actors.records, extension)


def handed_out(sheets: SheetList, records: QuerySet, extension: str) -> HttpResponseBase:
    if (form := FORMATS.get(extension)) is None:
        raise Http404(_("Cette liste n’existe pas sous cette forme."))
    is_guide = isinstance(sheets, Guide)
    rows = service_rows if is_guide else structure_rows
    edition = Edition(
        SERVICES if is_guide else STRUCTURES,
        sheets.territory,
        rows(records.select_related("locale", "territory__site").order_by("pk")),
        source=sheets.request.build_absolute_uri(),
        updated=records.order_by().aggregate(last=Max("last_published_at"))["last"],
        narrowed=", ".join(unescape(strip_tags(chip["label"])) for chip in sheets.active),
    )
    return answer(edition, form)
