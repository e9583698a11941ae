"""The committee: one opinion a person, hidden from whoever has not given theirs, and a quorum.

What a round counts: an application that comes back changed is read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from labelling.models import Application, Opinion, ReviewRules, State
from territories.audit.recording import record
from territories.people.members import name_of

from .allowed import is_applicant, parts_of, require
from .moving import hold, sentence_of_last_step
from .refusing import NotAllowed, Overtaken
from .transitions import Part

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from territories.models import Territory


def rules_of(territory: Territory) -> ReviewRules:
    """Those that it has set, or the defaults, unsaved."""
    found = ReviewRules.objects.filter(territory=territory).first()
    return found or ReviewRules(territory=territory)


@transaction.atomic
def give_opinion(
    *,
    application: Application,
    user: User,
    verdict: Opinion.Verdict | str,
    comment: str = "",
    has_conflict: bool = False,
    conflict_words: str = "",
) -> Opinion:
    """Keep what a member of the committee thinks; given again, it takes the place of the first.

    Whoever has a tie with the application says so, and which; their opinion does not count. That
    of the applicant never does. Raises NotAllowed or Overtaken, in French.
    """
    require(user, application, Part.COMMITTEE)
    hold(application)
    if application.state != State.IN_COMMITTEE:
        raise Overtaken(sentence_of_last_step(application))
    if is_applicant(user, application):
        has_conflict, conflict_words = True, conflict_words or _("A fait cette demande.")
    if has_conflict and not conflict_words.strip():
        raise NotAllowed(_("Dites quel est votre lien avec la demande."))
    facts = {
        "verdict": Opinion.Verdict.NONE if has_conflict else verdict,
        "comment": "" if has_conflict else comment,
        "has_conflict": has_conflict,
        "conflict_words": conflict_words if has_conflict else "",
        "given_at": timezone.now(),
        "signed": name_of(user),
    }
    opinion, _is_first = Opinion.objects.update_or_create(
        application=application, member=user, defaults=facts
    )
    record(
        territory=application.territory,
        action="labelling.opinion",
        user=user,
        about=application,
        subject=application.reference,
    )
    return opinion


def opinions_of_this_round(application: Application) -> QuerySet[Opinion]:
    """Those given since it was last sent: what came back changed is read again."""
    sent = application.steps.filter(name="send").order_by("-at", "-pk").first()
    found = Opinion.objects.filter(application=application).select_related("member")
    return found.filter(given_at__gte=sent.at) if sent else found


def counted(application: Application) -> int:
    """How many opinions the quorum counts: for or against, without a tie."""
    said = (Opinion.Verdict.FOR, Opinion.Verdict.AGAINST)
    return opinions_of_this_round(application).filter(has_conflict=False, verdict__in=said).count()


def is_quorum_reached(application: Application) -> bool:
    quorum = rules_of(application.territory).quorum
    return quorum == 0 or counted(application) >= quorum


def opinion_of(user: User, application: Application) -> Opinion | None:
    return opinions_of_this_round(application).filter(member=user).first()


def has_tie(user: User, application: Application) -> bool:
    """Whether they have declared a tie with it, in any round: it does not wear off."""
    return Opinion.objects.filter(application=application, member=user, has_conflict=True).exists()


def sees_opinions(user: User, application: Application) -> bool:
    """Nobody follows the others: one sees theirs after one's own, or once the quorum is reached.

    Until then the coordination reads how many there are. A member with a tie sees them once it is
    decided.
    """
    parts = parts_of(user, application)
    if not parts & {Part.COMMITTEE, Part.COORDINATION}:
        return False
    if application.decided_at is not None:
        return True
    if has_tie(user, application):
        return False
    if opinion_of(user, application) is not None:
        return True
    return Part.COORDINATION in parts and is_quorum_reached(application)
