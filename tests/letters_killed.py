"""Letters to a real mail server, while the workers that send them are killed.

Run in a process of its own, on the database that its settings name; prints what it saw as JSON.
`--hurried`: what the schedule would do within a minute of each death is done at once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
os.environ.setdefault("CITES_DEBUG", "0")
# Between two deaths, and until the end.
PATIENCE = 900


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--readers", type=int, default=300)
    asked.add_argument("--kills", type=int, default=3)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--hurried", action="store_true")
    asked.add_argument("--sink", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.sink:
        sink(*options.sink.split(","))
    else:
        print(json.dumps(seen(options)))


def sink(port: str, taken: str) -> None:
    """A mail server that writes who got a letter before it says so."""
    from aiosmtpd.controller import Controller

    with Path(taken).open("a", buffering=1) as lines:

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                lines.write(f"{envelope.rcpt_tos[0]}\n")
                return "250 OK"

        Controller(Handler(), hostname="127.0.0.1", port=int(port)).start()
        signal.pause()


def seen(options: argparse.Namespace) -> dict:
    import django

    django.setup()
    from newsletter.models import Copy, Sending
    from newsletter.sending.deciding import schedule

    letter, user = make_readers(options.readers)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        port, taken = free.getsockname()[1], Path(folder) / "taken"
        free.close()
        taken.touch()
        server = start(__file__, "--sink", f"{port},{taken}")
        os.environ["LETTERS_URL"] = f"smtp://127.0.0.1:{port}"
        os.environ["LETTERS_TIMEOUT"] = "5"
        workers: list[subprocess.Popen] = []
        try:
            wait_for(lambda: answers(port), 30)
            begun = time.monotonic()
            sending = schedule(letter=letter, asked_by=user)
            workers = start_workers(options.workers)
            for number in range(options.kills):
                # Anywhere in its share of the way, in the middle of whatever it does.
                share = (number + random.uniform(0.2, 0.9)) / (options.kills + 0.3)
                wait_for(partial(has_lines, taken, share * options.readers), PATIENCE)
                time.sleep(random.uniform(0, 0.05))
                kill(workers)
                if options.hurried:
                    hurry(sending.pk)
                workers = start_workers(options.workers)
            wait_for(lambda: Sending.objects.get(pk=sending.pk).state == "done", PATIENCE)
            seconds = time.monotonic() - begun
        finally:
            kill([*workers, server])
        got = Counter(taken.read_text().split())
    rows = Copy.objects.values_list("subscriber__email", "state")
    of_state = {state: {email for email, one in rows if one == state} for _e, state in rows}
    sent, uncertain = of_state.get("sent", set()), of_state.get("uncertain", set())
    return {
        "readers": options.readers,
        "killed": options.kills,
        "delivered": len(got),
        "doubles": sum(got.values()) - len(got),
        "said sent": len(sent),
        "uncertain": len(uncertain),
        "uncertain and delivered": len(uncertain & set(got)),
        "said sent and lost": len(sent - set(got)),
        "delivered and not said": len(set(got) - sent - uncertain),
        "states": {state: len(found) for state, found in of_state.items()},
        "seconds": round(seconds, 1),
    }


def make_readers(number: int):
    from django.contrib.auth.models import User
    from factories import make_page, make_territory

    from newsletter.models import NewsletterIndexPage, NewsletterPage, Subscriber

    territory = make_territory("alpha", plugins=["newsletter"])
    index = NewsletterIndexPage.objects.in_territory(territory).records().get()
    letter = make_page(index, NewsletterPage(title="La lettre du lundi", body=body()))
    Subscriber.objects.bulk_create(
        (
            Subscriber(territory=territory, email=f"reader-{one}@example.org", state="active")
            for one in range(number)
        ),
        batch_size=1_000,
    )
    return letter, User.objects.create_superuser("letters")


def body() -> list:
    """As long as a letter is."""
    words = "Un atelier pour refaire son CV, avec une conseillère, près de chez vous. " * 6
    texts = [f"<h2>Rendez-vous {number}</h2><p>{words}</p>" for number in range(12)]
    return [("text", {"text": text}) for text in texts]


def start(*command: object) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, *map(str, command)], start_new_session=True)


def start_workers(number: int) -> list[subprocess.Popen]:
    return [start(ROOT / "manage.py", "work", "--interval", "0.3") for _ in range(number)]


def kill(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        process.send_signal(signal.SIGKILL)
    for process in processes:
        process.wait()


def hurry(pk: int) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from newsletter.models import Sending
    from territories.jobs.models import JobRun

    past = timezone.now() - timedelta(hours=1)
    Sending.objects.filter(pk=pk).update(held_until=past)
    JobRun.objects.filter(name="newsletter.send_letters").update(started_at=past)


def has_lines(path: Path, number: float) -> bool:
    return path.read_bytes().count(b"\n") >= number


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def wait_for(condition, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise SystemExit("It took too long.")
        time.sleep(0.02)


if __name__ == "__main__":
    main()
