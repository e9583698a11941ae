from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from agenda.models import EventPage
from cooperation.models import ActionPage

from .labels.term import follow_the_dates
from .reports.expecting import expect_reports_of


@receiver(page_published, sender=EventPage)
@receiver(page_published, sender=ActionPage)
def move_the_term_with_the_dates(sender, instance: Page, **kwargs) -> None:
    if instance.is_record:
        follow_the_dates(page=instance)
        expect_reports_of(pages=[instance.pk])
