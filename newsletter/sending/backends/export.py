"""No sending from here: the letter is downloaded, and sent by a tool of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Backend, ServerRefuses

if TYPE_CHECKING:
    from newsletter.sending.outbox import Outbox


class ExportBackend(Backend):
    sends = False

    def deliver(self, outbox: Outbox) -> None:
        raise ServerRefuses("Ici, le site n’envoie pas les lettres : téléchargez-la.")
