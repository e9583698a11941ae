"""A mail server that listens here, keeps what it gets, and says what it is told to say."""

import socket
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller


class Mailbox:
    """`got`: the messages, the last one last. `answer`: what it says to each recipient."""

    def __init__(self, port: int = 0) -> None:
        self.got: list[EmailMessage] = []
        self.answer = "250 OK"
        # The controller wants a number: one that is free now.
        with socket.create_server(("127.0.0.1", port)) as free:
            self.port = free.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> "Mailbox":
        self.controller.start()
        return self

    def __exit__(self, *error) -> None:
        self.controller.stop()

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.got if address in str(message["To"])]

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):
        self.got.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"
