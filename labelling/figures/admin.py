"""« Chiffres du label » in the admin: exact, of one's own territories or, for the national team, of
all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django.views.generic.base import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from labelling.models.reports import READ
from labelling.rights import own_territories
from territories.models import Territory
from territories.printing import weasyprint
from territories.tenancy.roles import NATIONAL, may_somewhere, owners_where

from . import answers
from .board import Board, own_board
from .sheets import reports_csv

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TITLE = _("Chiffres du label")
ICON = "table"


def reads_the_nation(user: User) -> bool:
    return user.is_superuser or NATIONAL in owners_where(user, READ)


class OwnBoard:
    """`owner`: the short name of a territory, or "national". 404 for a stranger, who does not learn
    whether it exists."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def own(self) -> list[Territory]:
        return list(own_territories(self.request.user, READ).select_related("site"))

    @cached_property
    def board(self) -> Board:
        owner = self.kwargs["owner"]
        if owner == NATIONAL:
            if not reads_the_nation(self.request.user):
                raise Http404
            territory, counted = None, self.own
        else:
            territory = next((one for one in self.own if one.slug == owner), None)
            if territory is None:
                raise Http404
            counted = [territory]
        return own_board(
            counted,
            self.request.GET,
            territory=territory,
            today=timezone.localdate(),
            base=reverse("label_figures:board", args=[owner]),
        )


class IndexView(View):
    """To the figures of the nation for who reads them, else to those of the first territory."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if reads_the_nation(request.user):
            return redirect("label_figures:board", NATIONAL)
        first = own_territories(request.user, READ).first()
        if first is None:
            raise PermissionDenied
        return redirect("label_figures:board", first.slug)


class BoardView(OwnBoard, WagtailAdminTemplateMixin, TemplateView):
    template_name = "labelling/figures/admin.html"
    page_title = TITLE
    header_icon = ICON

    def get_page_subtitle(self) -> str:
        return self.board.whose

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": TITLE, "sublabel": self.board.whose}
        return [*super().get_breadcrumbs_items(), here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "board": self.board,
            "others": self.others(),
            "has_pdf": weasyprint() is not None,
        }

    def others(self) -> list[tuple[str, str, bool]]:
        """Whose figures this person may read beside: (words, address, whether these)."""
        owner = self.kwargs["owner"]
        found = [(one.slug, one.name) for one in self.own]
        if reads_the_nation(self.request.user):
            found.insert(0, (NATIONAL, str(_("Tous les territoires"))))
        if len(found) < 2:
            return []
        return [
            (words, reverse("label_figures:board", args=[slug]), slug == owner)
            for slug, words in found
        ]


class TotalsView(OwnBoard, View):
    def get(self, request: HttpRequest, owner: str, extension: str) -> HttpResponseBase:
        return answers.totals(self.board, extension)


class ReportsView(OwnBoard, View):
    def get(self, request: HttpRequest, owner: str) -> HttpResponseBase:
        return reports_csv(self.board)


class ChartView(OwnBoard, View):
    def get(self, request: HttpRequest, owner: str, name: str, extension: str) -> HttpResponseBase:
        return answers.chart(self.board, name, extension)


class PaperView(OwnBoard, View):
    def get(self, request: HttpRequest, owner: str) -> HttpResponseBase:
        return answers.paper(self.board)


patterns = [
    path("", IndexView.as_view(), name="index"),
    path("<slug:owner>/", BoardView.as_view(), name="board"),
    *(
        path(f"<slug:owner>/totaux.{kind}", TotalsView.as_view(), {"extension": kind}, "totals")
        for kind in ("csv", "xlsx")
    ),
    path("<slug:owner>/bilans.csv", ReportsView.as_view(), name="reports"),
    *(
        path(
            f"<slug:owner>/graphique-<slug:name>.{kind}",
            ChartView.as_view(),
            {"extension": kind},
            "chart",
        )
        for kind in ("svg", "png")
    ),
    path("<slug:owner>/rapport.pdf", PaperView.as_view(), name="paper"),
]
URLS = [path("label-figures/", include((patterns, "label_figures")))]


class FiguresItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_somewhere(request.user, READ)


def figures_item() -> MenuItem:
    url = reverse("label_figures:index")
    return FiguresItem(TITLE, url, name="label-figures", icon_name=ICON, order=40)
