from django.db import models
from django.utils.translation import gettext_lazy as _


class KnownWord(models.Model):
    """A word that some document is written with, folded, kept to recognise typing errors.

    `written`: as it was met first, to be shown with its accents.
    """

    LONGEST = 40

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=LONGEST)
    written = models.CharField(max_length=LONGEST)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mot connu")
        verbose_name_plural = _("mots connus")
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_known_word")]

    def __str__(self) -> str:
        return self.written
