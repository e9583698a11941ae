"""An application leaves, or is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from labelling.labels.bearers import check_it_takes_place
from labelling.models import Answer, Application, Question
from labelling.review.moving import move
from labelling.review.transitions import Part
from territories.mail.sending import send_mail

from .answering import lock
from .checking import Missing, Sheet, missing_in
from .links import address_for_applicant

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class StillMissing(ValidationError):
    """`found`: what is missing, as `checking.py` says it; in its messages, after the first."""

    def __init__(self, found: list[Missing]) -> None:
        first = _("Il manque encore quelque chose : rien n’est parti.")
        super().__init__([first, *map(str, found)])
        self.found = found


@transaction.atomic
def send_application(
    *, application: Application, user: User | None = None, words: str = ""
) -> None:
    """Raises StillMissing, Overtaken, or ValidationError for what may not be asked any more.

    `user`: who sends it from an account, with their `words`; None: whoever holds its link.
    What the page proves and nobody changed becomes an answer of its own: it is what is judged.
    """
    lock(application)
    sheet = Sheet(application)
    if found := missing_in(sheet):
        raise StillMissing(found)
    check_page(application)
    keep_what_is_known(sheet)
    Question.objects.filter(application=application, answered_at=None).update(
        answered_at=timezone.now()
    )
    move(
        application=application,
        name="send",
        part=Part.APPLICANT,
        user=user,
        signed="" if user else application.contact_name or application.organisation,
        words=words,
    )
    # Nobody writes to themselves.
    if application.email and not (user and user.email == application.email):
        tell_receipt(application)


def check_page(application: Application) -> None:
    """Raises ValidationError when another was sent for the same page, or it was cancelled."""
    if application.page is None:
        return
    check_it_takes_place(application.page)
    others = Application.objects.claiming().filter(page=application.page).exclude(state="draft")
    if others.exclude(pk=application.pk).exists():
        raise ValidationError(_("Une autre demande est déjà en cours pour cette page."))


def keep_what_is_known(sheet: Sheet) -> None:
    for criterion in sheet.criteria:
        known = sheet.known.get(criterion.key)
        if criterion.pk in sheet.answers or known is None or not known.answers.get("met"):
            continue
        Answer.objects.create(
            application=sheet.application,
            criterion=criterion,
            is_met=True,
            facts=dict(known.answers),
        )


def abandon_application(*, application: Application, user: User | None = None) -> None:
    """Raises Overtaken when it is decided already."""
    move(
        application=application,
        name="abandon",
        part=Part.APPLICANT,
        user=user,
        signed=application.contact_name or application.organisation,
    )


def mail_link(application: Application) -> None:
    """To an address that nobody has confirmed: it repeats nothing that was typed."""
    mail(application, "link", gettext_lazy("Votre demande de label, %(reference)s"))


def tell_receipt(application: Application) -> None:
    subject = gettext_lazy("Nous avons bien reçu votre demande de label, %(reference)s")
    days = Application.objects.with_delay().get(pk=application.pk).answer_within
    mail(application, "sent", subject, days=days)


def mail(application: Application, name: str, subject, **said) -> None:
    language = application.language or "fr"
    with override(language):
        subject = str(subject) % {"reference": application.reference}
    send_mail(
        territory=application.territory,
        to=application.email,
        subject=subject,
        template=f"labelling/applying/mail/{name}",
        context={"application": application, "url": address_for_applicant(application), **said},
        language=language,
    )
