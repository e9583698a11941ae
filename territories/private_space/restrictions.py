from django.http import HttpRequest
from wagtail.models import PageViewRestriction

from .readers import reader_of


class ReaderRestriction(PageViewRestriction):
    """Wagtail's restriction of a page, asking for the reader of the host, never for the admin's
    user."""

    class Meta:
        proxy = True

    def accept_request(self, request: HttpRequest) -> bool:
        reader = reader_of(request)
        if reader is None or self.restriction_type == self.PASSWORD:
            # Passwords of pages are not offered (see the settings): a log-in says who reads.
            return False
        if self.restriction_type == self.GROUPS and not reader.is_superuser:
            return reader.groups.filter(pk__in=self.groups.values("pk")).exists()
        return True
