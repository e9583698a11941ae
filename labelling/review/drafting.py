"""An event made from an application, as a draft: what was said of it, for the team to complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.models import AgendaPage, EventPage
from labelling.models import Application, Subject
from labelling.models.applications import OVER

from .allowed import require
from .deciding import attach_page
from .moving import hold, sentence_of_last_step
from .refusing import NotAllowed, Overtaken
from .transitions import Part

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def draft_event(*, application: Application, user: User) -> EventPage:
    """Make the event that an application speaks of, unpublished, and attach it.

    Raises NotAllowed, for whoever may not write in the agenda too, or Overtaken.
    """
    require(user, application, Part.COORDINATION)
    hold(application)
    if application.state in OVER:
        raise Overtaken(sentence_of_last_step(application))
    if application.page_id is not None:
        raise NotAllowed(_("Une page est déjà choisie."))
    parent = agenda_of(application)
    if parent is None or not parent.permissions_for_user(user).can_add_subpage():
        raise NotAllowed(_("Vous ne pouvez pas ajouter de rendez-vous à cet agenda."))
    said = (application.title, application.takes_place, application.happens_at)
    event = EventPage(
        title=application.title,
        summary=" · ".join(words for words in said if words)[:200],
        place_name=application.happens_at,
        is_action=application.subject == Subject.ACTION,
        organiser=application.actor,
        locale=parent.locale,
        live=False,
        owner=user,
    )
    parent.add_child(instance=event)
    event.save_revision(user=user, log_action=True)
    attach_page(application=application, page=event, user=user)
    return event


def agenda_of(application: Application) -> AgendaPage | None:
    return AgendaPage.objects.records().filter(territory=application.territory_id).first()
