"""One row for each thing done: Wagtail's log entry, and whose it was when it was done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseLogEntry, LogEntryQuerySet, Page

from territories.tenancy.roles import is_national, territories_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# It names people: the French authority for their data lets such logs be kept for a year.
KEPT_FOR = timedelta(days=365)


class JournalQuerySet(LogEntryQuerySet):
    def readable_by(self, user: User) -> JournalQuerySet:
        """The entries of the territories whose journal a role opens; all for the national team."""
        if is_national(user):
            return self
        return self.filter(territory__in=territories_where(user, "territories.view_journalentry"))

    def old(self) -> JournalQuerySet:
        return self.filter(timestamp__lt=timezone.now() - KEPT_FOR)


class JournalEntry(BaseLogEntry):
    """A copy of one of Wagtail's log entries with its territory; None: the portal's, or shared.

    Wagtail forgets whose a page was when it is deleted, and keeps pages and rows in two tables that
    cannot be listed together. Made by `recording.keep`, never changed by hand.
    """

    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="journal",
        verbose_name=_("territoire"),
    )
    object_id = models.CharField(max_length=255)

    objects = JournalQuerySet.as_manager()
    # The formatters of comments ask for the page: whoever shows a list reads all of them at once.
    page: Page | None = None

    class Meta:
        verbose_name = _("ligne du journal")
        verbose_name_plural = _("journal")
        ordering = ["-timestamp", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["territory", "-timestamp"], name="journal_of_territory"),
            models.Index(fields=["uuid", "action"], name="journal_of_one_action"),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.label}"

    @property
    def is_about_a_page(self) -> bool:
        model = self.content_type and self.content_type.model_class()
        return model is not None and issubclass(model, Page)

    @property
    def kind(self) -> str:
        """What sort of thing it is about; "" for a model that is no more."""
        model = self.content_type and self.content_type.model_class()
        return capfirst(model._meta.verbose_name) if model else ""

    @property
    def said(self) -> str:
        """What was done, in a sentence, even when what it was done to is no more."""
        try:
            if self.is_about_a_page and self.action == "wagtail.edit":
                return str(_("Brouillon enregistré"))
            return str(self.message)
        except (AttributeError, LookupError, TypeError, ValueError):
            # A formatter of Wagtail's or of a plugin's looks for the page, which is gone.
            return str(self.formatter.label)
