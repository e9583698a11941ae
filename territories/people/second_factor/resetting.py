"""Helping somebody who has lost both telephone and codes.

Whoever coordinates their only territories asks for it; the account's holder does it, with the
password, from a link in the mailbox. So a coordinator takes nobody's account over; and is told the
same whatever other roles there are, since those are none of its business.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.audit.recording import record
from territories.links.links import (
    WITHDRAWN,
    LinkRefused,
    make_link,
    open_link,
    use_link,
    withdraw_links,
)
from territories.mail.sending import send_mail
from territories.people.invitations import one_address
from territories.people.members import name_of
from territories.people.oversight import INVITES
from territories.tenancy.roles import NATIONAL, territories_where

from .devices import remove

PURPOSE = "second-factor"
LASTS = timedelta(days=1)


def may_reset(by: User, user: User) -> bool:
    """Whether all that the account opens belongs to whoever asks. Superusers may help anybody."""
    if by.is_superuser and by.is_active:
        return True
    if user.is_superuser:
        return False
    owners = {name.partition(": ")[0] for name in user.groups.values_list("name", flat=True)}
    overseen = set(territories_where(by, INVITES).values_list("slug", flat=True))
    return bool(owners) and NATIONAL not in owners and owners <= overseen


@transaction.atomic
def ask_for_reset(*, territory, user: User, asked_by: User) -> None:
    """Mail the account's holder how to go on: a link when `asked_by` may help, else whom to ask.

    Raises ValidationError when the account has no address.
    """
    email = one_address(user.email or user.get_username())
    if "@" not in email:
        raise ValidationError(
            _("Ce compte n’a pas d’adresse e-mail. Demandez à l’équipe nationale.")
        )
    address = ""
    if may_reset(asked_by, user):
        withdraw_links(purpose=PURPOSE, territory=None, email=email)
        link = make_link(
            purpose=PURPOSE,
            territory=None,
            payload={"user": user.pk, "asked_by": asked_by.pk},
            lasts=LASTS,
            email=email,
        )
        address = settings.WAGTAILADMIN_BASE_URL + reverse("second_factor_reset", args=[link.token])
    send_mail(
        territory=territory,
        to=email,
        subject=gettext_lazy("Votre double authentification"),
        template="territories/people/mail/second_factor",
        context={"name": user.first_name, "asker": name_of(asked_by), "address": address},
    )
    record(
        territory=territory,
        action="people.second_factor",
        user=asked_by,
        about=user,
        state=_("remise à zéro demandée"),
    )


def holder_of(token: str) -> User:
    """Whose second factor a link removes. Raises LinkRefused, also when times have changed."""
    payload = open_link(token, PURPOSE).payload
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    asked_by = User.objects.filter(pk=payload["asked_by"]).first()
    if user is None or asked_by is None or not may_reset(asked_by, user):
        raise LinkRefused(WITHDRAWN, 410)
    return user


@transaction.atomic
def reset(*, token: str) -> User:
    user = holder_of(token)
    use_link(token, PURPOSE)
    remove(user=user, removed_by=user)
    return user
