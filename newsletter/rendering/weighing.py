"""The weight of a letter, said where it is written."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from .letter import HEAVIEST, BrokenLetter, render_letter


class WeightPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "newsletter/weight_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["heaviest"] = HEAVIEST
            try:
                context["letter"] = render_letter(self.instance)
            except BrokenLetter as error:
                context["sentences"] = error.sentences
            return context
