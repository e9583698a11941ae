"""From a report to the draft of a practice sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Page

from agenda.models import EventPage
from cooperation.models import ActionPage
from labelling.models import PracticeSheetPage, PracticeSheetsPage, Report, ReportPhoto
from labelling.models.practice import SUMMARY_LENGTH
from resources_directory.models import ActorPage
from territories.tenancy.rights import find_collection

from .carrying import facts_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CREDIT_LENGTH = 150


def sheet_of(report: Report) -> PracticeSheetPage | None:
    """The one that was written from it already."""
    found = PracticeSheetPage.objects.records().filter(territory=report.territory_id)
    return found.filter(report=report.identity).order_by("pk").first()


def sheets_page_of(territory_id: int) -> PracticeSheetsPage | None:
    """Where the sheets of a territory stand."""
    return PracticeSheetsPage.objects.records().filter(territory=territory_id).first()


@transaction.atomic
def draft_sheet(
    *, report: Report, user: User, photos: Iterable[ReportPhoto] = ()
) -> PracticeSheetPage:
    """A draft with the facts and the words of a received report; nothing is published.

    Asked twice, it gives the first one back. `photos`: those to take along as images of the
    territory; only what the people on it agreed to is. Raises ValidationError for a report that
    was not received, and where the territory has no list of sheets.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.received_at is None:
        raise ValidationError(_("Ce bilan n’est pas encore reçu."))
    if found := sheet_of(report):
        return found
    parent = sheets_page_of(report.territory_id)
    if parent is None:
        raise ValidationError(_("Ce territoire n’a pas encore de rubrique « Fiches actions »."))
    about = report.label.page.specific
    sheet = PracticeSheetPage(
        title=about.title,
        summary=summary_of(about),
        partners="\n".join(partners_of(about)),
        results=paragraphs(report.worked),
        advice=paragraphs(report.advice),
        to_know=paragraphs(report.difficult),
        format=getattr(about, "format", None),
        about=about,
        report=report.identity,
        facts=facts_of(report),
        locale=parent.locale,
        owner=user,
        live=False,
    )
    for name in ("publics", "themes"):
        terms = getattr(about, name, None)
        setattr(sheet, name, list(terms.all()) if terms else [])
    take_photos(sheet, report, photos, user)
    parent.add_child(instance=sheet)
    sheet.save_revision(user=user)
    log(sheet, "wagtail.create", user=user)
    log(sheet, "labelling.sheet", user=user, data={"number": report.label.number})
    return sheet


def summary_of(about: Page) -> str:
    words = getattr(about, "summary", "") or getattr(about, "in_short", "")
    return words[:SUMMARY_LENGTH] or _("Ce que nous avons fait, et comment le refaire.")


def partners_of(about: Page) -> Iterator[str]:
    """The names of those who made it, each once, whoever organised first."""
    actors: list[Any] = []
    if isinstance(about, EventPage):
        actors = [about.organiser, *(line.actor for line in about.partners.all())]
    elif isinstance(about, ActionPage):
        # « carrier » comes before « partner ».
        actors = [line.actor for line in sorted(about.actors.all(), key=lambda one: one.part)]
    elif isinstance(about, ActorPage):
        actors = [about]
    yield from dict.fromkeys(actor.title for actor in actors if actor)


def paragraphs(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


def take_photos(
    sheet: PracticeSheetPage, report: Report, photos: Iterable[ReportPhoto], user: User
) -> None:
    """The first as the image of the sheet, the others in its body. Who writes describes them."""
    taken = [
        (image_of(photo, sheet.title, report, user), photo.credit[:CREDIT_LENGTH])
        for photo in photos
        if photo.is_agreed and photo.report_id == report.pk
    ]
    if taken:
        sheet.image, sheet.credit = taken[0]
    sheet.body = [
        ("image", {"image": image, "alt": "", "caption": credit}) for image, credit in taken[1:]
    ]


def image_of(photo: ReportPhoto, title: str, report: Report, user: User) -> Any:
    """A copy: the report keeps its own, which goes when it goes."""
    with photo.file.open("rb") as file:
        image = get_image_model()(
            title=title[:255],
            collection=find_collection(report.territory),
            uploaded_by_user=user,
        )
        image.file.save(PurePosixPath(photo.file.name).name, File(file), save=False)
        image._set_image_file_metadata()
        image.save()
    return image
