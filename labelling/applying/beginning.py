"""An application is begun: for what, by whom, by which grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from labelling.grids.adopting import grid_of
from labelling.labels.bearers import can_bear_the_label, check_it_takes_place, subject_of
from labelling.models import Application, Label, Subject

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from resources_directory.models import ActorPage
    from territories.models import Territory


@transaction.atomic
def begin_application(
    *,
    territory: Territory,
    subject: Subject | str,
    title: str,
    language: str,
    page: Page | None = None,
    user: User | None = None,
    actor: ActorPage | None = None,
    renews: Label | None = None,
    organisation: str = "",
    contact_name: str = "",
    email: str = "",
    phone: str = "",
    takes_place: str = "",
    happens_at: str = "",
) -> Application:
    """A draft by the grid of today. Raises ValidationError, in French.

    `page`: what it is about, or any translation of it: its subject and title count then. Without
    one, `title`, `takes_place` and `happens_at` are the applicant's own words. `renews`: the label
    in force or expired that this one is to follow.
    """
    grid = grid_of(territory)
    if grid is None:
        raise ValidationError(_("Aucune grille de critères n’est publiée : demandez plus tard."))
    if page is not None:
        page = page.specific.record
        check_page(page, territory, renews)
        subject, title = subject_of(page), page.title
    elif not title.strip():
        raise ValidationError(_("Donnez un nom à ce qui demande le label."))
    return Application.objects.create(
        territory=territory,
        grid=grid,
        subject=subject,
        page=page,
        title=title.strip(),
        takes_place=takes_place,
        happens_at=happens_at,
        user=user,
        actor=actor.record if actor else None,
        organisation=organisation,
        contact_name=contact_name,
        email=email,
        phone=phone,
        language=language,
        renews=renews,
    )


def check_page(page: Page, territory: Territory, renews: Label | None = None) -> None:
    """Raises ValidationError for a record that may not ask for the label now."""
    if getattr(page, "territory_id", None) != territory.pk:
        raise ValidationError(_("Cette page n’est pas de ce territoire."))
    if not can_bear_the_label(page):
        raise ValidationError(_("Cette page ne peut pas recevoir le label."))
    check_it_takes_place(page)
    if renews is not None and renews.page_id != page.pk:
        raise ValidationError(_("Ce label n’est pas celui de cette page."))
    # One at a time: two people must not both begin for the same page.
    Page.objects.select_for_update().get(pk=page.pk)
    if renews is None and Label.objects.active().filter(page=page.pk).exists():
        raise ValidationError(_("« %(title)s » a déjà le label.") % {"title": page.title})
    if Application.objects.claiming().filter(page=page.pk).exists():
        raise ValidationError(
            _("Une demande de label est déjà en cours pour « %(title)s ».") % {"title": page.title}
        )
