"""The admin's list of letters, without the templates: « Nouvelle lettre » shows those."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.query import PageQuerySet

from newsletter.models import NewsletterIndexPage, NewsletterPage


def without_templates(parent_page: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    if parent_page.specific_class is not NewsletterIndexPage:
        return pages
    templates = NewsletterPage.objects.child_of(parent_page).filter(is_template=True)
    return pages.exclude(pk__in=templates.order_by().values("pk"))
