from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, register

from .contributions import KINDS
from .registry import contributions, plugins


@register
def check_plugins(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    installed = plugins()
    for config in installed.values():
        for required in config.requires:
            if required not in installed:
                errors.append(
                    Error(
                        f"Plugin {config.label} requires {required}, which is not installed.",
                        hint=f"Add {required} to INSTALLED_APPS, or remove {config.label}.",
                        id="territories.E001",
                    )
                )
    for plugin, theme in contributions("THEMES"):
        for sheet in theme.stylesheets:
            if finders.find(sheet) is None:
                errors.append(
                    Error(
                        f"The theme of {plugin} links {sheet}, which is no static file.",
                        hint=f"Run manage.py findstatic {sheet}.",
                        id="territories.E004",
                    )
                )
    for kind in KINDS:
        names = [getattr(item, "name", None) for _, item in contributions(kind)]
        for name in {name for name in names if name and names.count(name) > 1}:
            if kind in {"BLOCKS", "DATASETS"}:
                errors.append(
                    Error(
                        f"Two plugins contribute {kind} named {name}.",
                        hint="Give one of them another name, then run manage.py check.",
                        id="territories.E002",
                    )
                )
    return errors
