"""What one presses."""

from __future__ import annotations

from portal.styles.samples import BADGES, NOWHERE, PHONE

from .kinds import Specimen, State


def actions() -> list[Specimen]:
    return [
        Specimen(
            "components/phone.html",
            [
                State("bouton", {"number": PHONE}),
                State("grand, sur fond soleil", {"number": PHONE, "class": "btn sun big"}),
                State(
                    "avec des mots", {"number": PHONE, "class": "btn ghost", "words": "Appeler le"}
                ),
                State("numéro qui ne s’appelle pas", {"number": "au guichet"}),
            ],
            around="row",
        ),
        Specimen(
            "components/share.html",
            [
                State(
                    "sans JavaScript : trois liens",
                    {
                        "head": {
                            "is_shared": True,
                            "title": "Un café pour rencontrer trois employeurs",
                            "message": "Un%20caf%C3%A9",
                            "canonical": NOWHERE,
                        }
                    },
                )
            ],
        ),
        Specimen(
            "components/search_field.html",
            [
                State("simple", {"id": "champ-1"}),
                State(
                    "avec un exemple et un mot cherché",
                    {
                        "id": "champ-2",
                        "hint": "Par exemple : permis, garde d’enfant.",
                        "value": "CV",
                    },
                ),
            ],
            around="cols-2",
        ),
        Specimen(
            "components/ring.html",
            [
                State(
                    "quelqu’un répond",
                    {"phone": PHONE, "text": "Du lundi au vendredi, 9 h à 18 h."},
                ),
                State(
                    "personne ne répond",
                    {"text": "Nous ouvrons lundi à 9 h.", "url": NOWHERE, "link": "Être rappelé"},
                ),
            ],
        ),
        Specimen(
            "components/tile.html",
            [
                State(
                    "",
                    {
                        "url": NOWHERE,
                        "icon": icon,
                        "title": title,
                        "detail": detail,
                        "current": now,
                    },
                )
                for icon, title, detail, now in (
                    ("steering-wheel", "Passer le permis", "6 aides", False),
                    ("child", "Faire garder mon enfant", "4 aides", False),
                    ("speech", "Apprendre le français", "9 aides", True),
                    ("cv", "Faire mon CV", "", False),
                    ("health", "Ma santé", "3 aides", False),
                    ("phone-screen", "Internet", "5 aides", False),
                    ("scales", "Connaître mes droits", "", False),
                )
            ],
            around="mosaic",
            is_list=True,
        ),
        Specimen(
            "components/label.html",
            [State("seul", {"url": ""}), State("lien vers sa page", {"url": NOWHERE})],
            around="row",
        ),
        Specimen(
            "components/badge.html",
            [State("", {"badge": badge}) for badge in BADGES],
            around="row",
        ),
    ]
