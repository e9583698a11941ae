"""The form of a proposal: the editor's own fields and checks, of the fields that may be offered."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels.base import get_form_for_model
from wagtail.fields import RichTextField
from wagtail.models import Page

from territories.pages.base import TerritoryPage
from territories.tenancy.guards.references import named_in

from .comparing import Review
from .models import Proposal
from .sheets import Kind
from .values import Values, field_of, label_of, plain_text, values_of, with_values

# Empty lines under those that are there: no script is needed to add one.
MORE_LINES = 2
NOTE_LENGTH = 2000
BASE = "territories.proposals.base"


class Lines(BaseChildFormSet):
    """The lines of a list, known by their keys: Wagtail gives their rows new numbers.

    One that is no longer on the page comes back under its key; one that never was is a new one.
    """

    def _construct_form(self, i, **kwargs):
        if not self.is_bound or i >= self.initial_form_count():
            return super()._construct_form(i, **kwargs)
        shown = {str(line.key): line for line in self.get_queryset()}
        line = shown.get(self.data.get(f"{self.add_prefix(i)}-key"))
        self.data = self.data.copy()
        self.data[f"{self.add_prefix(i)}-{self.model._meta.pk.name}"] = (line and line.pk) or ""
        form = super()._construct_form(i, **kwargs)
        if line is not None:
            form.instance.key = line.key
        return form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None and index < self.initial_form_count():
            form.fields["key"] = forms.CharField(
                widget=forms.HiddenInput, initial=str(form.instance.key), required=False
            )
        else:
            # An empty line is left empty.
            form.fields.pop(DELETION_FIELD_NAME, None)
        if ORDERING_FIELD_NAME in form.fields:
            form.fields[ORDERING_FIELD_NAME].widget = forms.HiddenInput()
        offer_own(form, self.instance.territory_id)


def offer_own(form: forms.ModelForm, territory: int | None) -> None:
    """Only published pages of the territory are offered, and the one that is chosen already."""
    for name, field in form.fields.items():
        related = getattr(field, "queryset", None)
        if related is not None and issubclass(related.model, TerritoryPage):
            own = related.model.objects.filter(territory=territory)
            chosen = own.filter(pk=getattr(form.instance, f"{name}_id"))
            field.queryset = (own.live().public().records() | chosen.records()).order_by("title")


class OfferedFields:
    """Stands before the page type's own form. `.differences`: what was changed, once it is valid.

    Nobody's rights are asked: a proposal changes nothing. So it lets nobody point to anything
    either, but to an actor of the territory.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.before = values_of(self.instance, [*self._meta.fields, *self.formsets])
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
        offer_own(self, self.instance.territory_id)

    def clean(self):
        cleaned = super().clean()
        for name in self.fields:
            field = field_of(type(self.instance), name)
            if isinstance(field, RichTextField) and (
                set(named_in(field, cleaned.get(name, "")))
                - set(named_in(field, self.before[name]))
            ):
                self.add_error(
                    name,
                    _(
                        "Un lien vers une page ou un fichier se demande dans le mot à la "
                        "coordination."
                    ),
                )
        return cleaned

    def _post_clean(self) -> None:
        # What was wrong before is not theirs to put right.
        self.wrong_before = wrong_fields(self.instance)
        super()._post_clean()

    def _update_errors(self, errors: ValidationError) -> None:
        if hasattr(errors, "error_dict"):
            shown = {}
            for name, found in errors.error_dict.items():
                if name in self.fields:
                    shown.setdefault(name, []).extend(found)
                elif name not in self.wrong_before:
                    shown.setdefault(NON_FIELD_ERRORS, []).extend(found)
            if not shown:
                return
            errors = ValidationError(shown)
        super()._update_errors(errors)

    @property
    def differences(self) -> dict[str, dict[str, Any]]:
        """`{field: {"before": …, "after": …}}` of a valid form; saves nothing."""
        after: Values = values_of(self.save(commit=False), self.before)
        return {
            name: {"before": value, "after": after[name]}
            for name, value in self.before.items()
            if after[name] not in (value, self._untouched(name))
        }

    def _untouched(self, name: str) -> Any:
        """What comes back from a text editor that was only opened."""
        before = self.before[name]
        if not isinstance(field_of(type(self.instance), name), RichTextField):
            return before
        widget = self.fields[name].widget
        back = widget.value_from_datadict({name: widget.format_value(before)}, {}, name)
        return plain_text(back or "")

    @property
    def lines(self) -> list[tuple[str, str, Lines]]:
        """The lists of lines, each with its label and what one line is called."""
        return [
            (
                label_of(type(self.instance), name),
                capfirst(str(found.model._meta.verbose_name)),
                found,
            )
            for name, found in self.formsets.items()
        ]


