"""Where somebody may do something with the label: asked of their roles, for each permission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from territories.tenancy.roles import owners_where, territories_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from territories.models import Territory


def own_territories(user: User, permission: str) -> QuerySet[Territory]:
    """Where a role gives it and the label is open, by name."""
    return territories_where(user, permission).with_plugin("labelling").order_by("name")


def may_somewhere(user: User, permission: str) -> bool:
    """Whether a role gives it at all: for menus, without a query of their own."""
    # A role gives nothing of a plugin that is closed in its territory.
    return user.is_superuser or bool(owners_where(user, permission))
