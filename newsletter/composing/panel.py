"""« Déjà dit »: what a draft tells of that an earlier letter told, where it is written."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class AlreadyToldPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "newsletter/already_told_panel.html"

        def is_shown(self) -> bool:
            instance = self.instance
            return super().is_shown() and bool(instance.pk) and not instance.is_template

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            from .mentions import already_told

            context = super().get_context_data(parent_context)
            context["told"] = already_told(self.instance)
            return context
