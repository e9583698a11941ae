from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from territories.pages.translations import address_in
from territories.plugins.registry import contributed

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context) -> SafeString:
    """The sections that other plugins put on this page."""
    request, page = context["request"], context["page"]
    found = [
        panel
        for panel in contributed("PANELS", request.territory)
        if panel.on == type(page)._meta.label
    ]
    shown = []
    for panel in sorted(found, key=lambda panel: panel.order):
        panel_context = panel.context(request, page)
        if panel_context is not None:
            shown.append(render_to_string(panel.template, {**context.flatten(), **panel_context}))
    # Each part comes from a template, escaped there.
    return mark_safe("".join(shown))


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context) -> dict:
    """Where this page stands below its home; no query for a page that was just routed to."""
    page, request = context["page"], context["request"]
    trail = getattr(request, "trail", ())
    if not trail or trail[-1].pk != page.pk:  # a preview
        trail = page.get_ancestors().select_related("locale") if page.depth > 3 else ()
    language = get_language() or ""
    items = [
        {"title": above.title, "url": address_in(above, language, request)}
        for above in trail
        if 2 < above.depth < page.depth
    ]
    return {"items": [*items, {"title": page.title, "url": ""}], "home_url": context["home_url"]}


@register.simple_tag(takes_context=True)
def address(context, page) -> str:
    """`{% address item.shown %}`: the page's address in the visitor's language."""
    return address_in(page, get_language() or "", context.get("request"))
