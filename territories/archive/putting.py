"""Putting pages of an archive into the tree: first bare, then with all that they say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils.crypto import get_random_string
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction, Revision

from territories.models import PrivateSpacePage, Territory
from territories.tenancy.roles import group_name

from .finding import Found
from .pages import OF_THE_DATABASE
from .renaming import GONE, field_of, rename_fields


def put_bare(row: Mapping[str, Any], model: type[Page], found: Found) -> Page:
    """A draft with what the page cannot be without; what it leads to may not be there yet.

    A draft of the same address that provisioning has left there becomes this page.
    """
    parent = Page.objects.get(pk=found.made[row["parent"]])
    page = model.from_serializable_data(
        {**bare_fields(model, row["fields"], found), "pk": None}, check_fks=False
    )
    language, _colon, key = row["key"].partition(":")
    page.live = False
    page.translation_key = found.renewed.get(key, key)
    page.locale_id = found.locales[language]
    page.alias_of_id = found.made.get(row["alias_of"])
    parent.get_children().filter(slug=page.slug).exclude(pk__in=found.made.values()).delete()
    parent.refresh_from_db()
    parent.add_child(instance=page)
    return page


def bare_fields(model: type[Page], fields: Mapping[str, Any], found: Found) -> dict[str, Any]:
    plain = {
        name: value
        for name, value in fields.items()
        if (field := field_of(model, name)) is not None
        and not field.one_to_many
        and not field.many_to_many
        and not (field.is_relation and field.null)
        and not isinstance(field, StreamField)
    }
    return without_gone(rename_fields(model, plain, found))


def fill(row: Mapping[str, Any], model: type[Page], territory: Territory, found: Found) -> None:
    """All that the page says, its revisions, and who may read it. Safe to run twice."""
    page = model.objects.get(pk=found.made[row["key"]])
    of_the_database = {
        name: value for name, value in page.serializable_data().items() if name in OF_THE_DATABASE
    }
    fields = {**row["fields"], **({"slug": page.slug} if row["parent"] is None else {})}
    filled = model.from_serializable_data(
        {**of_the_database, **written(model, fields, found)}, check_fks=False
    )
    filled._state.adding = False
    # As it was: what the editor would refuse today was published all the same.
    filled.save(clean=False)
    put_revisions(filled, row, found)
    put_restrictions(filled, row, territory)


def written(model: type[Page], fields: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """As `serializable_data()` writes it, with the keys of this database."""
    data = without_gone(rename_fields(model, fields, found))
    for name, value in data.items():
        if isinstance(field_of(model, name), StreamField):
            data[name] = json.dumps(value)
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in data:
            data[name] = [{"pk": None, **row} for row in data[name]]
    return data


def without_gone(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not GONE}


def put_revisions(page: Page, row: Mapping[str, Any], found: Found) -> None:
    of_pages = ContentType.objects.get_for_model(Page)
    Revision.objects.filter(base_content_type=of_pages, object_id=str(page.pk)).delete()
    pointed: dict[str, Any] = {"latest_revision": None, "live_revision": None}
    base = page.serializable_data()
    for one in row["revisions"]:
        fields = {**one["fields"], **({"slug": page.slug} if row["parent"] is None else {})}
        revision = Revision.objects.create(
            content_object=page,
            base_content_type=of_pages,
            created_at=one["created_at"],
            approved_go_live_at=one["approved_go_live_at"],
            content={**base, **written(type(page), fields, found)},
            object_str=str(page),
        )
        if one["is_latest"]:
            pointed["latest_revision"] = revision
            pointed["latest_revision_created_at"] = one["created_at"]
        if one["is_live"]:
            pointed["live_revision"] = revision
    Page.objects.filter(pk=page.pk).update(**pointed)


def put_restrictions(page: Page, row: Mapping[str, Any], territory: Territory) -> None:
    PageViewRestriction.objects.filter(page=page).delete()
    made = [PageViewRestriction(page=page, **said_of(one)) for one in row["restrictions"]]
    # Nobody decides anything here: the journal has nothing to say of each.
    for restriction, one in zip(
        PageViewRestriction.objects.bulk_create(made), row["restrictions"], strict=True
    ):
        restriction.groups.set(groups_of(one, territory))
    if isinstance(page, PrivateSpacePage):
        # Whatever the archive says.
        page.close()


def said_of(restriction: Mapping[str, Any]) -> dict[str, str]:
    """A shared password stays behind: nobody knows the new one, until somebody gives another."""
    kind = restriction["type"]
    password = get_random_string(32) if kind == PageViewRestriction.PASSWORD else ""
    return {"restriction_type": kind, "password": password}


def groups_of(restriction: Mapping[str, Any], territory: Territory) -> list[Group]:
    names = [group_name(territory, role) for role in restriction["roles"]]
    return list(Group.objects.filter(name__in=names))
