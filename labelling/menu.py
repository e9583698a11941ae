"""« Label » in the admin's menu: applications, labels, reports, figures, practice sheets.

Each idea adds its own line: `hooks.register("register_label_menu_item")`.
"""

from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu, SubmenuMenuItem

label_menu = Menu(register_hook_name="register_label_menu_item")


def label_item() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        pgettext_lazy("Cité de l’emploi", "Label"),
        label_menu,
        name="label",
        icon_name="tag",
        order=142,
    )
