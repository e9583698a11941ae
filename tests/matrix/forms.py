"""What a browser would post from a form that nobody has touched."""

from __future__ import annotations

from django import forms
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.blocks.base import BlockWidget

NO_COMMENTS = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}

WRITTEN_BY_THE_WIDGET = (
    forms.DateInput,
    forms.DateTimeInput,
    forms.TimeInput,
    DraftailRichTextArea,
)


def posted(form: forms.BaseForm, *, as_new: bool = False) -> dict[str, str | list[str]]:
    """`as_new`: the lines of the form's lists become new ones, since their owner is."""
    data: dict[str, str | list[str]] = {}
    for bound in form:
        value = posted_value(bound)
        if isinstance(bound.field.widget, BlockWidget):
            data[f"{bound.html_name}-count"] = "0"
        elif value is not None:
            data[bound.html_name] = value
    for formset in getattr(form, "formsets", {}).values():
        lines = [] if formset.prefix == "comments" else formset.initial_forms
        data[f"{formset.prefix}-TOTAL_FORMS"] = str(len(lines))
        data[f"{formset.prefix}-INITIAL_FORMS"] = "0" if as_new else str(len(lines))
        for line in lines:
            data |= posted(line)
            if as_new:
                data.pop(f"{line.prefix}-id", None)
    return data


def posted_value(bound: forms.BoundField) -> str | list[str] | None:
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return "on" if value else None
    if isinstance(widget, forms.FileInput | BlockWidget):
        return None
    if value is None and getattr(widget, "allow_multiple_selected", False):
        return []
    if isinstance(value, list | tuple | set) or hasattr(value, "all"):
        items = value.all() if hasattr(value, "all") else value
        return [str(getattr(item, "pk", item)) for item in items]
    if isinstance(widget, WRITTEN_BY_THE_WIDGET):
        return widget.format_value(value) or ""
    return "" if value is None else str(getattr(value, "pk", value))
