from typing import Any, ClassVar

from django.apps import AppConfig


class PluginConfig(AppConfig):
    """Base of every plugin's AppConfig. `name` and `verbose_name` are enough to exist.

    `summary`: one French sentence for the coordinator who decides to switch it on.
    `requires`: labels of the plugins without which this one cannot work.
    """

    # Django takes the one AppConfig of apps.py that says `default = True`. Importing this base
    # there makes two candidates, and Django would silently fall back to a plain AppConfig.
    default = False
    default_auto_field = "django.db.models.BigAutoField"
    summary: ClassVar[Any] = ""
    requires: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = True
