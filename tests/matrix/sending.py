"""What is sent to the readers of a territory."""

from __future__ import annotations

from newsletter.models import Copy, Sending

from .kinds import Kind, Try, shows


class SendingKind(Kind):
    """To « create » one is to send a letter; to « edit » one, to decide of a copy in doubt."""

    name, models = "sending of a letter", (Sending,)

    def list(self, t: Try) -> bool:
        return shows(t.get("sendings:index"), self.thing(t.side))

    def view(self, t: Try) -> bool:
        return t.get("sendings:read", self.thing(t.side).pk).status_code == 200

    def create(self, t: Try) -> bool:
        letter = t.side.get("letter")
        t.post("sendings:send", letter.pk, form={"when": "now", "confirmed": "1"})
        return Sending.objects.filter(letter=letter.pk).exists()

    def edit(self, t: Try) -> bool:
        sending = self.thing(t.side)
        t.post("sendings:read", sending.pk, form={"action": "consider"})
        return not Copy.objects.filter(sending=sending.pk, state="uncertain").exists()

    def publish(self, t: Try) -> bool:
        """Whether what is in doubt leaves again."""
        sending = self.thing(t.side)
        t.post("sendings:read", sending.pk, form={"action": "again"})
        return Copy.objects.filter(sending=sending.pk, state="waiting").exists()

    def copy(self, t: Try) -> bool:
        """Whether the letter is taken away as a file."""
        letter = t.side.get("letter")
        return t.get("sendings:file", letter.pk, "html").status_code == 200
