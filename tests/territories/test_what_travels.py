"""Every table that belongs to a territory travels with it, or somebody has said why not."""

import pytest
from django.apps import apps
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page

from territories.archive.checks import check_names
from territories.archive.parts import known_parts
from territories.models import Term, Territory
from territories.signals import page_types

# The part of an archive that holds the rows of a table.
IN_PARTS = {
    "cooperation.ProjectResponse": "cooperation.responses",
    "labelling.Application": "labelling.applications",
    "labelling.CriteriaGrid": "labelling.grid_additions",
    "labelling.GridAdoption": "labelling.grid_adoptions",
    "labelling.Label": "labelling.labels",
    "labelling.PracticeReuse": "labelling.reuses",
    "labelling.Report": "labelling.reports",
    "labelling.ReviewRules": "labelling.review_rules",
    "newsletter.LinkCounting": "newsletter.link_counting",
    "portal_search.Synonym": "portal_search.synonyms",
    "portal_search.Promotion": "portal_search.promotions",
    "sample_plugin.Pin": "sample_plugin.pins",
    "territories.GlossaryEntry": "territories.glossary",
    "territories.LegalFacts": "territories.legal",
    "territories.Proposal": "territories.proposals",
}
# `territory.json` holds them.
IN_SETTINGS = {
    "territories.PluginSwitch",
    "territories.Territory",
    "territories.Territory_communes",
    "territories.Territory_neighbourhoods",
}
# Said in docs/operations.md.
LEFT = {
    "made again by the site": {
        "agenda.Occurrence",
        "portal_search.SearchDocument",
        "portal_search.SearchDocument_shown_in",
    },
    "people, and what they did": {
        "agenda.Registration",
        "newsletter.FollowedLink",
        "newsletter.Mention",
        "newsletter.Objection",
        "newsletter.Sending",
        "newsletter.Subscriber",
        "newsletter.SubscriberFile",
        "newsroom.Consent",
        "portal_search.SearchTally",
        "portal_search.UnmetSearch",
        "resources_directory.ActorMember",
        "territories.ContactMessage",
        "territories.JournalEntry",
        "territories.OutgoingMail",
        "territories.SignedLink",
    },
    "how a territory came to be": {"territories.Provisioning", "territories.TerritoryImport"},
    "known again by its pages, at the next import": {
        "agenda.ImportedEvent",
        "resources_directory.ImportedResource",
    },
}


def tables_of_territories():
    """Models that point at a territory, or at a page of one, and are no page."""
    pages = {Page, *page_types()}
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, Page) or model._meta.app_label.startswith("wagtail"):
            continue
        if model._meta.proxy:
            continue
        targets = {
            field.related_model
            for field in model._meta.get_fields()
            if field.is_relation and field.concrete and field.related_model
        }
        if targets & {Territory, *pages}:
            yield model


def written_with_their_page():
    """Child rows and terms: a page's own, as in its revisions."""
    for page in page_types():
        for relation in get_all_child_relations(page):
            yield relation.related_model._meta.label
        for field in get_all_child_m2m_relations(page):
            yield field.remote_field.through._meta.label


def said():
    return IN_SETTINGS.union(IN_PARTS, *LEFT.values(), written_with_their_page())


@pytest.mark.parametrize(
    "model", list(tables_of_territories()), ids=lambda model: model._meta.label
)
def test_a_table_of_a_territory_travels_or_its_absence_is_said(model):
    label = model._meta.label
    assert label in said(), (
        f"{label} belongs to a territory: give it a part in archive.py, or say in LEFT why not."
    )


def test_whatever_a_page_points_at_has_a_name_that_travels(monkeypatch):
    assert check_names(None) == []
    monkeypatch.delattr(Term, "natural_key")
    errors = check_names(None)
    assert {error.id for error in errors} == {"territories.E003"}
    assert any("EventPage.themes points at territories.Term" in error.msg for error in errors)


def test_nothing_is_said_of_what_is_no_more():
    known = {model._meta.label for model in tables_of_territories()} | {Territory._meta.label}
    assert said() - set(written_with_their_page()) <= known
    assert set(IN_PARTS.values()) <= known_parts().keys()
