"""Who is told of a step, by mail: the applicant, the coordination or the committee.

A mail to the coordination or the committee repeats nothing that was typed: it leads to the
application, where it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from labelling.applying.links import address_for_applicant
from labelling.labels.public import path_of
from labelling.models import Application, ApplicationStep, Label, State
from territories.mail.sending import send_mail

from .allowed import committee_of, parts_of
from .delays import average_delay
from .transitions import Part


def tell(step: ApplicationStep) -> None:
    """Written with the step: the mails leave once it is kept."""
    if step.name in TOLD:
        TOLD[step.name](step)


def tell_the_coordination(step: ApplicationStep) -> None:
    application = step.application
    recipient = application.territory.contact_email
    if not recipient or (step.user_id and coordinates(step)):
        return
    came_back = step.state_before == State.RETURNED
    subject = (
        _("Une demande de label est revenue : %(reference)s")
        if came_back
        else _("Une demande de label est arrivée : %(reference)s")
    )
    mail(application, recipient, "arrived", subject, came_back=came_back)


def coordinates(step: ApplicationStep) -> bool:
    """Whoever studies an application on their own account knows that it has arrived."""
    return Part.COORDINATION in parts_of(step.user, step.application)


def tell_the_committee(step: ApplicationStep) -> None:
    for member in committee_of(step.application.territory):
        if member.email and member.pk != step.user_id:
            subject = _("Votre avis est attendu : demande %(reference)s")
            mail(step.application, member.email, "opened", subject, member=member)


def tell_of_questions(step: ApplicationStep) -> None:
    application = step.application
    waiting = application.questions.filter(answered_at=None).select_related("criterion")
    questions = list(waiting)
    asked = {line for question in questions for line in question.words.splitlines()}
    tell_the_applicant(
        step,
        "returned",
        _("Une question sur votre demande de label, %(reference)s"),
        questions=questions,
        # Where nothing was said beside the questions, the step repeats them.
        words="" if set(step.words.splitlines()) <= asked else step.words,
        link=address_for_applicant(application),
    )


def tell_of_the_label(step: ApplicationStep) -> None:
    label = Label.objects.get(application=step.application)
    subject = _("Le label est donné : %(title)s")
    tell_the_applicant(step, "granted", subject, label=label, pack=address_of_the_pack(label))


def address_of_the_pack(label: Label) -> str:
    """Where the poster and the texts stand; "" as long as nobody can see them."""
    if not (label.is_active and label.page.live):
        return ""
    with override(label.application.language or "fr"):
        return f"{label.territory.root_url}{path_of(label.number, 'pack')}"


def tell_of_the_refusal(step: ApplicationStep) -> None:
    refused = step.application.answers.filter(is_accepted=False).select_related("criterion")
    criteria = [one.criterion for one in refused if one.criterion.kind == "mandatory"]
    tell_the_applicant(
        step, "refused", _("Votre demande de label, %(reference)s"), criteria=criteria
    )


def tell_the_applicant(step: ApplicationStep, name: str, subject: Any, **said: Any) -> None:
    application = step.application
    recipient = address_of_applicant(application)
    # Nobody writes to themselves.
    if recipient and (step.user_id is None or application.user_id != step.user_id):
        language = application.language or "fr"
        mail(application, recipient, name, subject, language=language, step=step, **said)


def address_of_applicant(application: Application) -> str:
    return application.email or (application.user.email if application.user else "")


def mail(
    application: Application,
    to: str,
    name: str,
    subject: Any,
    *,
    language: str = "fr",
    **said: Any,
) -> None:
    facts = {"reference": application.reference, "title": application.title}
    with override(language):
        subject = str(subject) % facts
    send_mail(
        territory=application.territory,
        to=to,
        subject=subject,
        template=f"labelling/mail/{name}",
        context={
            "application": application,
            "url": address_in_admin(application),
            "days": average_delay(application.territory),
            **said,
        },
        language=language,
    )


def address_in_admin(application: Application) -> str:
    admin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return f"{admin}{reverse('label_applications:read', args=[application.pk])}"


TOLD: dict[str, Callable[[ApplicationStep], None]] = {
    "send": tell_the_coordination,
    "open": tell_the_committee,
    "return": tell_of_questions,
    "grant": tell_of_the_label,
    "refuse": tell_of_the_refusal,
}
