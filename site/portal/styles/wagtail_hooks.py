from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from territories.tenancy.roles import is_national


class StylesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_national(request.user)


@hooks.register("register_help_menu_item")
def styles_menu_item() -> MenuItem:
    return StylesMenuItem(
        _("Guide visuel"), reverse("portal_styles:styles"), icon_name="view", order=900
    )
