"""« La recherche » in the admin's menu.

Each idea adds its own line: `hooks.register("register_search_menu_item")`.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

search_menu = Menu(register_hook_name="register_search_menu_item")


def search_item() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        _("La recherche"), search_menu, name="site-search", icon_name="search", order=265
    )
