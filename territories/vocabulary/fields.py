from __future__ import annotations

from modelcluster.fields import ParentalManyToManyField

from .models import Term


def terms(kind: str, verbose_name: str, help_text: str = "") -> ParentalManyToManyField:
    """Words of one kind that a page bears; nothing leads from a word back to its pages."""
    return ParentalManyToManyField(
        Term,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": kind},
        verbose_name=verbose_name,
        help_text=help_text,
    )
