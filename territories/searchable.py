from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from .pages.content import ContentPage
from .plugins.contributions import Finding, Searchable


def find_content_page(page: ContentPage, record: ContentPage) -> Finding:
    return Finding(
        title=page.title,
        summary=page.introduction,
        body=" ".join(
            strip_tags(text) for text in page.body.stream_block.get_searchable_content(page.body)
        ),
    )


SEARCHABLES = [
    Searchable(
        "territories.ContentPage",
        "page",
        _("Pages"),
        find_content_page,
        _("Page"),
        is_to_read=True,
    )
]
