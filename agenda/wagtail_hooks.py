from wagtail import hooks

from .overload import warn_of_overload

hooks.register("after_create_page", warn_of_overload)
hooks.register("after_edit_page", warn_of_overload)
