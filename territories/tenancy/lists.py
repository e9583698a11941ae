"""Lists of the admin: of whatever a person's roles let them read, wherever that is."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import IndexView

from .roles import may_somewhere


class OwnList(IndexView):
    """For whoever has `permission` somewhere; its rows are narrowed by the list itself.

    `nothing_yet`: what it says while it has none, instead of Wagtail's own words.
    """

    permission: str
    nothing_yet: Any = ""
    paginate_by = 50

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_somewhere(request.user, self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def no_results_message(self) -> Any:
        if not self.nothing_yet:
            return super().no_results_message
        if self.is_searching or self.is_filtering:
            return _("Rien avec ces filtres. Enlevez-en un pour voir le reste.")
        return self.nothing_yet
