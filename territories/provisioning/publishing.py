from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published


def publish_unedited(page: Page, parent: Page | None = None) -> None:
    """Publish a page as its fields stand, under `parent` when it is new.

    A page that a program made and nobody has edited needs no revision, which costs three times
    the page itself.
    """
    page.live = True
    page.has_unpublished_changes = False
    page.last_published_at = timezone.now()
    page.first_published_at = page.first_published_at or page.last_published_at
    if page.pk is None:
        parent.add_child(instance=page)
    else:
        page.save()
    page_published.send(sender=type(page), instance=page, revision=None)
