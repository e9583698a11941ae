"""The words of governed terms where SQL reads them, in the language of the visitor."""

from __future__ import annotations

from django.db.models import CharField, F, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language


def words_of(path: str = "") -> Coalesce:
    """`Term.words` of the terms at the end of a path from the queried rows, like "themes"; of the
    queried terms without one."""
    to = f"{path}__" if path else ""
    return Coalesce(
        NullIf(
            KeyTextTransform(get_language() or "", F(f"{to}translations")),
            Value(""),
            output_field=CharField(),
        ),
        NullIf(F(f"{to}resident_label"), Value("")),
        F(f"{to}label"),
        output_field=CharField(),
    )
