"""Whether the addresses by which letters leave can be used, without asking anybody."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

from .backends.choosing import backend_at

HERE = {"localhost", "127.0.0.1", "::1"}


@register
def check_letters_urls(app_configs, **kwargs) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for name, url in {"": settings.LETTERS_URL, **settings.LETTERS_URLS}.items():
        variable = f"LETTERS_URL_{name}" if name else "LETTERS_URL"
        try:
            backend_at(url, name)
        except ImproperlyConfigured as error:
            hint = "One of: smtp:, smtp+starttls://user:password@host:587, smtps://…, "
            hint += "brevo://KEY@api.brevo.com, mailchimp://KEY@usXX.api.mailchimp.com/LIST, "
            hint += f"export: — then `manage.py check`. {variable} left out: smtp:"
            found.append(Error(str(error), hint=hint, id="newsletter.E001"))
            continue
        parts = urlsplit(url)
        if parts.scheme.endswith("+http") and parts.hostname not in HERE:
            found.append(
                Warning(
                    f"{variable} sends its key in the clear.",
                    hint=f"Write {parts.scheme.removesuffix('+http')}:// in {variable}.",
                    id="newsletter.W001",
                )
            )
    return found


@register
def check_pace(app_configs, **kwargs) -> list[CheckMessage]:
    if settings.LETTERS_PER_MINUTE >= 0 and settings.LETTERS_TIMEOUT > 0:
        return []
    return [
        Error(
            "LETTERS_PER_MINUTE is 0 (no limit) or more, LETTERS_TIMEOUT more than 0.",
            hint="Leave them out: no limit, and 60 seconds.",
            id="newsletter.E002",
        )
    ]
