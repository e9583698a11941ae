"""Offering a change, taking it back, and asking somebody by e-mail for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from territories.links.links import make_link, use_link
from territories.mail.sending import send_mail
from territories.people.members import name_of

from .models import Proposal, State

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.links.models import SignedLink

LINK_PURPOSE = "proposal"
LINK_LASTS = timedelta(days=14)


@transaction.atomic
def offer_change(
    *,
    page: Page,
    differences: Mapping[str, Mapping[str, Any]],
    note: str = "",
    user: User | None = None,
    token: str = "",
) -> Proposal:
    """Keep what somebody offers to change on a record, who is an account or holds a link.

    It takes the place of what the same account had waiting for the page. `token`: of the link,
    which is used up. Raises ValidationError when nothing is offered, LinkRefused.
    """
    if not differences:
        raise ValidationError(_("Rien n’a changé : il n’y a rien à proposer."))
    # One at a time: two tabs of one person must not both wait.
    Page.objects.select_for_update().get(pk=page.pk)
    link = use_link(token, LINK_PURPOSE) if token else None
    if user is not None:
        Proposal.objects.waiting().filter(page=page.pk, user=user).update(
            state=State.WITHDRAWN, decided_at=timezone.now()
        )
    proposal = Proposal.objects.create(
        territory=page.territory,
        page_id=page.pk,
        changes={name: dict(change) for name, change in differences.items()},
        note=note,
        user=user,
        email=link.email if link else user.email if user else "",
        link=link,
    )
    log(page, "proposals.offer", user=user, data={"who": proposal.proposer})
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal) -> bool:
    """Take back what still waits; False when it was decided on meanwhile."""
    waiting = Proposal.objects.waiting().filter(pk=proposal.pk)
    if not waiting.update(state=State.WITHDRAWN, decided_at=timezone.now()):
        return False
    log(proposal.page, "proposals.withdraw", user=proposal.user)
    return True


@transaction.atomic
def ask_for_change(*, page: Page, email: str, asked_by: User, message: str = "") -> SignedLink:
    """Mail a link with which whoever reads that address offers a change on one record, once."""
    territory = page.territory
    link = make_link(
        purpose=LINK_PURPOSE,
        territory=territory,
        payload={"page": page.pk},
        lasts=LINK_LASTS,
        email=email,
    )
    address = reverse("territories:propose", args=[link.token])
    send_mail(
        territory=territory,
        to=email,
        subject=_("Votre fiche « %(title)s » est-elle à jour ?") % {"title": page.title},
        template="territories/proposals/mail/ask",
        context={
            "page": page,
            "message": message,
            "url": f"{territory.root_url}{address}",
            "link": link,
            "asked_by": name_of(asked_by),
        },
    )
    log(page, "links.send", user=asked_by, data={"email": email})
    return link
