"""Speaking for an actor comes with an invitation, and ends with the role."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from territories.people.signals import joined

from .members import PARTNER, add_partner
from .models import ActorMember, ActorPage


@receiver(joined)
def speak_for_the_actor(sender, territory, user, roles, payload, **kwargs) -> None:
    """Whoever accepts an invitation as a partner speaks for the actor that it names."""
    if PARTNER not in roles or territory is None:
        return
    actors = ActorPage.objects.records().filter(territory=territory, pk=payload.get("actor"))
    if actor := actors.first():
        add_partner(actor=actor, user=user)


@receiver(m2m_changed, sender=User.groups.through)
def end_with_the_role(
    sender, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs
) -> None:
    """Whoever is no partner of a territory any more speaks for none of its actors: invited again
    one day, they must not find the sheets of then."""
    if action not in {"post_remove", "pre_clear"}:
        return
    if reverse:
        people = instance.user_set.values("pk") if pk_set is None else pk_set
        lost = Group.objects.filter(pk=instance.pk)
    else:
        people = [instance.pk]
        lost = instance.groups.all() if pk_set is None else Group.objects.filter(pk__in=pk_set)
    names = [name.partition(": ") for name in lost.values_list("name", flat=True)]
    owners = [owner for owner, _colon, role in names if role == PARTNER]
    if owners:
        ActorMember.objects.filter(user__in=people, actor__territory__slug__in=owners).delete()
