"""Deciding on a proposal: taking fields over, or refusing it. Once, by one person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from territories.mail.sending import send_mail

from .comparing import Review
from .models import Proposal, State
from .values import label_of, with_values

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class DecisionRefused(Exception):
    """The decision does not stand; `sentence` says why, and nothing was written."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


DECIDED = gettext_lazy("Cette proposition a déjà reçu une réponse, ou elle a été retirée.")
MOVED = gettext_lazy(
    "La fiche a changé pendant que vous lisiez. Rien n’est enregistré : relisez, puis décidez."
)
LOCKED = gettext_lazy("La fiche est verrouillée. Déverrouillez-la, ou demandez à qui l’a fait.")
DRAFT_OPEN = gettext_lazy(
    "Un brouillon attend déjà sur cette fiche : le publier le mettrait en ligne aussi. "
    "Reprenez la proposition dans le brouillon."
)
NOTHING = gettext_lazy("Choisissez au moins un changement à reprendre, ou refusez la proposition.")
NO_REASON = gettext_lazy("Dites pourquoi : la personne lira votre réponse.")


@transaction.atomic
def apply_proposal(
    *,
    proposal: Proposal,
    taken: Collection[str],
    decided_by: User,
    publish: bool = False,
    seen: str = "",
    reason: str = "",
) -> Revision:
    """Write the chosen fields onto the page's last revision, as a new one; all others stay.

    A draft that is open goes on, with the fields added, and stays unpublished. `publish`: put the
    page online too, which an open draft refuses. `seen`: `Review.digest` of what was read when it
    was decided; anything that has moved since refuses. `reason`: why the other fields are not
    taken. Whoever calls has asked for the rights. Raises DecisionRefused.
    """
    page, proposal = lock(proposal)
    review = Review(proposal, page)
    if seen and seen != review.digest:
        raise DecisionRefused(MOVED)
    found = page.get_lock()
    if found is not None and found.for_user(decided_by):
        raise DecisionRefused(LOCKED)
    after = review.after(taken)
    if not after:
        raise DecisionRefused(NOTHING)
    if publish and review.has_open_draft:
        raise DecisionRefused(DRAFT_OPEN)
    changed = with_values(review.draft_page, after)
    if errors := new_errors(review.draft_page, changed, after):
        raise DecisionRefused(" ".join(errors))
    revision = changed.save_revision(user=decided_by, clean=False)
    log(
        page,
        "proposals.apply",
        user=decided_by,
        data={
            "who": proposal.proposer,
            "fields": ", ".join(label_of(type(page), name) for name in after),
        },
        revision=revision,
        content_changed=True,
    )
    if publish:
        revision.publish(user=decided_by)
    close(proposal, State.APPLIED, decided_by, reason, applied=list(after))
    answer(proposal, page, is_online=publish)
    return revision


@transaction.atomic
def refuse_proposal(*, proposal: Proposal, reason: str, decided_by: User) -> None:
    """Refuse it for a reason, which is mailed. Raises DecisionRefused."""
    if not reason.strip():
        raise DecisionRefused(NO_REASON)
    page, proposal = lock(proposal)
    log(
        page,
        "proposals.refuse",
        user=decided_by,
        data={"who": proposal.proposer, "reason": reason},
    )
    close(proposal, State.REFUSED, decided_by, reason)
    answer(proposal, page)


def lock(proposal: Proposal) -> tuple[Page, Proposal]:
    """The page and the proposal, which nobody else decides on until the transaction ends."""
    # The page first, as whoever offers does: two orders would wait for each other.
    page = Page.objects.select_for_update().get(pk=proposal.page_id).specific
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not proposal.is_waiting:
        raise DecisionRefused(DECIDED)
    return page, proposal


def new_errors(page: Page, changed: Page, taken: Iterable[str]) -> list[str]:
    """What the page's checks find wrong with the fields taken over, or because of them.

    A draft may lack what it needs before it is published: that is not the proposal's fault.
    """
    before = errors_of(page)
    return [
        _("%(field)s : %(error)s") % {"field": label_of(type(page), name), "error": message}
        for name, messages in errors_of(changed).items()
        if name in taken or name not in before
        for message in messages
    ]


def errors_of(page: Page) -> dict[str, list[str]]:
    try:
        page.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def close(
    proposal: Proposal, state: State, decided_by: User, reason: str, applied: Collection[str] = ()
) -> None:
    proposal.state = state
    proposal.decided_by = decided_by
    proposal.decided_at = timezone.now()
    proposal.reason = reason
    proposal.applied = list(applied)
    proposal.save(update_fields=["state", "decided_by", "decided_at", "reason", "applied"])


def answer(proposal: Proposal, page: Page, *, is_online: bool = False) -> None:
    """Tell whoever offered it, when an address is known."""
    to = proposal.user.email if proposal.user else proposal.email
    if not to:
        return
    labels = {name: label_of(type(page), name) for name in proposal.changes}
    is_applied = proposal.state == State.APPLIED
    subject = (
        _("Votre proposition pour « %(title)s » est reprise")
        if is_applied
        else _("Votre proposition pour « %(title)s » n’est pas reprise")
    )
    send_mail(
        territory=proposal.territory,
        to=to,
        subject=subject % {"title": page.title},
        template="territories/proposals/mail/answer",
        context={
            "page": page,
            "is_applied": is_applied,
            "is_online": is_online,
            "taken": [labels[name] for name in proposal.applied],
            "left": [label for name, label in labels.items() if name not in proposal.applied],
            "reason": proposal.reason,
        },
    )
