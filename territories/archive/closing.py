"""Taking a territory offline without deleting anything, and bringing it back as it was.

One date on the territory says it. Who asks: `HostMiddleware` (its host answers 410), `online()`
territories and `open()` pages (portal, siblings, lists, feeds, open data, search),
`enabled_plugins` (marks, facets, blocks) and `wanted_rights` (its people keep their groups, which
may do nothing).
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument

from territories.audit.recording import record
from territories.models import Territory
from territories.tenancy.rights import put_right


@transaction.atomic
def archive_territory(*, territory: Territory, on: date | None = None) -> bool:
    """Close the site of a territory; False when it was closed already, since an earlier day."""
    if territory.archived_on:
        return False
    set_archived(territory, on or timezone.localdate())
    record(territory=territory, action="territories.close", user=None)
    return True


@transaction.atomic
def bring_back(*, territory: Territory) -> bool:
    """Open it again, with all that was there; False when it was not closed."""
    if not territory.archived_on:
        return False
    set_archived(territory, None)
    record(territory=territory, action="territories.reopen", user=None)
    return True


@transaction.atomic
def set_archived(territory: Territory, archived_on: date | None) -> None:
    territory.archived_on = archived_on
    territory.save(update_fields=["archived_on"])
    territory.forget_switches()
    put_right(territory)


def hide_archived_document(document: AbstractDocument, request: HttpRequest) -> None:
    """Any host serves any document by its address: not those of an archived territory."""
    names = document.collection.get_ancestors(inclusive=True).values("name")
    if Territory.objects.exclude(archived_on=None).filter(slug__in=names).exists():
        raise Http404(_("Ce site est fermé."))
