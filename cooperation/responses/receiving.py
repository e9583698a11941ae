"""What becomes of an answer: kept, acknowledged, told to the coordination, erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cooperation.models import CallForProjectsPage, ProjectResponse, ResponseFile
from cooperation.models.responses import MONTHS_KEPT
from territories.audit.recording import record
from territories.contact.files import name_of
from territories.mail.sending import send_mail

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory

FIELDS = (
    *("organisation", "siret", "contact_name", "email", "phone"),
    *("title", "description", "amount"),
)


@transaction.atomic
def receive_response(
    *,
    call: CallForProjectsPage,
    said: Mapping[str, Any],
    files: Sequence[UploadedFile],
    language: str,
) -> ProjectResponse:
    """Keep an answer and its files, and mail its reference to who sent it.

    `call`: the record; `said`: the values of FIELDS. The mail repeats nothing that was typed:
    whoever gives somebody else's address cannot make us send them their words.
    """
    response = ProjectResponse.objects.create(
        call=call,
        territory=call.territory,
        language=language,
        **{name: said[name] for name in FIELDS},
    )
    for file in files:
        name = name_of(file)
        kept = ResponseFile(response=response, name=name, size=file.size)
        kept.file.save(name, file)
    context = {"response": response, "call": call, "months": MONTHS_KEPT}
    send_mail(
        territory=call.territory,
        to=response.email,
        subject=_("Nous avons bien reçu votre réponse, %(reference)s")
        % {"reference": response.reference},
        template="cooperation/mail/received",
        context=context,
        language=language,
    )
    if recipient := call.email or call.territory.contact_email:
        send_mail(
            territory=call.territory,
            to=recipient,
            subject=_("Une réponse à votre appel à projets : %(reference)s")
            % {"reference": response.reference},
            template="cooperation/mail/arrived",
            context={**context, "url": address_of(response)},
        )
    _note(response, "cooperation.receive", None)
    return response


def address_of(response: ProjectResponse) -> str:
    admin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return f"{admin}{reverse('cooperation_responses:read', args=[response.pk])}"


@transaction.atomic
def delete_response(*, response: ProjectResponse, deleted_by: User) -> None:
    _note(response, "cooperation.delete_response", deleted_by)
    forget([response])


def forget(responses: Sequence[ProjectResponse]) -> int:
    """Delete answers for good, and their files once that is committed."""
    files = ResponseFile.objects.filter(response__in=[one.pk for one in responses])
    for kept in files:
        transaction.on_commit(partial(kept.file.storage.delete, kept.file.name))
    files.delete()
    ProjectResponse.objects.filter(pk__in=[one.pk for one in responses]).delete()
    return len(responses)


@transaction.atomic
def forget_old_responses() -> int:
    """Returns how many went."""
    return forget(list(ProjectResponse.objects.old()))


@transaction.atomic
def erase_responses(territory: Territory) -> int:
    return forget(list(ProjectResponse.objects.filter(territory=territory)))


def _note(response: ProjectResponse, action: str, user: User | None) -> None:
    record(
        territory=response.territory,
        action=action,
        user=user,
        about=response,
        subject=response.reference,
    )
