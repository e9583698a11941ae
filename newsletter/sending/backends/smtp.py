"""A mail server: one connection a slice, one recipient a message.

A copy is claimed when the server has taken its recipient, just before DATA: a refusal that comes
earlier, or a connection that breaks earlier, leaves no doubt.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPException,
    SMTPServerDisconnected,
)
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.message import sanitize_address

from newsletter.bounces.recording import record_refusal
from newsletter.sending.message import message_of, sent_back_to

from .base import Backend, ServerAway, ServerRefuses

if TYPE_CHECKING:
    from newsletter.models import Copy
    from newsletter.sending.outbox import Outbox

# So many in a row are no longer this reader's affair, or that one's.
MOST_LATER, MOST_REFUSED = 10, 5
GO_ON, SERVICE_CLOSES = 354, 421


@dataclass(frozen=True)
class Server:
    host: str
    port: int
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False

    @contextmanager
    def connection(self) -> Iterator[SMTP]:
        timeout = settings.LETTERS_TIMEOUT
        try:
            if self.is_tls:
                context = ssl.create_default_context()
                server: SMTP = SMTP_SSL(self.host, self.port, timeout=timeout, context=context)
            else:
                server = SMTP(self.host, self.port, timeout=timeout)
        except (OSError, SMTPException) as error:
            raise ServerAway(said(error)) from error
        try:
            self._greet(server)
            yield server
        finally:
            # Nothing that goes wrong now says anything of the letters.
            with suppress(OSError, SMTPException):
                server.quit()
            server.close()

    def _greet(self, server: SMTP) -> None:
        try:
            server.ehlo_or_helo_if_needed()
            if self.starts_tls:
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if self.user:
                server.login(self.user, self.password)
        except SMTPAuthenticationError as error:
            raise ServerRefuses(said(error)) from error
        except (OSError, SMTPException) as error:
            raise ServerAway(said(error)) from error


class SmtpBackend(Backend):
    def __init__(self, server: Server) -> None:
        self.server = server
        self.account = f"{server.user}@{server.host.lower()}"

    def deliver(self, outbox: Outbox) -> None:
        copies = outbox.waiting()
        # No connection for nobody.
        if (first := next(copies, None)) is None:
            return
        with self.server.connection() as server:
            talk = Talk(server, outbox)
            talk.send(first)
            for copy in copies:
                talk.send(copy)


class Talk:
    """What is said on one connection, and how many times in a row the answer was no."""

    def __init__(self, server: SMTP, outbox: Outbox) -> None:
        self.server, self.outbox = server, outbox
        self.territory = outbox.sending.territory
        self.later = self.refused = 0

    def send(self, copy: Copy) -> None:
        try:
            to = sanitize_address(copy.subscriber.email, "utf-8")
            content = message_of(copy, self.outbox.edition(copy.language), self.territory)
        except ValueError:
            self.outbox.refused(copy, "Aucun message ne peut porter cette adresse.")
            return
        if not self.takes_recipient(copy, to) or not self.outbox.claim([copy]):
            self.reset()
            return
        self.give(copy, content)

    def takes_recipient(self, copy: Copy, to: str) -> bool:
        self.outbox.go_on_holding()
        try:
            code, words = self.server.mail(sent_back_to(copy))
            if code != 250:
                away = ServerRefuses if 500 <= code < 600 else ServerAway
                raise away(reply(code, words))
            code, words = self.server.rcpt(to)
        except (OSError, SMTPException) as error:
            raise ServerAway(said(error)) from error
        if code in {250, 251}:
            return True
        if code == SERVICE_CLOSES or code < 0:
            raise ServerAway(reply(code, words))
        if code >= 500:
            self.outbox.refused(copy, reply(code, words))
            record_refusal(copy.subscriber, code=code, answer=text_of(words))
        else:
            self.wait(copy, reply(code, words))
        return False

    def give(self, copy: Copy, content: bytes) -> None:
        try:
            code, words = self.server.docmd("DATA")
        except (OSError, SMTPException) as error:
            # It has nothing of the letter.
            self.outbox.back(copy)
            raise ServerAway(said(error)) from error
        if code == GO_ON:
            try:
                self.server.send(dotted(content))
                code, words = self.server.getreply()
            except (OSError, SMTPException) as error:
                self.outbox.uncertain(copy, said(error))
                raise ServerAway(said(error)) from error
        self.note(copy, code, reply(code, words))

    def note(self, copy: Copy, code: int, answer: str) -> None:
        if 200 <= code < 300:
            self.outbox.sent(copy, answer)
            self.later = self.refused = 0
        elif code == SERVICE_CLOSES:
            self.outbox.back(copy)
            raise ServerAway(answer)
        elif 400 <= code < 500:
            self.wait(copy, answer)
            self.reset()
        elif 500 <= code < 600:
            self.outbox.refused(copy, answer)
            self.refused += 1
            if self.refused >= MOST_REFUSED:
                raise ServerRefuses(answer)
            self.reset()
        else:
            # No answer that means anything.
            self.outbox.uncertain(copy, answer)
            raise ServerAway(answer)

    def wait(self, copy: Copy, answer: str) -> None:
        self.outbox.later(copy, answer)
        self.later += 1
        if self.later >= MOST_LATER:
            raise ServerAway(answer)

    def reset(self) -> None:
        try:
            self.server.rset()
        except (OSError, SMTPException) as error:
            raise ServerAway(said(error)) from error


def dotted(content: bytes) -> bytes:
    """RFC 5321, 4.5.2: a line that begins with a dot gets another, a dot alone is the end."""
    end = b"" if content.endswith(b"\r\n") else b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", content) + end + b".\r\n"


def reply(code: int, words: bytes | str) -> str:
    return f"{code} {text_of(words)}"[:250]


def text_of(words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return " ".join(text.split())


def said(error: Exception) -> str:
    if isinstance(error, SMTPServerDisconnected):
        return "La connexion s’est coupée."
    if isinstance(error, TimeoutError):
        return "Le serveur ne répond pas."
    code = getattr(error, "smtp_code", None)
    if code is not None:
        return reply(code, getattr(error, "smtp_error", b""))
    return f"{type(error).__name__}: {error}"[:250]
