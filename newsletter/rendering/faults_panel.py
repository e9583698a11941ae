"""What a letter weighs and what is wrong with it, said where it is written."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from .checking import review_of
from .letter import HEAVIEST


class FaultsPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "newsletter/faults_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | {
                "review": review_of(self.instance),
                "heaviest": HEAVIEST,
                "proof_url": reverse("newsletter_proof", args=[self.instance.pk]),
            }
