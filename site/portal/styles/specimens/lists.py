"""What one looks through."""

from __future__ import annotations

from portal.styles import sample_agenda, samples
from portal.styles.samples import BADGES, NOWHERE, link

from .kinds import Specimen, State


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
        Specimen("agenda/month.html", [State("", {"month": sample_agenda.MONTH})]),
        Specimen("agenda/calendars/take.html", [State("", {"programme": sample_agenda.PROGRAMME})]),
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
