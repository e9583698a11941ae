from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class TerritoriesConfig(AppConfig):
    name = "territories"
    verbose_name = _("Territoires")

    def ready(self) -> None:
        from . import frame, signals  # noqa: F401
        from .archive import checks as _names  # noqa: F401
        from .audit import recording
        from .glossary.loading import load_entries_after_migrate
        from .glossary.words import forget_entry
        from .pictures.making import make_in_background
        from .plugins import checks  # noqa: F401
        from .review import mails
        from .review.setting_up import review_after_migrate
        from .vocabulary.families import forget_families
        from .vocabulary.loading import load_terms_after_migrate

        recording.connect()
        mails.connect()
        post_migrate.connect(load_terms_after_migrate, sender=self)
        post_migrate.connect(load_entries_after_migrate, sender=self)
        post_migrate.connect(review_after_migrate, sender=self)
        post_save.connect(make_in_background, sender="wagtailimages.Image")
        for changed in (post_save, post_delete):
            changed.connect(forget_families, sender="territories.Term")
            changed.connect(forget_entry, sender="territories.GlossaryEntry")
