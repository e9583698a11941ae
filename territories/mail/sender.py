"""Who letters and messages come from."""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import parseaddr
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from territories.models import Territory


class Sender(NamedTuple):
    """Headers of a message. `reply_to`: "" when answers go where it came from."""

    from_email: str
    reply_to: str


def sender_of(territory: Territory | None) -> Sender:
    """The territory's name (None: the portal's) before the installation's own address; answers go
    to the territory's.

    Mail servers refuse, or take for junk, what comes from a domain that has not allowed this server
    to write in its name (SPF, DMARC): the installation's has.
    """
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = _("Cités de l’emploi")
    if territory:
        name = territory.sender_name or territory.full_name
    return Sender(
        from_email=str(Address(" ".join(name.split()), addr_spec=address)),
        reply_to=(territory.sender_email or territory.contact_email) if territory else "",
    )
