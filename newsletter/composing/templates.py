"""Templates are letters that are never published: every way to do so is refused."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import PagePermissionTester


class TemplatePublished(PublishPagePermissionError):
    """Somebody publishes a template; says why it is refused, in a sentence."""


def refusal() -> str:
    return _(
        "Un modèle n’est jamais mis en ligne. Enregistrez-le, puis commencez une lettre : "
        "« Nouvelle lettre », dans la liste des lettres."
    )


class LetterPermissions(PagePermissionTester):
    def can_publish(self) -> bool:
        return not self.page.is_template and super().can_publish()

    def can_proofread(self) -> bool:
        """Who writes it, or puts it on line."""
        return self.can_edit() or self.can_publish()
