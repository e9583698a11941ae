from wagtail import hooks

from .dates.editing import warn_of_lost_changes
from .overload import warn_of_overload

for warn in (warn_of_lost_changes, warn_of_overload):
    hooks.register("after_create_page", warn)
    hooks.register("after_edit_page", warn)
