"""« Lettre » in the admin's menu: subscribers, sendings.

Each idea adds its own line: `hooks.register("register_letter_menu_item")`.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

letter_menu = Menu(register_hook_name="register_letter_menu_item")


def letter_item() -> SubmenuMenuItem:
    return SubmenuMenuItem(_("Lettre"), letter_menu, name="letter", icon_name="mail", order=143)
