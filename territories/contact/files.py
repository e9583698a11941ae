"""Files that anybody may send with a form: counted, weighed, looked into, and only ever saved."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MEGABYTE = 1024 * 1024
# By the end of their name, the beginnings that such files have.
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BEGINNINGS = {
    "pdf": (b"%PDF",),
    "odt": (ZIP,),
    "ods": (ZIP,),
    "docx": (ZIP,),
    "xlsx": (ZIP,),
    "doc": (OLE,),
    "xls": (OLE,),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
}


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, each checked. `most`: how many; `megabytes`: of each."""

    widget = FilesInput

    def __init__(self, *, most: int, megabytes: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.megabytes = most, megabytes

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given if one]
        if len(files) > self.most:
            raise ValidationError(
                ngettext(
                    "Envoyez %(count)d fichier au plus.",
                    "Envoyez %(count)d fichiers au plus.",
                    self.most,
                ),
                params={"count": self.most},
            )
        for file in files:
            check_file(file, megabytes=self.megabytes)
        return files


def check_file(file: UploadedFile, *, megabytes: int) -> None:
    """Raises ValidationError, which names the file."""
    name = name_of(file)
    kind = name.rpartition(".")[2].lower()
    if kind not in BEGINNINGS:
        raise ValidationError(
            _("« %(name)s » : ce type de fichier n’est pas accepté. Envoyez un PDF, un document "
              "de bureau ou une image."), params={"name": name},
        )  # fmt: skip
    if file.size > megabytes * MEGABYTE:
        raise ValidationError(
            _("« %(name)s » dépasse %(megabytes)d Mo. Envoyez un fichier plus léger."),
            params={"name": name, "megabytes": megabytes},
        )
    beginning = file.read(8)
    file.seek(0)
    if not beginning.startswith(BEGINNINGS[kind]):
        raise ValidationError(
            _("« %(name)s » ne contient pas ce que son nom annonce. Enregistrez-le de nouveau, "
              "puis envoyez-le."), params={"name": name},
        )  # fmt: skip


def name_of(file: UploadedFile) -> str:
    """A name that holds no path, and that a disk and a header can bear."""
    name = (file.name or "").replace("\\", "/").rpartition("/")[2]
    stem, dot, end = name.rpartition(".")
    if not dot:
        stem, end = end, ""
    try:
        stem = get_valid_filename(stem)[:80]
    except SuspiciousFileOperation:  # nothing is left of it
        stem = "fichier"
    return f"{stem}{dot}{re.sub('[^0-9A-Za-z]', '', end)[:8]}"


def to_be_saved(file: FieldFile, name: str) -> FileResponse:
    """A browser opens nothing that a stranger sent us: it saves it."""
    answer = FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
