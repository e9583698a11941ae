"""What may bear the label: an event, an action or a place of a territory."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from agenda.models import EventPage
from cooperation.models import ActionPage
from labelling.models import Subject
from resources_directory.models import ActorPage
from territories.plugins.registry import plugin_of, works_in

BEARERS: tuple[type[Page], ...] = (EventPage, ActionPage, ActorPage)


def subject_of(page: Page) -> Subject | None:
    """As what a page bears the label; None for a page that never does."""
    if isinstance(page, EventPage):
        return Subject.ACTION if page.record.is_action else Subject.EVENT
    if isinstance(page, ActionPage):
        return Subject.ACTION
    return Subject.PLACE if isinstance(page, ActorPage) else None


def can_bear_the_label(page: Page) -> bool:
    """Whether it is of such a kind, of a territory where both its plugin and the label work."""
    if subject_of(page) is None or page.territory is None:
        return False
    plugins = ("labelling", plugin_of(type(page)))
    return all(works_in(label, page.territory) for label in plugins)


def check_it_takes_place(page: Page) -> None:
    """Raises ValidationError for an event that was cancelled: nobody would come to it."""
    if EventPage.objects.filter(pk=page.pk).cancelled().exists():
        raise ValidationError(cancelled_words(page))


def cancelled_words(page: Page) -> str:
    return _(
        "Le rendez-vous « %(title)s » est annulé : il ne peut pas recevoir le label. S’il a bien "
        "lieu, sa page doit d’abord le dire."
    ) % {"title": page.title}
