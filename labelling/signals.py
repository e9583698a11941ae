from django.dispatch import receiver
from wagtail.signals import page_published

from agenda.models import EventPage

from .labels.granting import follow_the_dates
from .reports.expecting import expect_reports_of


@receiver(page_published, sender=EventPage)
def move_the_term_with_the_event(sender, instance: EventPage, **kwargs) -> None:
    if instance.is_record:
        follow_the_dates(page=instance)
        expect_reports_of(pages=[instance.pk])
