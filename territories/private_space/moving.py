"""A private page that leaves its place becomes public only when somebody publishes it again."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, PageViewRestriction, Revision


def warn_before_it_moves(request: HttpRequest, page: Page, destination: Page) -> None:
    """Said while one may still change one's mind, and once more when it is done."""
    if leaves_a_private_place(page.get_parent(), destination):
        messages.warning(
            request,
            _(
                "Cette page quitte un espace privé : elle devient un brouillon, avec celles qui "
                "sont dessous. Publiez-la quand tout le monde peut la lire."
            ),
        )


def close_before_it_moves(*, page: Page, before: Page, after: Page) -> None:
    """Unpublish what the restrictions it leaves behind had kept private, itself and below.

    Before the move, so that it is public at no moment. What has its own restriction keeps it.
    """
    if not leaves_a_private_place(before, after):
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


def leaves_a_private_place(before: Page, after: Page) -> bool:
    return is_closed(before) and not is_closed(after)


def is_closed(page: Page) -> bool:
    return page.specific.get_view_restrictions().exists()
