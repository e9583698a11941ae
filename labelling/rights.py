"""Where somebody may do something with the label: asked of their roles, for each permission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from territories.tenancy.roles import territories_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from territories.models import Territory


def own_territories(user: User, permission: str) -> QuerySet[Territory]:
    """Where a role gives it and the label is open, by name."""
    return territories_where(user, permission).with_plugin("labelling").order_by("name")
