from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from territories.models import Territory

from .address import theme_css, themes_css, themes_url


@require_safe
def theme(request: HttpRequest, slug: str, fingerprint: str) -> HttpResponse:
    """Colours are no secret: any host serves any territory's, so that the portal can show them."""
    territory = Territory.objects.filter(slug=slug).first()
    if territory is None:
        raise Http404
    css, current = theme_css(slug, territory.first_colour, territory.second_colour)
    if fingerprint != current:
        return HttpResponseRedirect(territory.theme_url)
    return stylesheet(css)


@require_safe
def themes(request: HttpRequest, fingerprint: str) -> HttpResponse:
    territories = list(Territory.objects.online())
    css, current = themes_css(territories)
    if fingerprint != current:
        return HttpResponseRedirect(themes_url(territories))
    return stylesheet(css)


def stylesheet(css: str) -> HttpResponse:
    return HttpResponse(
        css,
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )
