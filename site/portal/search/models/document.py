from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.search.documents import SearchDocumentQuerySet

LONGEST_BODY = 20_000


class SearchDocument(models.Model):
    """What one language's page of a record says to whoever searches, and the queue to say it.

    Every change raises `version`; the row waits for the indexer while `indexed_version` is lower.
    A row that must no longer be found is `is_withdrawn` at once, and stays as a tombstone until
    the engine has forgotten it. Results are shown from the row alone.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, related_name="+", verbose_name=_("page")
    )
    translation_key = models.UUIDField(editable=False)
    language = models.CharField(_("langue"), max_length=12)
    # None: a page of the national portal itself.
    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("territoire"),
    )
    # On whose hosts it is found: its own territory's, one day its neighbours' too.
    shown_in = models.ManyToManyField(
        "territories.Territory", related_name="+", verbose_name=_("trouvé dans")
    )
    on_portal = models.BooleanField(_("trouvé sur le portail"), default=True)

    kind = models.CharField(_("sorte"), max_length=50)
    # Label of the plugin whose page it is, "" for the ground's.
    plugin = models.CharField(_("module"), max_length=100, blank=True)
    title = models.CharField(_("titre"), max_length=255)
    summary = models.TextField(_("résumé"), blank=True)
    body = models.TextField(_("texte"), blank=True)
    words = models.TextField(_("mots des habitants et des institutions"), blank=True)
    place = models.CharField(_("lieu"), max_length=255, blank=True)
    insee_code = models.CharField(_("code INSEE"), max_length=5, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    # All its places, the one above among them.
    communes = models.JSONField(default=list)
    neighbourhoods = models.JSONField(default=list)
    next_date = models.DateTimeField(_("prochaine date"), null=True)
    last_date = models.DateTimeField(_("dernière date"), null=True)
    # Coming days on which it takes place, as "2026-12-24".
    days = models.JSONField(default=list)
    publics = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    is_free = models.BooleanField(_("gratuit"), null=True)
    # Names of facts ("labelled"), and the badges that say them: {text, icon, kind, url}.
    marks = models.JSONField(default=list)
    badges = models.JSONField(default=list)
    external_id = models.CharField(max_length=200, null=True)
    # Public path; the host is the territory's and may change without the row.
    path = models.CharField(max_length=2000, blank=True)
    confirmed_on = models.DateField(_("confirmé le"), null=True)
    expires_at = models.DateTimeField(_("expire le"), null=True)

    version = models.PositiveBigIntegerField(default=0)
    indexed_version = models.PositiveBigIntegerField(default=0)
    # What an engine outside the database has been told; 0 where there is none.
    sent_version = models.PositiveBigIntegerField(default=0)
    is_withdrawn = models.BooleanField(_("retiré"), default=True)
    # A row that could not be read waits until then, so that it does not hold up the others.
    retry_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)

    objects = SearchDocumentQuerySet.as_manager()

    # A copy of a page is no use of it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("fiche de recherche")
        verbose_name_plural = _("fiches de recherche")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "language"], name="one_document_per_language"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="search_documents_waiting",
                condition=models.Q(version__gt=models.F("indexed_version")),
            ),
            models.Index(
                fields=["id"],
                name="search_documents_unsent",
                condition=models.Q(version__gt=models.F("sent_version")),
            ),
            models.Index(fields=["next_date"], name="search_documents_next_date"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
