"""Inviting somebody by mail, and what happens when they accept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.audit.recording import record
from territories.links.links import make_link, use_link, withdraw_links
from territories.links.models import SignedLink
from territories.mail.sending import send_mail
from territories.tenancy.roles import group_name, roles_of

from .members import labels_of, members_of, name_of
from .models import PURPOSE, Invitation
from .signals import joined

if TYPE_CHECKING:
    from territories.models import Territory

LASTS = timedelta(days=7)
# The address becomes the name of the account.
LONGEST_NAME = User._meta.get_field("username").max_length


def one_address(email: str) -> str:
    """Two ways of writing an address are one person."""
    return email.strip().lower()


@transaction.atomic
def invite(
    *,
    territory: Territory | None,
    email: str,
    roles: Iterable[str],
    invited_by: User | None,
    first_name: str = "",
    last_name: str = "",
    payload: Mapping[str, Any] | None = None,
) -> Invitation:
    """Mail somebody a link, good for seven days and once, to join a territory with these roles.

    `territory`: None for the national team. `roles`: codes of `roles_of(territory)`. `payload`:
    JSON that a plugin finds again in the `joined` signal, like the actor of a partner. Whether
    `invited_by` may do so is asked in `oversight.py`. Raises ValidationError with a sentence.
    """
    email = one_address(email)
    roles = check_invitation(territory, email, roles)
    return send(
        territory=territory,
        email=email,
        invited_by=invited_by,
        payload={
            "roles": roles,
            "first_name": first_name.strip(),
            "last_name": last_name.strip(),
            "for_plugins": dict(payload or {}),
        },
    )


def check_invitation(territory: Territory | None, email: str, roles: Iterable[str]) -> list[str]:
    """The roles in the order of the tables. It asks about this territory alone: whether the
    address has an account elsewhere changes nothing here."""
    try:
        validate_email(email)
        MaxLengthValidator(LONGEST_NAME)(email)
    except ValidationError:
        sentence = _("« %(email)s » n’est pas une adresse e-mail. Exemple : prenom.nom@ville.fr.")
        raise ValidationError({"email": sentence % {"email": email}}) from None
    roles = set(roles)
    unknown = roles - roles_of(territory).keys()
    if unknown or not roles:
        raise ValidationError({"roles": _("Choisissez au moins un rôle de la liste.")})
    if members_of(territory).filter(pk__in=accounts_of(email)).exists():
        sentence = _("%(email)s fait déjà partie de l’équipe : changez ses rôles dans la liste.")
        raise ValidationError({"email": sentence % {"email": email}})
    if any(not one.is_expired for one in Invitation.objects.waiting(territory).filter(email=email)):
        sentence = _("Une invitation attend déjà %(email)s : envoyez-la de nouveau, ou retirez-la.")
        raise ValidationError({"email": sentence % {"email": email}})
    return [code for code in roles_of(territory) if code in roles]


@transaction.atomic
def send_again(*, invitation: Invitation, sent_by: User) -> Invitation:
    """The same invitation, good for seven days from now; the former link opens no more."""
    return send(
        territory=invitation.territory,
        email=invitation.email,
        invited_by=sent_by,
        payload=invitation.payload,
    )


def send(
    *, territory: Territory | None, email: str, invited_by: User | None, payload: dict[str, Any]
) -> Invitation:
    withdraw_links(purpose=PURPOSE, territory=territory, email=email)
    link = make_link(
        purpose=PURPOSE,
        territory=territory,
        email=email,
        lasts=LASTS,
        payload={**payload, "invited_by": invited_by.pk if invited_by else None},
    )
    invitation = Invitation.objects.get(pk=link.pk)
    labels = labels_of(territory, payload["roles"])
    send_mail(
        territory=territory,
        to=email,
        subject=gettext_lazy("Votre invitation à rejoindre l’équipe"),
        template="territories/people/mail/invitation",
        context={
            "name": invitation.first_name,
            "inviter": name_of(invited_by) if invited_by else "",
            "labels": labels,
            "address": settings.WAGTAILADMIN_BASE_URL
            + reverse("people_accept", args=[invitation.token]),
            "expires_at": invitation.expires_at,
        },
    )
    # On the link itself: whoever may invite may see what Wagtail notes on other invitations.
    record(
        territory=territory,
        action="people.invite",
        user=invited_by,
        about=link,
        email=email,
        role=labels,
    )
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, withdrawn_by: User) -> None:
    withdraw_links(purpose=PURPOSE, territory=invitation.territory, email=invitation.email)
    record(
        territory=invitation.territory,
        action="people.withdraw",
        user=withdrawn_by,
        about=SignedLink.objects.get(pk=invitation.pk),
        email=invitation.email,
    )


def withdraw_invitations_of(user: User, territory: Territory | None) -> None:
    """What somebody has sent and nobody answered, when they leave."""
    sent = Invitation.objects.waiting(territory).filter(payload__invited_by=user.pk)
    sent.update(withdrawn_at=timezone.now())


def accounts_of(email: str) -> QuerySet[User]:
    """Whose address this is: the invited are called by theirs, older accounts may have any name."""
    return User.objects.filter(Q(username=email) | Q(email__iexact=email))


@transaction.atomic
def accept(*, token: str, user: User) -> Invitation:
    """Give the account the roles of the invitation, beside those that it has.

    Raises LinkRefused, when somebody was faster too.
    """
    invitation = Invitation.objects.get(pk=use_link(token, PURPOSE).pk)
    territory = invitation.territory
    names = [group_name(territory, code) for code in roles_of(territory)
             if code in invitation.roles]  # fmt: skip
    user.groups.add(*Group.objects.filter(name__in=names))
    joined.send(
        sender=Invitation,
        territory=territory,
        user=user,
        roles=invitation.roles,
        payload=invitation.payload.get("for_plugins", {}),
    )
    role = labels_of(territory, invitation.roles)
    record(territory=territory, action="people.join", user=user, about=user, role=role)
    return invitation


@transaction.atomic
def accept_as_newcomer(
    *, token: str, email: str, password: str, first_name: str, last_name: str
) -> User:
    """As `accept`, for whoever has no account yet: the address that was invited is its name.

    An account that somebody made without a password is theirs, since the link came to them.
    Raises IntegrityError when the account was made meanwhile.
    """
    user = User.objects.filter(username=email).first()
    if user is None or user.has_usable_password():
        user = User(username=email, email=email)
    user.first_name, user.last_name = first_name, last_name
    user.set_password(password)
    user.save()
    accept(token=token, user=user)
    return user
