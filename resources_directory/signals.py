"""Speaking for an actor comes with an invitation, ends with the role, and may be handed over.
What changes of an actor shows on the drawing of its territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import ngettext

from territories.people.signals import duties_handed_over, duties_listed, joined

from .map_drawing import drawing_key
from .members import PARTNER, add_partner
from .models import ActorMember, ActorPage

if TYPE_CHECKING:
    from territories.models import Territory


@receiver([post_save, post_delete], sender=ActorPage)
def draw_again(sender, instance: ActorPage, **kwargs) -> None:
    cache.delete(drawing_key(instance.territory_id))


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


def spoken_for(user: User, territory: Territory | None) -> QuerySet[ActorMember]:
    return ActorMember.objects.filter(user=user, actor__territory=territory)


@receiver(duties_listed)
def say_for_how_many_actors(sender, territory, leaver, **kwargs) -> list[str]:
    number = spoken_for(leaver, territory).count()
    if not number:
        return []
    sentence = ngettext(
        "Partenaire de %(number)d acteur du guide",
        "Partenaire de %(number)d acteurs du guide",
        number,
    )
    return [sentence % {"number": number}]


@receiver(duties_handed_over)
def hand_the_actors_over(sender, territory, leaver, successor, handed_over_by, **kwargs) -> None:
    held = spoken_for(leaver, territory)
    for member in held.select_related("actor"):
        add_partner(actor=member.actor, user=successor, named_by=handed_over_by)
    held.delete()
