"""What one reads."""

from __future__ import annotations

from portal.styles import sample_agenda, samples
from portal.styles.samples import ADDRESS, EMAIL, NOWHERE, PHONE, link

from .kinds import Specimen, State


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
        Specimen(
            "components/listen.html",
            [State("montré par le script, où l’appareil a une voix", {"language": "fr"})],
        ),
        Specimen("agenda/dates/list.html", [State("", {"dates": sample_agenda.DATES})]),
        Specimen("resources_directory/hours.html", [State("", samples.HOURS)]),
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
