"""Who keeps which chosen answers: each those of where they may, the national team all of them."""

from __future__ import annotations

from django.contrib.auth.models import User

from portal.search.models.promotion import Promotion, PromotionQuerySet
from territories.tenancy.roles import NATIONAL, owners_where, territories_where

ADD = "portal_search.add_promotion"
CHANGE = "portal_search.change_promotion"


def keeps_the_portals_own(user: User) -> bool:
    return user.is_superuser or NATIONAL in owners_where(user, CHANGE)


def promotions_kept_by(user: User) -> PromotionQuerySet:
    if keeps_the_portals_own(user):
        return Promotion.objects.all()
    return Promotion.objects.filter(territory__in=territories_where(user, CHANGE))
