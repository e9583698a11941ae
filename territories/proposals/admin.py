"""What the hooks of the admin are made of: addresses, menu, buttons."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from territories.tenancy.roles import may_somewhere

from .models import Proposal
from .sheets import PROPOSE, kind_of, may_decide
from .views import asking, review, sheets
from .views.review import READ

patterns = [
    path("", review.ProposalsView.as_view(), name="index"),
    path("results/", review.ProposalsView.as_view(results_only=True), name="index_results"),
    path("<int:proposal_id>/", review.ReviewView.as_view(), name="review"),
    path("ask/<int:page_id>/", asking.AskView.as_view(), name="ask"),
    path("sheets/", sheets.SheetsView.as_view(), name="sheets"),
    path("sheets/<int:page_id>/", sheets.ProposeView.as_view(), name="propose"),
    path("withdraw/<int:proposal_id>/", sheets.WithdrawView.as_view(), name="withdraw"),
]
URLS = [path("proposals/", include((patterns, "proposals")))]


class WhereAllowed(MenuItem):
    """Shown to whoever a role gives a permission in some territory."""

    def __init__(self, *args, permission: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request) -> bool:
        return may_somewhere(request.user, self.permission)


class OwnSheets(WhereAllowed):
    def is_shown(self, request) -> bool:
        # Superusers may do everything everywhere, and speak for nobody.
        return not request.user.is_superuser and super().is_shown(request)


def sheets_item() -> MenuItem:
    return OwnSheets(
        _("Mes fiches"),
        reverse("proposals:sheets"),
        name="sheets",
        icon_name="edit",
        order=90,
        permission=PROPOSE,
    )


def proposals_item() -> MenuItem:
    return WhereAllowed(
        _("Propositions"),
        reverse("proposals:index"),
        name="proposals",
        icon_name="clipboard-list",
        order=140,
        permission=READ,
    )


def buttons_of(page: Page, user) -> Iterator[Button]:
    """In the header of a page's editor: what is offered for it, and asking for it."""
    if kind_of(page) is None:
        return
    record = page.specific.record
    waiting = Proposal.objects.readable_by(user).waiting().filter(page=record.pk)
    if (first := waiting.order_by("created_at").first()) is not None:
        yield Button(
            _("Lire ce qui est proposé"),
            reverse("proposals:review", args=[first.pk]),
            icon_name="clipboard-list",
            priority=18,
        )
    if record.live and may_decide(user, record):
        yield Button(
            _("Demander une mise à jour par e-mail"),
            reverse("proposals:ask", args=[record.pk]),
            icon_name="mail",
            priority=19,
        )
