"""The pages of a territory as rows of an archive: what is published, and what waits as a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageViewRestriction, Revision

from territories.tenancy.roles import group_prefix

from .naming import Names, pages_of
from .renaming import rename_fields

if TYPE_CHECKING:
    from territories.models import Territory

# What says where a page stands in one database, who worked on it there, and which row it is.
OF_THE_DATABASE = {
    *("pk", "id", "page_ptr", "path", "depth", "numchild", "url_path", "content_type"),
    *("translation_key", "locale", "territory", "alias_of"),
    *("latest_revision", "latest_revision_created_at", "live_revision"),
    *("owner", "locked", "locked_at", "locked_by", COMMENTS_RELATION_NAME),
}
ROWS_AT_ONCE = 100


def page_rows(territory: Territory, names: Names) -> Iterator[dict[str, Any]]:
    """One row a page, parents first: its type, what it says, its revisions, who may read it."""
    pages = list(pages_of(territory).values_list("pk", "path", "depth"))
    parents = {path: names.pages[pk] for pk, path, _depth in pages}
    restrictions = restrictions_of(territory)
    for start in range(0, len(pages), ROWS_AT_ONCE):
        chunk = [pk for pk, _path, _depth in pages[start : start + ROWS_AT_ONCE]]
        found = Page.objects.filter(pk__in=chunk).order_by("path").specific()
        revisions = revisions_of(chunk)
        for page in found:
            key = names.place = names.pages[page.pk]
            yield {
                "key": key,
                "type": page._meta.label,
                "parent": parents.get(page.path[: -page.steplen]) if page.depth > 2 else None,
                "alias_of": names.pages.get(page.alias_of_id),
                "fields": fields_of(page, names),
                "revisions": [revision_row(page, one, names) for one in revisions.get(page.pk, ())],
                "restrictions": restrictions.get(page.pk, []),
            }
    names.place = ""


def fields_of(page: Page, names: Names) -> dict[str, Any]:
    return travelling(type(page), page.serializable_data(), names)


def travelling(model: type[Page], data: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """What of a page's data, or of a revision's, means something in another database."""
    kept = {name: value for name, value in data.items() if name not in OF_THE_DATABASE}
    for relation in get_all_child_relations(model):
        name, of_parent = relation.get_accessor_name(), relation.field.name
        if name in kept:
            kept[name] = [
                {key: one for key, one in row.items() if key not in {"pk", of_parent}}
                for row in kept[name]
            ]
    return rename_fields(model, kept, names)


def revisions_of(pages: list[int]) -> dict[int, list[Revision]]:
    """The revisions that still count: the latest, the published and the scheduled ones."""
    counted = Page.objects.filter(pk__in=pages).values_list("latest_revision", "live_revision")
    keys = {pk for pair in counted for pk in pair if pk}
    scheduled = Revision.page_revisions.filter(
        object_id__in=[str(pk) for pk in pages], approved_go_live_at__isnull=False
    )
    keys |= set(scheduled.values_list("pk", flat=True))
    found: dict[int, list[Revision]] = {}
    for revision in Revision.objects.filter(pk__in=keys).order_by("created_at", "pk"):
        found.setdefault(int(revision.object_id), []).append(revision)
    return found


def revision_row(page: Page, revision: Revision, names: Names) -> dict[str, Any]:
    return {
        "created_at": revision.created_at,
        "approved_go_live_at": revision.approved_go_live_at,
        "is_latest": revision.pk == page.latest_revision_id,
        "is_live": revision.pk == page.live_revision_id,
        "fields": travelling(type(page), revision.content, names),
    }


def restrictions_of(territory: Territory) -> dict[int, list[dict[str, Any]]]:
    """Who may read a page: roles by their code. A shared password stays behind."""
    prefix = group_prefix(territory)
    found: dict[int, list[dict[str, Any]]] = {}
    of_it = PageViewRestriction.objects.filter(page__in=pages_of(territory)).order_by("pk")
    for restriction in of_it.prefetch_related("groups"):
        roles = [
            group.name.removeprefix(prefix)
            for group in restriction.groups.all()
            if group.name.startswith(prefix)
        ]
        row = {"type": restriction.restriction_type, "roles": sorted(roles)}
        found.setdefault(restriction.page_id, []).append(row)
    return found
