"""Brevo's transactional mail: one request a copy.

https://developers.brevo.com/reference/sendtransacemail: 201 with `messageId`; 400 with `code` and
`message`; 401 a wrong key; 402 no more credit; 429 too fast.
"""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from newsletter.sending.message import copy_key, list_headers, message_id
from newsletter.subscribing.addresses import for_reader
from territories.mail.sender import sender_of

from .api import Answer, Api, NoAnswer, NotReached
from .base import Backend, ServerAway, ServerRefuses

if TYPE_CHECKING:
    from newsletter.models import Copy
    from newsletter.sending.outbox import Outbox

PATH = "/v3/smtp/email"
TOO_FAST = 429
# The key, or the account, is refused: each letter would be.
CLOSED = {401, 402, 403}
MOST_REFUSED = 5


class BrevoBackend(Backend):
    tells_of_bounces = True

    def __init__(self, base: str, key: str) -> None:
        self.base, self.key = base, key
        self.account = f"{key}@{base}"

    def deliver(self, outbox: Outbox) -> None:
        refused = 0
        with Api(self.base, {"api-key": self.key}) as api:
            for copy in outbox.waiting():
                body = body_of(copy, outbox)
                if not outbox.claim([copy]):
                    continue
                try:
                    answer = api.ask("POST", PATH, body)
                except NotReached as error:
                    outbox.back(copy)
                    raise ServerAway(str(error)) from error
                except NoAnswer as error:
                    outbox.uncertain(copy, str(error))
                    raise ServerAway(str(error)) from error
                refused = 0 if settle(outbox, copy, answer) else refused + 1
                if refused >= MOST_REFUSED:
                    raise ServerRefuses(answer.said)


def settle(outbox: Outbox, copy: Copy, answer: Answer) -> bool:
    """Whether it took the letter, or says why not; raises when it would take no other either."""
    if answer.is_yes:
        outbox.sent(copy, str(answer.data.get("messageId", "")))
        return True
    if answer.status in CLOSED:
        outbox.back(copy)
        raise ServerRefuses(answer.said)
    if answer.status == TOO_FAST:
        outbox.back(copy)
        raise ServerAway(answer.said)
    if answer.status >= 500:
        # It had the request in its hands when it failed.
        outbox.uncertain(copy, answer.said)
        raise ServerAway(answer.said)
    outbox.refused(copy, answer.said)
    return False


def body_of(copy: Copy, outbox: Outbox) -> dict[str, Any]:
    territory = outbox.sending.territory
    edition, sender = outbox.edition(copy.language), sender_of(territory)
    name, address = parseaddr(sender.from_email)
    key = copy.subscriber.key
    body: dict[str, Any] = {
        "sender": {"name": name, "email": address},
        "to": [{"email": copy.subscriber.email}],
        "subject": edition.subject,
        "htmlContent": for_reader(edition.html, key),
        "textContent": for_reader(edition.text, key),
        "headers": {
            **list_headers(copy, territory),
            "Message-ID": message_id(copy),
            # It forgets the key within the hour: it spares a double, it settles no doubt.
            "idempotencyKey": str(copy_key(copy)),
        },
    }
    if sender.reply_to:
        body["replyTo"] = {"email": sender.reply_to}
    return body
