from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from territories.audit import actions

from .dates.editing import warn_of_lost_changes
from .overload import warn_of_overload
from .registration.admin import menu

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


@hooks.register("register_admin_urls")
def registration_urls():
    return menu.URLS


@hooks.register("register_admin_menu_item")
def registrations_menu_item():
    return menu.registrations_item()


@hooks.register("register_page_header_buttons")
def registrations_button(page, user, view_name, next_url=None):
    return menu.button_of_event(page, user, priority=16)


@hooks.register("register_page_listing_more_buttons")
def registrations_button_in_a_list(page, user, next_url=None):
    return menu.button_of_event(page, user, priority=44)


@hooks.register("register_log_actions")
def registrations_in_the_journal(registry):
    sentences = {
        "registration.receive": (
            _("Recevoir une inscription"),
            _("Inscription reçue : %(subject)s"),
        ),
        "registration.add": (_("Inscrire quelqu’un"), _("Inscription ajoutée : %(subject)s")),
        "registration.cancel": (
            _("Annuler une inscription"),
            _("Inscription annulée : %(subject)s"),
        ),
        "registration.delete": (
            _("Effacer une inscription"),
            _("Inscription effacée : %(subject)s"),
        ),
        "registration.tell": (_("Prévenir les inscrits"), _("Inscrits prévenus : %(subject)s")),
    }
    actions.register(registry, sentences)
