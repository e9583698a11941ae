"""Run in the demo's settings: its letters as they are mailed, in all their languages, as JSON.

With one more of each language of the first territory, which holds every shared block and pictures;
it is rendered and never saved.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")

import django  # noqa: E402

django.setup()

from wagtail.images import get_image_model  # noqa: E402

from newsletter.models import NewsletterPage  # noqa: E402
from newsletter.rendering.checking import faults_of  # noqa: E402
from newsletter.rendering.letter import render_letter  # noqa: E402
from newsletter.subscribing.addresses import NOBODY, token_of  # noqa: E402

FULLEST = "grand-mirail"


def more_blocks() -> list[tuple[str, dict]]:
    picture = get_image_model().objects.order_by("pk").first()
    return [
        ("heading", {"text": "Une sous-partie", "level": "h3"}),
        ("image", {"image": picture, "alt": "La place un jour de marché", "caption": "Lundi"}),
        (
            "key_figures",
            {
                "title": "En chiffres",
                "figures": [
                    {"number": "1 840", "label": "personnes accueillies", "source": "Bilans"},
                    {"number": "42", "label": "places", "source": ""},
                    {"number": "", "label": "retours à l’emploi", "source": ""},
                ],
                "note": "Sur un an",
            },
        ),
        ("actions", {"actions": [{"kind": "ring", "phone": "05 61 00 00 01"}]}),
        (
            "steps",
            {"title": "Étapes", "steps": [{"title": "Vous venez", "text": "<p>Sans rien.</p>"}]},
        ),
        ("quote", {"text": "J’ai trouvé en trois semaines.", "who": "Samira", "role": ""}),
        (
            "chart",
            {
                "title": "Plus de femmes",
                "subject": "Personnes accueillies",
                "shape": "bars",
                "source": "Bilans",
                "rows": [
                    {"label": "Femmes", "number": Decimal(31), "is_main": True},
                    {"label": "Hommes", "number": Decimal(12), "is_main": False},
                ],
            },
        ),
        (
            "video",
            {
                "title": "Le film du forum",
                "url": "https://vimeo.com/76979871",
                "poster": picture,
                "transcript": "<p>Oui</p>",
            },
        ),
        ("faq", {"title": "Questions", "questions": [{"question": "Où ?", "answer": "Ici"}]}),
    ]


def letters() -> Iterator[dict]:
    pages = NewsletterPage.objects.live().select_related("territory__site", "locale")
    for page in pages.order_by("path"):
        yield told(page, page.territory.slug)
        if page.territory.slug == FULLEST:
            page.body = [(child.block_type, child.value) for child in page.body] + more_blocks()
            yield told(page, f"{FULLEST} with every block")


def told(page: NewsletterPage, name: str) -> dict:
    letter = render_letter(page, for_readers=True)
    return {
        "name": f"{name} ({page.locale.language_code})",
        "language": page.locale.language_code,
        "html": letter.html,
        "text": letter.text,
        "kilobytes": letter.kilobytes,
        "site": page.territory.root_url,
        "nobody": token_of(NOBODY),
        "faults": [str(fault) for fault in faults_of(page)],
    }


if __name__ == "__main__":
    print(json.dumps(list(letters())))
