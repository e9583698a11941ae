"""The address of an application, for whoever holds its link."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from agenda.models import EventPage
from labelling.models import Application
from labelling.models.applications import OVER
from territories.links.links import UNKNOWN, LinkRefused, address_of_link, make_link, open_link
from territories.models import Territory

PURPOSE = "label-application"
# An application takes weeks; a new link may be asked for at any time.
LASTS = timedelta(days=120)
FINISHED = _(
    "Cette demande est terminée. Si nous y avons répondu, la réponse est dans vos e-mails. "
    "Pour en savoir plus, écrivez-nous ou appelez-nous."
)


def address_for_applicant(application: Application, name: str = "application") -> str:
    """A new link to an application, whole, on its territory's host: to be mailed, or gone to.

    `name`: of the view it leads to. It opens until the application is over.
    """
    link = make_link(
        purpose=PURPOSE,
        territory=application.territory,
        payload={"application": application.pk},
        lasts=LASTS,
        email=application.email,
    )
    return address_of_link(link, f"labelling:{name}", application.language or "fr")


def application_of(token: str, territory: Territory) -> Application:
    """The one that a link opens on this territory's host, with its delay and whether it is for an
    event that `is_cancelled`. Raises LinkRefused."""
    link = open_link(token, PURPOSE)
    found = Application.objects.filter(pk=link.payload.get("application"), territory=territory)
    off = Exists(EventPage.objects.filter(pk=OuterRef("page")).cancelled())
    found = found.select_related("grid", "page").with_delay().annotate(is_cancelled=off)
    application = found.first()
    if link.territory_id != territory.pk or application is None:
        raise LinkRefused(UNKNOWN, 404)
    if application.state in OVER:
        raise LinkRefused(FINISHED, 410)
    # The same row, whose switches are read already.
    application.territory = territory
    return application
