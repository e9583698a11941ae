"""On top of the editor of a sheet: the facts it carries, whether they moved, who took it up."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class OriginPanel(Panel):
    """Shown once there is something to say; the sheet knows the models, this file does not."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "labelling/practice/origin.html"

        def is_shown(self) -> bool:
            is_kept = self.instance is not None and self.instance.pk is not None
            return is_kept and self.instance.is_record and bool(self.facts or self.reuses)

        @property
        def facts(self) -> dict[str, Any]:
            return self.instance.facts

        @property
        def reuses(self) -> list[dict]:
            from labelling.practice.reusing import reuses_told

            if not hasattr(self, "_reuses"):
                self._reuses = list(reuses_told(self.instance))
            return self._reuses

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            from labelling.practice.carrying import newer_facts
            from labelling.practice.sheet import carried

            newer = newer_facts(self.instance)
            return {
                **super().get_context_data(parent_context),
                "sheet": self.instance,
                "carried": carried(self.instance.facts, masked=False),
                "newer": carried(newer, masked=False) if newer else None,
                "reuses": self.reuses,
            }
