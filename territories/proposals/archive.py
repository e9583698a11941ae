"""Proposals travel with their territory, their accounts stay: a proposal comes back as a mail's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ForeignKey, ManyToManyField, Model
from wagtail.models import Page

from territories.pages.base import SOURCE_LANGUAGE
from territories.territory import Territory
from territories.vocabulary.models import Term

from .models import Proposal
from .values import field_of

MOMENTS = ("created_at", "decided_at")
PLAIN = ("note", "state", "reason", "applied")


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    found = Proposal.objects.filter(territory=territory).order_by("pk")
    for proposal in found.select_related("page__content_type", "user"):
        model = proposal.page.specific_class
        yield {
            "identity": str(proposal.identity),
            "page": str(proposal.page.translation_key),
            "email": proposal.user.email if proposal.user else proposal.email,
            "changes": each_value(proposal.changes, model, name_row),
            **{
                name: moment and moment.isoformat()
                for name in MOMENTS
                for moment in [getattr(proposal, name)]
            },
            **{name: getattr(proposal, name) for name in PLAIN},
        }


@transaction.atomic
def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """Leaves out those about pages that are not there, and those that are."""
    for row in rows:
        records = Page.objects.filter(
            translation_key=row["page"], locale__language_code=SOURCE_LANGUAGE
        ).specific()
        page = next((one for one in records if one.territory_id == territory.pk), None)
        if page is None or Proposal.objects.filter(identity=row["identity"]).exists():
            continue
        Proposal.objects.create(
            identity=row["identity"],
            territory=territory,
            page_id=page.pk,
            email=row["email"],
            changes=each_value(row["changes"], type(page), find_row),
            **{name: row[name] and datetime.fromisoformat(row[name]) for name in MOMENTS},
            **{name: row[name] for name in PLAIN},
        )


def erase(territory: Territory) -> int:
    found = Proposal.objects.filter(territory=territory)
    number = found.count()
    found.delete()
    return number


def each_value(
    changes: Mapping[str, Mapping[str, Any]],
    model: type[Page],
    turn: Callable[[type[Model], Any], Any],
) -> dict[str, dict[str, Any]]:
    """The changes, with each row that a value names turned into another way to name it."""

    def turned(name: str, value: Any) -> Any:
        field = field_of(model, name)
        if isinstance(field, ForeignKey):
            return value and turn(field.related_model, value)
        if isinstance(field, ManyToManyField):
            rows = [turn(field.related_model, one) for one in value]
            return [row for row in rows if row is not None]
        return value

    return {
        name: {key: turned(name, value) for key, value in change.items()}
        for name, change in changes.items()
    }


def name_row(model: type[Model], pk: int) -> Any:
    """A term by its kind and code, a page by the key that its translations share."""
    if issubclass(model, Term):
        return list(Term.objects.filter(pk=pk).values_list("kind", "code").first() or ()) or None
    key = Page.objects.filter(pk=pk).values_list("translation_key", flat=True).first()
    return key and str(key)


def find_row(model: type[Model], name: Any) -> int | None:
    if issubclass(model, Term):
        kind, code = name
        found = Term.objects.filter(kind=kind, code=code)
    else:
        found = Page.objects.filter(translation_key=name, locale__language_code=SOURCE_LANGUAGE)
    return found.values_list("pk", flat=True).first()
