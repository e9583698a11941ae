"""A mail server that says to each recipient, and to each letter, what it is told to say."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

TAKEN = "250 OK"
# In the place of an answer.
HANGS, CLOSES = "hangs", "closes"


@dataclass
class MailServer:
    """`at`: what is answered, by the step and the recipient's name: `at["rcpt", "ada"]`.

    Steps: mail, rcpt, data (before the letter), end (after it). Over plain sockets: aiosmtpd says
    nothing half way.
    """

    at: dict[tuple[str, str], str] = field(default_factory=dict)
    got: list[EmailMessage] = field(default_factory=list)
    # When each was taken, in seconds of `time.monotonic`.
    times: list[float] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)

    def __enter__(self) -> MailServer:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.ends = threading.Event()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error) -> None:
        self.ends.set()
        self.listening.close()

    @property
    def delivered(self) -> Counter[str]:
        return Counter(name_of(str(message["To"])) for message in self.got)

    def serve(self) -> None:
        while not self.ends.is_set():
            try:
                connection, _from = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=[connection], daemon=True).start()

    def talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            say(connection, "220 mail")
            to = ""
            for line in lines:
                word = line[:4].decode().strip().upper()
                if word == "MAIL":
                    self.senders.append(line.decode().partition("<")[2].partition(">")[0])
                if word == "RCPT":
                    to = name_of(line.decode())
                if word == "DATA":
                    if not self.take(connection, lines, to):
                        return
                    continue
                step = {"MAIL": "mail", "RCPT": "rcpt"}.get(word, "")
                answer = self.answer(step, to) if step else TAKEN
                if answer in {HANGS, CLOSES}:
                    self.stop(answer)
                    return
                say(connection, answer)
                if word == "QUIT":
                    return

    def answer(self, step: str, to: str) -> str:
        return self.at.get((step, to)) or self.at.get((step, "")) or TAKEN

    def stop(self, answer: str) -> None:
        if answer == HANGS:
            self.ends.wait(10)

    def take(self, connection: socket.socket, lines, to: str) -> bool:
        """False when the connection ends."""
        answer = self.answer("data", to)
        if answer in {HANGS, CLOSES}:
            self.stop(answer)
            return False
        say(connection, answer if answer != TAKEN else "354 go on")
        if answer != TAKEN:
            return True
        content = b""
        for line in lines:
            if line == b".\r\n":
                break
            content += line.removeprefix(b".")
        else:
            return False
        answer = self.answer("end", to)
        if answer[0] == "2" or answer in {HANGS, CLOSES}:
            # Taken, even where nobody is told so.
            self.got.append(message_from_bytes(content, policy=default))
            self.times.append(time.monotonic())
        if answer in {HANGS, CLOSES}:
            self.stop(answer)
            return False
        say(connection, answer)
        return True


def say(connection: socket.socket, words: str) -> None:
    connection.sendall(f"{words}\r\n".encode())


def name_of(words: str) -> str:
    """The part before the @."""
    return words.partition("@")[0].rpartition("<")[2].strip()
