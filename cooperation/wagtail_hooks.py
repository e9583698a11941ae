from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from territories.audit import actions

from .responses import admin


@hooks.register("register_admin_urls")
def response_urls():
    return admin.URLS


@hooks.register("register_admin_menu_item")
def responses_menu_item():
    return admin.responses_item()


@hooks.register("register_log_actions")
def responses_in_the_journal(registry):
    sentences = {
        "cooperation.receive": (
            _("Recevoir une réponse à un appel à projets"),
            _("Réponse %(subject)s reçue"),
        ),
        "cooperation.delete_response": (
            _("Supprimer une réponse à un appel à projets"),
            _("Réponse %(subject)s supprimée"),
        ),
    }
    actions.register(registry, sentences)
