"""Actions and places that have the label; events say it themselves, in events.toml."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from wagtail.models import Page

from cooperation.models import ActionPage
from labelling.labels.granting import grant_label
from labelling.labels.term import term_of
from labelling.models import CriteriaGrid, Label
from labelling.reports.expecting import expect_reports
from resources_directory.models import ActorPage

if TYPE_CHECKING:
    from .territory import TerritoryLoader

MODELS = {"action": ActionPage, "place": ActorPage}


def load_labels(loader: TerritoryLoader) -> None:
    grid = CriteriaGrid.objects.current()
    for fact in loader.content.labels:
        found = MODELS[fact["kind"]].objects.records().in_territory(loader.territory)
        page = found.get(slug=fact["slug"])
        granted_on = loader.today + timedelta(days=fact["day"])
        if Label.objects.filter(page=page).exists():
            follow(page, granted_on)
            continue
        optional = grid.criteria.filter(kind="optional", number__in=fact["optional"])
        grant_label(
            page=page,
            grid=grid,
            criteria=[*grid.criteria.filter(kind="mandatory"), *optional],
            reasons=fact["reasons"],
            granted_on=granted_on,
        )


def follow(page: Page, granted_on: date) -> None:
    """Its days move with those of what bears it, as if it were given anew; its number stays. One
    that somebody has given, or renewed, is no longer the demo's."""
    ours = Label.objects.filter(page=page, granted_by=None, application=None, renews=None)
    for label in ours.filter(renewed_by=None):
        label.granted_on = label.starts_on = granted_on
        label.expires_on = max(granted_on, term_of(label.page.specific, granted_on))
        label.save(update_fields=["granted_on", "starts_on", "expires_on"])
        expect_reports(label=label)
