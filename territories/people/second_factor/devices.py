"""The second factor of an account: a telephone that shows codes, and codes on paper beside it.

django-otp keeps both, counts the failures of each and makes whoever guesses wait, twice as long
each time.
"""

from __future__ import annotations

from base64 import b32encode
from datetime import datetime
from typing import NamedTuple

import django_otp
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from territories.audit.recording import record
from territories.people.members import COORDINATOR
from territories.people.models import LogInRules
from territories.tenancy.roles import group_prefix

CODES = 10


class Standing(NamedTuple):
    """What is asked of an account. `has_device`: it has a telephone; `must_have`: it needs one."""

    has_device: bool
    must_have: bool


def standing_of(user: User) -> Standing:
    """In one query, since each page of the admin asks."""
    concerned = Q(is_superuser=True) | Exists(
        User.groups.through.objects.filter(
            Q(group__name__endswith=f": {COORDINATOR}")
            | Q(group__name__startswith=group_prefix(None)),
            user=OuterRef("pk"),
        )
    )
    rules = LogInRules.objects.filter(asks_second_factor=True)
    row = User.objects.filter(pk=user.pk).values_list(has_telephone(), concerned & Exists(rules))
    return Standing(*row.get())


def has_telephone(user: str = "pk") -> Exists:
    """Expression: whether the account has its second factor. `user`: the path to it."""
    return Exists(TOTPDevice.objects.filter(user=OuterRef(user), confirmed=True))


def telephone_of(user: User, *, confirmed: bool) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=confirmed).first()


def paper_of(user: User) -> StaticDevice | None:
    return StaticDevice.objects.filter(user=user).first()


def key_of(device: TOTPDevice) -> str:
    """What somebody types who cannot scan: the key, in fours."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


@transaction.atomic
def begin(*, user: User) -> TOTPDevice:
    """A new telephone, that counts once it has shown a code."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="téléphone", confirmed=False)


@transaction.atomic
def confirm(*, user: User, token: str) -> tuple[TOTPDevice, list[str]] | None:
    """The telephone, and ten codes for the day it is lost, when it has shown the right code."""
    device = telephone_of(user, confirmed=False)
    if device is None or django_otp.verify_token(user, device.persistent_id, token) is None:
        return None
    # What `verify_token` saved is on a row of its own.
    device.refresh_from_db()
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    note(user, user, "installée")
    return device, make_codes(user=user)


@transaction.atomic
def make_codes(*, user: User) -> list[str]:
    """Ten new codes in place of the former ones. Each opens once."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name="papier")
    codes = [StaticToken.random_token() for _number in range(CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=paper, token=code) for code in codes)
    return codes


def verify(*, user: User, token: str) -> Device | None:
    """The device that a code opens: digits are the telephone's, anything else stands on paper."""
    token = "".join(token.split()).lower()
    device = device_for(user, token)
    return device and django_otp.verify_token(user, device.persistent_id, token)


def device_for(user: User, token: str) -> Device | None:
    is_short = token.isdigit() and len(token) <= 6
    return telephone_of(user, confirmed=True) if is_short else paper_of(user)


def closed_until(user: User, token: str) -> datetime | None:
    """Until when no code is tried, after wrong ones."""
    device = device_for(user, "".join(token.split()).lower())
    is_open, why = device.verify_is_allowed() if device else (True, None)
    return None if is_open else why["locked_until"]


@transaction.atomic
def remove(*, user: User, removed_by: User | None) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    note(user, removed_by, "retirée")


def note(user: User, by: User | None, state: str) -> None:
    # Of no territory: the account may belong to several.
    record(territory=None, action="people.second_factor", user=by, about=user, state=state)
