"""Run by test_pace.py in a process of its own, on a database of its own.

Two territories send at once by one mail server, with two real workers; prints as JSON when each
letter came (seconds after the first), and whose it was.
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
os.environ["CITES_DEBUG"] = "0"

from letters_killed import body, kill, start_workers, wait_for  # noqa: E402
from smtp_server import MailServer, name_of  # noqa: E402

READERS, PATIENCE = 25, 180


def main() -> None:
    import django

    django.setup()
    from django.contrib.auth.models import User

    from newsletter.models import Sending
    from newsletter.sending.deciding import schedule

    user = User.objects.create_superuser("letters")
    letters = [make_letter(slug) for slug in ("alpha", "beta")]
    with MailServer() as server:
        os.environ["LETTERS_URL"] = f"smtp://127.0.0.1:{server.port}"
        for letter in letters:
            schedule(letter=letter, asked_by=user)
        workers = start_workers(2)
        try:
            wait_for(lambda: Sending.objects.filter(state="done").count() == 2, PATIENCE)
        finally:
            kill(workers)
        begun = server.times[0]
        whose = (name_of(str(message["To"])).partition("-")[0] for message in server.got)
        print(json.dumps([(at - begun, who) for at, who in zip(server.times, whose, strict=True)]))


def make_letter(slug: str):
    from factories import make_page, make_territory

    from newsletter.models import NewsletterIndexPage, NewsletterPage, Subscriber

    territory = make_territory(slug, plugins=["newsletter"])
    index = NewsletterIndexPage.objects.in_territory(territory).records().get()
    Subscriber.objects.bulk_create(
        Subscriber(territory=territory, email=f"{slug}-{one}@example.org", state="active")
        for one in range(READERS)
    )
    return make_page(index, NewsletterPage(title="La lettre du lundi", body=body()))


if __name__ == "__main__":
    main()
