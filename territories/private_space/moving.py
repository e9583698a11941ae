"""A private page that leaves its place becomes public only when somebody publishes it again."""

from __future__ import annotations

from wagtail.models import Page, PageViewRestriction, Revision


def close_before_it_moves(*, page: Page, before: Page, after: Page) -> None:
    """Unpublish what the restrictions it leaves behind had kept private, itself and below.

    Before the move, so that it is public at no moment. What has its own restriction keeps it.
    """
    if not is_closed(before) or is_closed(after):
        return
    branch = Page.objects.filter(path__startswith=page.path)
    own = PageViewRestriction.objects.filter(page__path__startswith=page.path)
    for path in own.values_list("page__path", flat=True):
        branch = branch.exclude(path__startswith=path)
    keys = list(branch.values_list("pk", flat=True))
    for found in branch.live().specific():
        found.unpublish()
    planned = Revision.page_revisions.filter(object_id__in=[str(key) for key in keys])
    planned.update(approved_go_live_at=None)


def is_closed(page: Page) -> bool:
    return page.specific.get_view_restrictions().exists()
