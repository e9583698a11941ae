from collections.abc import Callable, Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse

from .registry import works_in


class PluginGateMiddleware:
    """A plugin's own addresses answer 404 where the plugin is off.

    A plugin's `urls.py` has its label as `app_name`; pages are gated by `TerritoryPage.route`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Sequence, kwargs: Mapping
    ) -> None:
        label = request.resolver_match.app_names[0] if request.resolver_match.app_names else ""
        if not works_in(label, request.territory):
            raise Http404("Cette rubrique n’est pas ouverte sur ce territoire.")