def wrong_fields(page: Page) -> set[str]:
    """The fields that the page's own check finds wrong as it stands."""
    try:
        page.clean()
    except ValidationError as error:
        return set(getattr(error, "error_dict", {NON_FIELD_ERRORS: None}))
    return set()


@cache
def form_class_of(kind: Kind, *, rich_text: bool) -> type:
    """`rich_text`: whether texts with links and headings may be offered; they need a script."""
    model, names = kind.model, kind.proposable.fields
    options = model.get_edit_handler().get_form_options()
    fields = [
        name
        for name in options["fields"]
        if name in names and (rich_text or not isinstance(field_of(model, name), RichTextField))
    ]
    formsets = {
        name: {
            **given,
            "extra": MORE_LINES,
            "formset": keyed(given.get("formset", BaseChildFormSet)),
            "widgets": widgets_of(relation_model(model, name), given["fields"]),
        }
        for name, given in options.get("formsets", {}).items()
        if name in names
    }
    base = type(f"Offered{model.__name__}Form", (OfferedFields, model.base_form_class), {})
    return get_form_for_model(
        model,
        form_class=base,
        fields=fields,
        formsets=formsets,
        widgets=widgets_of(model, fields),
    )


def keyed(lines: type[BaseChildFormSet]) -> type[BaseChildFormSet]:
    """The page type's own lines, known by their keys."""
    return Lines if lines is BaseChildFormSet else type(lines.__name__, (Lines, lines), {})


def relation_model(model: type[Page], name: str) -> type[models.Model]:
    return field_of(model, name).related_model


def widgets_of(model: type[models.Model], names: list[str]) -> dict[str, forms.Widget]:
    """Plain widgets: the same form stands in the admin and on the site, which allows no script."""
    found: dict[str, forms.Widget] = {}
    for name in names:
        field = model._meta.get_field(name)
        if isinstance(field, models.DateTimeField):
            found[name] = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        elif isinstance(field, models.DateField):
            found[name] = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        elif isinstance(field, models.ManyToManyField):
            found[name] = forms.CheckboxSelectMultiple()
        elif isinstance(field, models.ForeignKey):
            found[name] = forms.Select()
        elif isinstance(field, models.TextField) and not isinstance(field, RichTextField):
            found[name] = forms.Textarea({"rows": 5})
    return found


class NoteForm(forms.Form):
    """What goes with the fields."""

    note = forms.CharField(
        label=gettext_lazy("Un mot pour la coordination"),
        help_text=gettext_lazy("Pourquoi ce changement, jusqu’à quand, qui appeler…"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=NOTE_LENGTH,
        required=False,
    )


class Offer:
    """What stands in the browser of somebody who offers a change: the fields, a note, the base.

    The base is the published values that were shown, signed: what was published meanwhile is not
    a change of theirs. `waiting`: their proposal that this one will replace.
    """

    def __init__(
        self,
        page: Page,
        kind: Kind,
        *,
        data: QueryDict | None = None,
        waiting: Proposal | None = None,
        rich_text: bool = True,
    ) -> None:
        form_class = form_class_of(kind, rich_text=rich_text)
        shown = page
        base = read_base(data.get("base", ""), page) if data is not None else None
        if base is not None:
            shown = with_values(page, base)
        elif waiting is not None:
            shown = with_values(page, Review(waiting, page).after(waiting.changes))
        self.form = form_class(data, instance=shown)
        self.note = NoteForm(data, initial={"note": waiting.note if waiting else ""})
        names = self.form.before
        self.base = signing.dumps(
            {"page": page.pk, "values": base or values_of(page, names)}, salt=BASE, compress=True
        )

    def is_valid(self) -> bool:
        # Both, so that all errors show.
        return all([self.form.is_valid(), self.note.is_valid()])


def read_base(signed: str, page: Page) -> Values | None:
    """The values that were shown; None when there are none, or of another page."""
    try:
        read = signing.loads(signed, salt=BASE)
    except signing.BadSignature:
        return None
    return read["values"] if read["page"] == page.pk else None
