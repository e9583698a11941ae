"""What the hooks of the admin are made of: addresses, the menu, the button of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from labelling.models import Label
from labelling.models.applications import DECIDE, READ
from labelling.rights import own_territories
from territories.tenancy.roles import may_somewhere

from . import asking, lists, moves, rules, study
from .own import ICON, LIST_TITLE

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import Page

WITHDRAW = "labelling.change_label"
ONE = "<int:application_id>/"
patterns = [
    path("", lists.ApplicationsView.as_view(), name="index"),
    path("results/", lists.ApplicationsView.as_view(results_only=True), name="index_results"),
    path(ONE, lists.ApplicationView.as_view(), name="read"),
    path(f"{ONE}send/", asking.SendView.as_view(), name="send"),
    path(f"{ONE}complete/", asking.CompleteView.as_view(), name="complete"),
    path(f"{ONE}abandon/", asking.AbandonView.as_view(), name="abandon"),
    path(f"{ONE}return/", moves.ReturnView.as_view(), name="return"),
    path(f"{ONE}open/", moves.OpenView.as_view(), name="open"),
    path(f"{ONE}grant/", moves.GrantView.as_view(), name="grant"),
    path(f"{ONE}refuse/", moves.RefuseView.as_view(), name="refuse"),
    path(f"{ONE}opinion/", moves.OpinionView.as_view(), name="opinion"),
    path(f"{ONE}page/", moves.AttachView.as_view(), name="attach"),
    path(f"{ONE}event/", moves.CreateEventView.as_view(), name="create_event"),
    path(f"{ONE}evidence/<int:evidence_id>/", lists.EvidenceView.as_view(), name="evidence"),
    path("study/<int:page_id>/", study.StudyView.as_view(), name="study"),
]
rules_patterns = [
    path("", rules.RulesListView.as_view(), name="index"),
    path("<int:territory_id>/", rules.RulesView.as_view(), name="edit"),
]
URLS = [
    path("label-applications/", include((patterns, "label_applications"))),
    path("label-rules/", include((rules_patterns, "label_rules"))),
]


class ApplicationsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_somewhere(request.user, READ)


class RulesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_somewhere(request.user, rules.SET_RULES)


def applications_item() -> MenuItem:
    url = reverse("label_applications:index")
    return ApplicationsItem(LIST_TITLE, url, name="label-applications", icon_name=ICON, order=10)


def rules_item() -> MenuItem:
    url = reverse("label_rules:index")
    return RulesItem(rules.TITLE, url, name="label-rules", icon_name=rules.ICON, order=90)


class Judged(NamedTuple):
    """Where a person decides on applications, where they withdraw labels, and what has one."""

    decides: frozenset[int]
    withdraws: frozenset[int]
    labelled: frozenset[int]


def judged_by(user: User) -> Judged:
    """Read once a request, on whose user it is kept, as Wagtail's own permissions are."""
    if not hasattr(user, "_judged"):
        decides, withdraws = (
            frozenset(own_territories(user, given).values_list("pk", flat=True))
            for given in (DECIDE, WITHDRAW)
        )
        active = Label.objects.active().filter(territory__in=decides | withdraws)
        labelled = frozenset(active.values_list("page_id", flat=True))
        user._judged = Judged(decides, withdraws, labelled)
    return user._judged


def buttons_of(page: Page, user: User, *, priority: int) -> Iterator[Button]:
    """On the page of a record: to study it, or to take its label back."""
    judged = judged_by(user)
    if page.pk in judged.labelled:
        if page.territory_id in judged.withdraws:
            url = reverse("labelling_withdraw", args=[page.pk])
            yield Button(_("Retirer le label"), url, icon_name="tag", priority=priority)
    elif page.territory_id in judged.decides:
        url = reverse("label_applications:study", args=[page.pk])
        yield Button(_("Étudier pour le label"), url, icon_name="tag", priority=priority)


# What the journal says of each step.
SENTENCES = {
    f"labelling.application_{name}": sentences
    for name, sentences in {
        "send": (_("Envoyer une demande de label"), _("Demande %(subject)s envoyée")),
        "abandon": (_("Abandonner une demande de label"), _("Demande %(subject)s abandonnée")),
        "return": (_("Renvoyer une demande de label"), _("Demande %(subject)s à compléter")),
        "open": (_("Demander l’avis du comité"), _("Demande %(subject)s devant le comité")),
        "grant": (_("Accepter une demande de label"), _("Demande %(subject)s acceptée")),
        "refuse": (_("Refuser une demande de label"), _("Demande %(subject)s refusée")),
    }.items()
} | {
    "labelling.opinion": (_("Donner un avis sur le label"), _("Avis donné sur %(subject)s")),
    "labelling.rules": (
        _("Changer les règles du comité"),
        _("Règles du comité : %(quorum)s avis, réponse en %(days)s jours"),
    ),
}
