"""A team turns the counting of links on or off; it is off until somebody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from newsletter.models import LinkCounting, NewsletterPage
from newsletter.models.sendings import CHANGE
from territories.audit.recording import record
from territories.tenancy.roles import territories_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory

SENTENCES = {
    "letters.count_links": (
        gettext_lazy("Compter les liens suivis"),
        gettext_lazy("Liens suivis des lettres : compte commencé"),
    ),
    "letters.stop_counting": (
        gettext_lazy("Ne plus compter les liens suivis"),
        gettext_lazy("Liens suivis des lettres : compte arrêté"),
    ),
}


def may_switch(user: User, territory: Territory) -> bool:
    """Who may send letters there."""
    if user.is_active and user.is_superuser:
        return True
    return territories_where(user, CHANGE).filter(pk=territory.pk).exists()


@transaction.atomic
def switch_counting(*, territory: Territory, on: bool, user: User) -> None:
    if on:
        _row, changed = LinkCounting.objects.get_or_create(territory=territory)
    else:
        changed, _rows = LinkCounting.objects.filter(territory=territory).delete()
    if changed:
        action = "letters.count_links" if on else "letters.stop_counting"
        record(territory=territory, action=action, user=user)


@require_POST
def switch(request: HttpRequest, page_id: int) -> HttpResponse:
    """From the page where a letter is read again; 404 for strangers."""
    letter = NewsletterPage.objects.filter(pk=page_id).select_related("territory").first()
    if letter is None or not may_switch(request.user, letter.territory):
        raise Http404
    on = request.POST.get("count") == "1"
    switch_counting(territory=letter.territory, on=on, user=request.user)
    messages.success(
        request,
        _("Les liens des prochaines lettres sont comptés, sans savoir qui les suit.")
        if on
        else _("Les liens des lettres ne sont plus comptés."),
    )
    return redirect("newsletter_proof", page_id)
