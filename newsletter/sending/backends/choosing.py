"""How the letters of a territory leave: `LETTERS_URL`, or `LETTERS_URL_<SLUG>` for one territory.

The keys that they hold stay in the environment, out of the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .base import Backend

if TYPE_CHECKING:
    from territories.models import Territory


def backend_of(territory: Territory) -> Backend:
    """Raises ImproperlyConfigured, without repeating the address: it may hold a password."""
    name = variable_of(territory.slug)
    return backend_at(settings.LETTERS_URLS.get(name) or settings.LETTERS_URL, name)


def variable_of(slug: str) -> str:
    """The end of the name of a territory's variable: `caen-la-mer` is read CAEN_LA_MER."""
    return slug.upper().replace("-", "_")


def backend_at(url: str, name: str = "") -> Backend:
    variable = f"LETTERS_URL_{name}" if name in settings.LETTERS_URLS else "LETTERS_URL"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{variable} is no address.") from None
    if parts.scheme not in MAKERS:
        raise ImproperlyConfigured(
            f"{variable} begins with one of: {', '.join(f'{scheme}:' for scheme in MAKERS)}"
        )
    try:
        return MAKERS[parts.scheme](parts, port)
    except Incomplete as error:
        raise ImproperlyConfigured(f"{variable} {error}") from None


class Incomplete(ValueError):
    pass


def smtp_at(parts: SplitResult, port: int | None) -> Backend:
    from .smtp import Server, SmtpBackend

    if not parts.hostname:
        # The same as for every other message.
        return SmtpBackend(
            Server(
                settings.EMAIL_HOST,
                settings.EMAIL_PORT,
                settings.EMAIL_HOST_USER,
                settings.EMAIL_HOST_PASSWORD,
                starts_tls=settings.EMAIL_USE_TLS,
                is_tls=settings.EMAIL_USE_SSL,
            )
        )
    usual = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}[parts.scheme]
    return SmtpBackend(
        Server(
            parts.hostname,
            port or usual,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            starts_tls=parts.scheme == "smtp+starttls",
            is_tls=parts.scheme == "smtps",
        )
    )


def brevo_at(parts: SplitResult, port: int | None) -> Backend:
    from .brevo import BrevoBackend

    key, base = api_at(parts, port, "brevo://KEY@api.brevo.com")
    return BrevoBackend(base, key)


def mailchimp_at(parts: SplitResult, port: int | None) -> Backend:
    from .mailchimp import MailchimpBackend

    form = "mailchimp://KEY@usXX.api.mailchimp.com/LIST"
    key, base = api_at(parts, port, form)
    if not (audience := parts.path.strip("/")):
        raise Incomplete(f"has the form {form}")
    return MailchimpBackend(base, key, audience)


def export_at(parts: SplitResult, port: int | None) -> Backend:
    from .export import ExportBackend

    return ExportBackend()


def api_at(parts: SplitResult, port: int | None, form: str) -> tuple[str, str]:
    """The key, and where to ask. `+http` is for a server of one's own, on the same machine."""
    if not parts.username or not parts.hostname:
        raise Incomplete(f"has the form {form}")
    scheme = "http" if parts.scheme.endswith("+http") else "https"
    host = parts.hostname if port is None else f"{parts.hostname}:{port}"
    return unquote(parts.username), f"{scheme}://{host}"


MAKERS: Mapping[str, Callable[[SplitResult, int | None], Backend]] = {
    "smtp": smtp_at,
    "smtp+starttls": smtp_at,
    "smtps": smtp_at,
    "brevo": brevo_at,
    "brevo+http": brevo_at,
    "mailchimp": mailchimp_at,
    "mailchimp+http": mailchimp_at,
    "export": export_at,
}
