from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from territories.audit import actions

from .dates.editing import warn_of_lost_changes
from .overload import warn_of_overload

for warn in (warn_of_lost_changes, warn_of_overload):
    hooks.register("after_create_page", warn)
    hooks.register("after_edit_page", warn)


@hooks.register("register_log_actions")
def sentences_of_the_journal(registry):
    imported = _(
        "Rendez-vous importés de %(source)s : %(made)s nouveaux, %(changed)s changés, "
        "%(cancelled)s annulés"
    )
    actions.register(registry, {"agenda.import": (_("Importer des rendez-vous"), imported)})
