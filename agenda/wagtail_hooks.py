from django.utils import timezone
from wagtail import hooks

from .models import AgendaPage, EventPage
from .occurrences import zone_of


@hooks.register("before_edit_page")
def show_hours_of_the_territory(request, page):
    """An overseas coordinator reads and types the hours of the wall clock there.

    Wagtail goes back to the person's own time zone at the end of each view.
    """
    if isinstance(page.specific, EventPage):
        timezone.activate(zone_of(page.specific.territory))


@hooks.register("before_create_page")
def show_hours_of_the_parents_territory(request, parent_page, page_class):
    if page_class is EventPage and isinstance(parent_page.specific, AgendaPage):
        timezone.activate(zone_of(parent_page.specific.territory))
