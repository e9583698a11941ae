"""The pictures sent with a report: looked into, drawn again without what a telephone adds, kept
where no web server hands them out."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable
from functools import partial
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from labelling.models import Label, Report, ReportPhoto
from territories.contact.files import name_of

MOST = 5
MEGABYTES = 10
KINDS = ("JPEG", "PNG")
MOST_PIXELS = 60_000_000
# Enough for half a page of paper.
LONGEST_SIDE = 2000


def drawn_again(file: UploadedFile) -> bytes:
    """A JPEG of what is seen, upright, and of nothing else: neither the place where it was taken
    nor the name of the telephone. Raises ValidationError, which names the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=KINDS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValueError
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                flat = Image.new("RGB", upright.size, "white")
                seen = upright.convert("RGBA")
                flat.paste(seen, mask=seen)
    # Pillow raises about anything on a file that was made to break it.
    except Exception as error:
        raise ValidationError(
            _("« %(name)s » n’est pas une photo que nous savons lire : envoyez un JPEG ou un PNG."),
            params={"name": name_of(file)},
        ) from error
    written = BytesIO()
    flat.save(written, "JPEG", quality=85, optimize=True)
    return written.getvalue()


@transaction.atomic
def add_photos(*, report: Report, pictures: Iterable[bytes]) -> None:
    """Keep pictures that `drawn_again` made, whose people agree. Raises ValidationError beyond
    five in all."""
    Label.objects.select_for_update().get(pk=report.label_id)
    pictures = list(pictures)
    if report.photos.count() + len(pictures) > MOST:
        raise ValidationError(_("5 photos au plus : enlevez-en une pour en ajouter une autre."))
    for picture in pictures:
        photo = ReportPhoto(report=report, is_agreed=True)
        photo.file.save("photo.jpg", ContentFile(picture))


@transaction.atomic
def forget_photos(*, report: Report, photos: Collection[int] | None = None) -> None:
    """Take some pictures of a report away (None: all), and their files once that is committed."""
    found = report.photos.all() if photos is None else report.photos.filter(pk__in=photos)
    for photo in found:
        transaction.on_commit(partial(photo.file.storage.delete, photo.file.name))
    found.delete()


def shown(photo: ReportPhoto) -> FileResponse:
    """We drew it ourselves, so that a browser may show it; it is not to be kept on the way."""
    try:
        answer = FileResponse(photo.file.open("rb"), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
