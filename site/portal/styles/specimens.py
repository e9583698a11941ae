"""Which components the style page shows, and in which states.

A test fails when a template of `components/` is drawn nowhere on the page: add it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import samples
from .samples import ADDRESS, BADGES, EMAIL, NOWHERE, PHONE, link


@dataclass(frozen=True)
class State:
    """One way a component may look: `words` say which, `values` are its context."""

    words: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Specimen:
    """`around`: classes of the element that holds the states (an <ul> when they are lines)."""

    template: str
    states: Sequence[State]
    around: str = "flow"
    is_list: bool = False

    @property
    def id(self) -> str:
        return self.template.removesuffix(".html").replace("/", "-")


@dataclass(frozen=True)
class Section:
    """One style sheet's worth of components."""

    id: str
    title: Any
    specimens: Sequence[Specimen]


def sections() -> list[Section]:
    return [
        Section("actions", _("Agir"), actions()),
        Section("listes", _("Parcourir"), lists()),
        Section("fiches", _("Lire"), sheets()),
        Section("formulaires", _("Remplir"), forms()),
    ]


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


def lists() -> list[Specimen]:
    return [
        Specimen(
            "components/section_head.html",
            [
                State("titre seul", {"id": "", "title": "Bientôt", "url": ""}),
                State(
                    "avec la suite", {"title": "Bientôt", "url": NOWHERE, "link": "Tout l’agenda"}
                ),
            ],
        ),
        Specimen("components/tags.html", [State("", {"badges": BADGES})]),
        Specimen(
            "agenda/line.html",
            [
                State("labellisé", {"line": samples.FORUM, "level": 4}),
                State("répété", {"line": samples.COURSE, "level": 4}),
                State("annulé", {"line": samples.CANCELLED, "level": 4}),
            ],
            around="lines",
            is_list=True,
        ),
        Specimen("agenda/poster.html", [State("", {"line": samples.FORUM})], around="cols-2"),
        Specimen(
            "resources_directory/service_line.html",
            [State("", {"item": samples.SERVICE, "level": 4})],
            around="lines",
            is_list=True,
        ),
        Specimen(
            "resources_directory/actor_line.html",
            [State("", {"item": samples.ACTOR, "level": 4})],
            around="lines",
            is_list=True,
        ),
        Specimen(
            "components/pagination.html",
            [
                State("première page", {"page_obj": samples.numbered(1, 3)}),
                State("au milieu", {"page_obj": samples.numbered(6, 12)}),
            ],
        ),
        Specimen(
            "components/empty.html",
            [
                State(
                    "deux issues",
                    {
                        "title": "Rien ce week-end.",
                        "text": "Le plus proche : jeudi 10 décembre.",
                        "level": 4,
                        "links": [link("Voir ce rendez-vous"), link("Voir tout l’agenda")],
                    },
                )
            ],
        ),
    ]


def sheets() -> list[Specimen]:
    return [
        Specimen(
            "components/breadcrumb.html",
            [
                State(
                    "", {"items": [link("Guide"), link("Permis"), link("Passer le permis", url="")]}
                )
            ],
        ),
        Specimen(
            "components/contact.html",
            [
                State(
                    "ouvert, tout est connu",
                    {
                        "state": "Ouvert, jusqu’à 18 h",
                        "name": "Auto-école des Tilleuls",
                        "person": "Demandez l’accueil",
                        "name_language": "fr",
                        "plain": True,
                        "phone": PHONE,
                        "sms": "06 39 98 12 34",
                        "email": EMAIL,
                        "address": f"{ADDRESS}\n31000 Toulouse",
                        "way": "Métro Bellefontaine, puis 5 minutes à pied.",
                        "map_url": NOWHERE,
                    },
                ),
                State(
                    "fermé, le téléphone seul",
                    {
                        "state": "Fermé, ouvre demain à 9 h",
                        "shut": True,
                        "name": "Maison des Tilleuls",
                        "name_language": "fr",
                        "plain": True,
                        "phone": PHONE,
                    },
                ),
            ],
            around="cols-2",
        ),
        Specimen(
            "components/facts.html",
            [
                State(
                    "",
                    {
                        "facts": [
                            {"icon": "euro", "term": "Prix", "text": "Gratuit"},
                            {"icon": "group", "term": "Pour qui", "text": "Tout le monde"},
                            {"icon": "wheelchair", "term": "Accès", "text": "Entrée sans marche"},
                        ]
                    },
                )
            ],
        ),
        Specimen("resources_directory/hours.html", [State("", {"hours": samples.HOURS})]),
        Specimen(
            "components/note.html",
            [
                State(kind, {"kind": kind, "title": title, "text": text})
                for kind, title, text in (
                    ("info", "À savoir.", "La médiathèque est fermée lundi."),
                    ("sun", "Nouveau.", "Un atelier de plus, le mardi."),
                    ("ok", "C’est fait.", "Votre inscription est enregistrée."),
                    ("warn", "Attention.", "Plus que 2 places."),
                    ("danger", "Annulé.", "Une autre date sera proposée."),
                )
            ]
            + [
                State(
                    "avec un lien",
                    {"text": "C’est complet.", "url": NOWHERE, "link": "Prochaine date"},
                )
            ],
            around="cols-2",
        ),
        Specimen(
            "components/accordion.html",
            [
                State(
                    "",
                    {
                        "first_open": True,
                        "items": [
                            {
                                "question": "C’est gratuit ?",
                                "answer": "<p>Oui, pour tout le monde.</p>",
                            },
                            {"question": "Il faut s’inscrire ?", "answer": "<p>Non.</p>"},
                        ],
                    },
                )
            ],
        ),
        Specimen(
            "components/figure.html",
            [
                State(
                    "avec sa source",
                    {
                        "number": "62 %",
                        "text": "habitent un quartier prioritaire",
                        "source": "D’après 48 bilans.",
                    },
                ),
                State("", {"number": "1 840", "text": "personnes sont venues", "source": ""}),
            ],
            around="cols-3",
        ),
        Specimen(
            "components/image.html",
            [
                State(
                    "avec légende et auteur",
                    {
                        "image": samples.SampleImage(),
                        "alt": "Des fenêtres de toutes les couleurs",
                        "caption": "La façade de la maison, en mai.",
                        "credit": "Photo : l’équipe",
                    },
                ),
                State("pour le décor", {"image": samples.SampleImage(), "decorative": True}),
            ],
            around="cols-2",
        ),
        Specimen(
            "components/documents.html",
            [
                State(
                    "",
                    {
                        "documents": [
                            link("Le plan du quartier", kind="PDF", size="240 ko"),
                            link("Modèle de CV", kind="ODT", size=""),
                        ]
                    },
                )
            ],
        ),
    ]


def forms() -> list[Specimen]:
    form = samples.form()
    return [
        Specimen("components/error_summary.html", [State("", {"form": form})]),
        Specimen(
            "components/messages.html",
            [
                State(
                    "",
                    {
                        "messages": [
                            samples.Message("Votre message est parti.", "success"),
                            samples.Message("Ce lien a déjà servi.", "warning"),
                            samples.Message("Votre message n’est pas parti.", "error"),
                        ]
                    },
                )
            ],
        ),
        Specimen(
            "components/field.html",
            [
                State("", {"field": form[name], "optional": not form.fields[name].required})
                for name in form.fields
            ],
            around="cols-2",
        ),
    ]
