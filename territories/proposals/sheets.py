"""Which pages may be proposed on, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.http import Http404
from wagtail.models import Page

from territories.plugins.contributions import Proposable
from territories.plugins.registry import contributions, works_in
from territories.tenancy.roles import territories_where

from .values import label_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from .models import Proposal

PROPOSE, DECIDE = "territories.add_proposal", "territories.change_proposal"


class Kind(NamedTuple):
    model: type[Page]
    proposable: Proposable


def proposables() -> Iterator[tuple[str, Kind]]:
    """The page types that may be proposed on, each with the label of its plugin."""
    for plugin, proposable in contributions("PROPOSABLES"):
        yield plugin, Kind(apps.get_model(proposable.model), proposable)


def kind_of(page: Page) -> Kind | None:
    """None where its type may not be proposed on, or its plugin is closed in its territory."""
    for plugin, kind in proposables():
        if kind.model is page.specific_class:
            open_there = page.specific.territory is not None and works_in(
                plugin, page.specific.territory
            )
            return kind if open_there else None
    return None


def sheets_of(user: User) -> Iterator[tuple[Kind, QuerySet]]:
    """The published records that this person may offer to change, by type.

    What is not published yet is the coordinator's work: nobody else reads it.
    """
    own = territories_where(user, PROPOSE)
    for _plugin, kind in proposables():
        yield (
            kind,
            kind.proposable.of_user(user)
            .filter(territory__in=own)
            .live()
            .records()
            .open()
            .order_by("title", "pk"),
        )


def sheet_of(user: User, pk: int) -> Page:
    """One of them; 404 for anybody else's, which must not be told from what does not exist."""
    for _kind, sheets in sheets_of(user):
        if sheet := sheets.filter(pk=pk).select_related("territory__site").first():
            return sheet
    raise Http404


def may_decide(user: User, page: Page) -> bool:
    """Whether a role lets this person decide what becomes of the proposals about a page."""
    return territories_where(user, DECIDE).filter(pk=page.specific.territory_id).exists()


def labels_of(proposal: Proposal, names: Iterable[str]) -> list[str]:
    """What the fields of a proposal are called; its page's content type costs no query."""
    model = proposal.page.cached_content_type.model_class()
    return [label_of(model, name) for name in names]
