from django.dispatch import receiver
from wagtail.signals import page_published

from agenda.models import EventPage

from .registering import give_free_places


@receiver(page_published, sender=EventPage)
def give_the_places_of_a_larger_room(sender, instance: EventPage, **kwargs) -> None:
    """More places, or a date that takes place after all: who waits is served."""
    if instance.is_record and instance.registration_is_open:
        give_free_places(event=instance)
