"""Opening hours in a form: a line a weekday, or the expression for what does not fit in a week.

Works without a script, in the admin and on the site. What is shown and sent back untouched leaves
the expression as it was, to the letter.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.words import sentence

from .expression import tidy
from .typed import NotUnderstood, Typed, expression, typed

WEEK, RAW = "week", "raw"
LINE_LENGTH = 120


class HoursWidget(forms.Widget):
    """Its value: the expression, or what was sent as `{"way", "shown", "raw", "week"}`."""

    template_name = "resources_directory/hours/widget.html"
    use_fieldset = True

    class Media:
        css = {"all": ["resources_directory/hours.css"]}

    def render(self, name, value, attrs=None, renderer=None):
        # The templates of the site, whatever renders the other fields.
        return super().render(name, value, attrs, TemplatesSetting())

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        sent = value if isinstance(value, dict) else shown(value or "")
        lines = zip(WEEKDAYS.values(), sent["week"].lines, strict=True)
        context["widget"] |= {
            **sent,
            "id": context["widget"]["attrs"].get("id") or f"id_{name}",
            "lines": [
                (number, sentence(str(day)), line) for number, (day, line) in enumerate(lines)
            ],
            "line_length": LINE_LENGTH,
        }
        return context

    def value_from_datadict(self, data, files, name):
        if f"{name}-way" not in data:
            return data.get(name)
        return {
            "way": RAW if data[f"{name}-way"] == RAW else WEEK,
            "shown": data.get(f"{name}-shown", ""),
            "raw": data.get(f"{name}-raw", ""),
            "week": Typed(
                tuple(data.get(f"{name}-{number}", "").strip() for number in range(7)),
                bool(data.get(f"{name}-holidays")),
            ),
        }

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}-way" not in data

    def id_for_label(self, id_):
        return ""


def shown(text: str) -> dict[str, Any]:
    """How an expression is shown: in a week when it fits, as it is otherwise."""
    week = typed(text)
    return {
        "way": RAW if week is None else WEEK,
        "shown": text,
        "raw": text if week is None else "",
        "week": week or Typed(),
    }


class HoursInput(forms.CharField):
    widget = HoursWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = kwargs.get("help_text") or gettext_lazy(
            "Écrivez comme vous le dites : « 9h-12h30 et 14h-17h », « fermé », "
            "« sur rendez-vous », « 9h-12h (sonnez) »."
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        return super().clean(self._read(value) if isinstance(value, dict) else value)

    def _read(self, sent: dict[str, Any]) -> str:
        before = shown(sent["shown"])
        if sent["way"] == RAW:
            return before["shown"] if sent["raw"] == before["raw"] != "" else tidy(sent["raw"])
        if before["way"] == WEEK and sent["week"] == before["week"]:
            return before["shown"]
        if any(len(line) > LINE_LENGTH for line in sent["week"].lines):
            raise ValidationError(_("Un jour tient en 120 signes."))
        try:
            return expression(sent["week"])
        except NotUnderstood as error:
            day = sentence(str(WEEKDAYS[error.day]))
            raise ValidationError(
                _("%(day)s : %(why)s"), params={"day": day, "why": str(error)}
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != (initial or "")
        except ValidationError:
            return True
