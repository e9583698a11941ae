"""What a page shows or links to: choosers offer one's own, and a crafted form may name anything.

The form of every page type refuses another territory's image, document or page, wherever it
stands: in a field, a block, a line of a list, or a text as a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model, QuerySet
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from territories.tenancy.policies import choosable_pages, media_models, media_of

Reference = tuple[type[Model], int]
IMAGE, DOCUMENT = media_models()
REFUSALS = {
    Page: _("« %(field)s » contient une page d’un autre territoire. Choisissez une page du vôtre."),
    IMAGE: _(
        "« %(field)s » contient une image d’un autre territoire. Choisissez une image du vôtre."
    ),
    DOCUMENT: _(
        "« %(field)s » contient un document d’un autre territoire. Choisissez un document du vôtre."
    ),
}


def refusals(form: ModelForm, user: User | None) -> Iterator[tuple[str, str]]:
    """The fields that hold what the person may not choose and that was not there, and a sentence.

    What somebody else has put there stays.
    """
    if user is None or user.is_superuser:
        return
    for name in form.fields:
        field = _field(form, name)
        if field is None:
            continue
        # What is wrong for another reason is shown again too.
        value = form.cleaned_data.get(name) or form[name].value()
        new = set(named_in(field, value)) - set(named_in(field, _stored(form, field)))
        for kind in refused_kinds(user, new):
            yield name, REFUSALS[kind] % {"field": form.fields[name].label or name}


def forget(form: ModelForm, name: str) -> None:
    """Show what was there again: a chooser would tell the title of what was named."""
    form.fields[name].bound_data = lambda _data, initial: initial


def refused_kinds(user: User, named: Iterable[Reference]) -> Iterator[type[Model]]:
    """The kinds of which something is named that the person may not choose."""
    for kind in REFUSALS:
        asked = {pk for model, pk in named if model is kind}
        own = _own(user, kind).filter(pk__in=asked).values_list("pk", flat=True) if asked else ()
        if asked - set(own):
            yield kind


def references_of(instance: Model) -> set[Reference]:
    """All that an object shows or links to, as it stands in memory."""
    return {
        found
        for field in instance._meta.concrete_fields
        for found in named_in(field, getattr(instance, field.name))
    }


def documents_in(form: ModelForm) -> dict[str, set[int]]:
    """Primary keys of the documents that a form shows or links to, by the name of the field."""
    found = {
        name: {pk for model, pk in named_in(field, value) if model is DOCUMENT}
        for name, value in form.cleaned_data.items()
        if (field := _field(form, name)) is not None
    }
    return {name: keys for name, keys in found.items() if keys}


def _field(form: ModelForm, name: str) -> Field | None:
    try:
        return form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _stored(form: ModelForm, field: Field):
    # While a form is cleaned, its instance still holds what was there.
    return getattr(form.instance, field.name, None) if form.instance.pk else None


def named_in(field: Field, value) -> Iterator[Reference]:
    """The pages, images and documents that a value of the field names."""
    if not value:
        return
    if hasattr(field, "extract_references"):
        found = ((model, pk) for model, pk, *_path in field.extract_references(value))
    elif isinstance(value, Model):
        found = [(type(value), value.pk)]
    elif field.many_to_one or field.one_to_one:
        found = [(field.related_model, value)]
    else:
        return
    for model, pk in found:
        for kind in REFUSALS:
            if issubclass(model, kind) and str(pk).isdecimal():
                yield kind, int(pk)


def _own(user: User, kind: type[Model]) -> QuerySet:
    return choosable_pages(user) if kind is Page else media_of(user, kind)
