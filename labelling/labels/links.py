"""The mailed link with which whoever holds a label asks to renew it."""

from __future__ import annotations

from datetime import timedelta

from labelling.models import Label
from territories.links.links import UNKNOWN, LinkRefused, address_of_link, make_link, open_link
from territories.models import Territory

PURPOSE = "label-renewal"
# From the first reminder until a month after the end.
LASTS = timedelta(days=90)


def address_of_renewal(label: Label, email: str, language: str) -> str:
    link = make_link(
        purpose=PURPOSE,
        territory=label.territory,
        payload={"label": label.pk},
        lasts=LASTS,
        email=email,
    )
    return address_of_link(link, "labelling:renew", language)


def label_of(token: str, territory: Territory) -> Label:
    """The one that a link opens on this territory's host. Raises LinkRefused."""
    link = open_link(token, PURPOSE)
    found = Label.objects.filter(pk=link.payload.get("label"), territory=territory)
    label = found.select_related("page", "application").first()
    if link.territory_id != territory.pk or label is None:
        raise LinkRefused(UNKNOWN, 404)
    # The same row, whose switches are read already.
    label.territory = territory
    return label
