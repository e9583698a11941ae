from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import ngettext

from newsletter.subscribing.signals import choices_shown
from portal.search.models import Alert

if TYPE_CHECKING:
    from newsletter.models import Subscriber


@receiver(choices_shown)
def way_to_alerts(
    sender, *, subscriber: Subscriber, token: str, **kwargs
) -> Sequence[tuple[str, str]]:
    number = Alert.objects.filter(subscriber=subscriber).count()
    if not number:
        return ()
    words = ngettext("Voir ou arrêter mon alerte", "Voir ou arrêter mes %(count)d alertes", number)
    return [(words % {"count": number}, reverse("portal_search:alerts", args=[token]))]
