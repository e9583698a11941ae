from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from .oversight import oversees_people


class TeamMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Équipe"), reverse_lazy("people_teams"), name="people", icon_name="group", order=260
        )

    def is_shown(self, request) -> bool:
        return oversees_people(request.user)


def second_factor_item() -> dict:
    """On the page of one's account."""
    return {
        "label": _("Double authentification"),
        "url": reverse("second_factor"),
        "help_text": _("Un code de votre téléphone, en plus du mot de passe."),
    }
