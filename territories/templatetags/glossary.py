"""`{% explained %}…{% endexplained %}`: the words of the glossary, explained where they appear."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from territories.glossary.marking import mark
from territories.glossary.words import words_of
from territories.pages.base import SOURCE_LANGUAGE, TerritoryPage

register = template.Library()


class ExplainedNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        page = context.get("page")
        if not isinstance(page, TerritoryPage):
            return html
        language = page.language
        words = words_of(page.territory_id, language)
        spoken = [word for word in words if word.language == language]
        around = get_language() or SOURCE_LANGUAGE
        html, marked = mark(html, spoken, around=around, language=language)
        if marked:
            html += render_to_string(
                "territories/glossary/words_of_page.html", {**context.flatten(), "words": marked}
            )
        # What was rendered safely, with links made of slugs.
        return mark_safe(html)


@register.tag
def explained(parser: template.base.Parser, token: template.base.Token) -> ExplainedNode:
    """Marks the first occurrence of each word, and says below what the marked ones mean.

    Only on a page of somebody's: lists of results, forms and errors have no words of their own.
    """
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return ExplainedNode(nodelist)
