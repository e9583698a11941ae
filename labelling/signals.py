from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, post_page_move

from agenda.models import EventPage
from cooperation.models import ActionPage

from .labels.granting import withdraw_what_left
from .labels.term import follow_the_dates
from .reports.expecting import expect_reports_of


@receiver(page_published, sender=EventPage)
@receiver(page_published, sender=ActionPage)
def move_the_term_with_the_dates(sender, instance: Page, **kwargs) -> None:
    if instance.is_record:
        follow_the_dates(page=instance)
        expect_reports_of(pages=[instance.pk])


@receiver(post_page_move)
def take_back_what_left_its_territory(sender, instance: Page, **kwargs) -> None:
    withdraw_what_left(branch=instance)
