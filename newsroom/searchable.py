from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from territories.plugins.contributions import Finding, Searchable

from .models import NewsPage, SuccessStoryPage


def words_of(record) -> tuple[list[str], list[str]]:
    """The words and the codes of a record's themes."""
    themes = list(record.themes.select_related("parent"))
    terms = [*themes, *(theme.parent for theme in themes if theme.parent)]
    words = {word for term in terms for word in (term.label, term.words) if word}
    return sorted(words), [theme.code for theme in themes]


def find_news(page: NewsPage, record: NewsPage) -> Finding:
    words, themes = words_of(record)
    texts = page.body.stream_block.get_searchable_content(page.body)
    return Finding(
        title=page.title,
        summary=page.summary,
        body=" ".join(strip_tags(text) for text in texts),
        words=words,
        place=record.neighbourhood.name if record.neighbourhood else "",
        themes=themes,
    )


def find_story(page: SuccessStoryPage, record: SuccessStoryPage) -> Finding:
    """What the story says, and nothing of its consent."""
    words, themes = words_of(record)
    return Finding(
        title=page.title,
        summary=page.summary,
        body="\n".join([page.quote, page.steps, strip_tags(page.body.replace(">", "> "))]),
        words=words,
        place=record.neighbourhood.name if record.neighbourhood else "",
        themes=themes,
    )


SEARCHABLES = [
    Searchable(
        "newsroom.NewsPage",
        "news",
        _("Actualités"),
        find_news,
        _("Actualité"),
        is_to_read=True,
    ),
    Searchable(
        "newsroom.SuccessStoryPage",
        "story",
        pgettext_lazy("récits", "Parcours"),
        find_story,
        pgettext_lazy("récit", "Parcours"),
        is_to_read=True,
    ),
]
