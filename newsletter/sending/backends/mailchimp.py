"""Mailchimp's Marketing API (3.0): one campaign an edition, to a segment of its copies.

https://mailchimp.com/developer/marketing/api/: readers are made members of the audience, 500 at a
time, and put in a static segment; the campaign's number is kept before `actions/send` is asked for.
Whoever takes over asks what has become of the campaign, which says whether its copies left: no
copy stays in doubt, unless the campaign is no more.
"""

from __future__ import annotations

from base64 import b64encode
from email.utils import parseaddr
from itertools import islice
from typing import TYPE_CHECKING, Any

from newsletter.subscribing.addresses import NOBODY, token_of
from territories.mail.sender import sender_of

from .api import Answer, Api, NoAnswer, NotReached
from .base import Backend, ServerAway, ServerRefuses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsletter.models import Copy, Edition
    from newsletter.sending.outbox import Outbox

BATCH = 500
# Where each member keeps what stands in their own addresses.
TAG = "READERKEY"
UNSENT, SENT = {"save", "paused"}, {"schedule", "sending", "sent"}
CLOSED = {401, 403}


class MailchimpBackend(Backend):
    tells_of_bounces = True

    def __init__(self, base: str, key: str, audience: str) -> None:
        self.base, self.audience = base, audience
        self.headers = {"Authorization": f"Basic {b64encode(f'cites:{key}'.encode()).decode()}"}

    def deliver(self, outbox: Outbox) -> None:
        outbox.whole()
        with Api(self.base, self.headers) as api:
            for edition in outbox.sending.editions.order_by("language"):
                Campaign(api, self.audience, outbox, edition).send()

    def recover(self, outbox: Outbox) -> None:
        with Api(self.base, self.headers) as api:
            for edition in outbox.sending.editions.order_by("language"):
                if outbox.copies.filter(language=edition.language, state="claimed").exists():
                    Campaign(api, self.audience, outbox, edition).conclude()


class Campaign:
    def __init__(self, api: Api, audience: str, outbox: Outbox, edition: Edition) -> None:
        self.api, self.outbox, self.edition = api, outbox, edition
        self.list = f"/3.0/lists/{audience}"
        self.audience = audience

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
        try:
            answer = self.api.ask(method, path, body)
        except (NotReached, NoAnswer) as error:
            raise ServerAway(str(error)) from error
        if answer.status in CLOSED:
            raise ServerRefuses(answer.said)
        if answer.status == 429 or answer.status >= 500:
            raise ServerAway(answer.said)
        return answer

    def must(self, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
        answer = self.ask(method, path, body)
        if not answer.is_yes:
            raise ServerRefuses(answer.said)
        return answer

    def send(self) -> None:
        copies = self.outbox.waiting(self.edition.language)
        if not (batch := list(islice(copies, BATCH))):
            return
        self.note("")
        try:
            self.ask("POST", f"{self.list}/merge-fields", MERGE_FIELD)  # there already: no harm
            segment = self.must("POST", f"{self.list}/segments", self.segment()).data["id"]
            while batch:
                self.add(segment, self.outbox.claim(batch))
                batch = list(islice(copies, BATCH))
            self.note(str(self.must("POST", "/3.0/campaigns", self.campaign(segment)).data["id"]))
            content = {"html": self.words(self.edition.html)}
            content["plain_text"] = self.words(self.edition.text)
            self.must("PUT", f"{self.path}/content", content)
            # Paused or cancelled since?
            self.outbox.hold()
        except BaseException:
            # Nothing was sent.
            self.outbox.claimed_stayed(self.edition.language)
            raise
        try:
            answer = self.ask("POST", f"{self.path}/actions/send")
        except ServerAway:
            self.conclude()
            return
        if answer.is_yes:
            self.outbox.claimed_were_sent(self.edition.language, self.edition.campaign)
            return
        self.outbox.claimed_stayed(self.edition.language)
        raise ServerRefuses(answer.said)

    def conclude(self) -> None:
        """Raises ServerAway when it cannot be asked: then the copies stay claimed."""
        language = self.edition.language
        if not self.edition.campaign:
            self.outbox.claimed_stayed(language)
            return
        answer = self.ask("GET", self.path)
        status = answer.data.get("status") if answer.is_yes else ""
        if status in UNSENT:
            self.outbox.claimed_stayed(language)
        elif status in SENT:
            self.outbox.claimed_were_sent(language, self.edition.campaign)
        else:
            self.outbox.doubt_claimed(language)

    def add(self, segment: Any, copies: Sequence[Copy]) -> None:
        if not copies:
            return
        members = [
            {
                "email_address": copy.subscriber.email,
                "status": "subscribed",
                "language": copy.language,
                "merge_fields": {TAG: token_of(copy.subscriber.key)},
            }
            for copy in copies
        ]
        answer = self.must("POST", self.list, {"members": members, "update_existing": True})
        refused = {
            str(one.get("email_address", "")).lower(): str(one.get("error", ""))
            for one in answer.data.get("errors", [])
        }
        addresses = []
        for copy in copies:
            address = copy.subscriber.email
            if address.lower() in refused:
                self.outbox.refused(copy, refused[address.lower()])
            else:
                addresses.append(address)
        self.must("POST", f"{self.list}/segments/{segment}", {"members_to_add": addresses})
        self.outbox.hold()

    def note(self, campaign: str) -> None:
        self.edition.campaign = campaign
        self.edition.save(update_fields=["campaign"])

    @property
    def path(self) -> str:
        return f"/3.0/campaigns/{self.edition.campaign}"

    @property
    def name(self) -> str:
        return f"{self.edition.sending} ({self.edition.language})"

    def segment(self) -> dict[str, Any]:
        return {"name": self.name, "static_segment": []}

    def campaign(self, segment: Any) -> dict[str, Any]:
        sender = sender_of(self.outbox.sending.territory)
        name, address = parseaddr(sender.from_email)
        return {
            "type": "regular",
            "recipients": {
                "list_id": self.audience,
                "segment_opts": {"saved_segment_id": segment},
            },
            "settings": {
                "subject_line": self.edition.subject,
                "title": self.name,
                "from_name": name,
                "reply_to": sender.reply_to or address,
            },
            # Nobody is followed.
            "tracking": {"opens": False, "html_clicks": False, "text_clicks": False},
        }

    def words(self, words: str) -> str:
        return words.replace(token_of(NOBODY), f"*|{TAG}|*")


MERGE_FIELD = {"tag": TAG, "name": "Cités de l’emploi", "type": "text", "public": False}
