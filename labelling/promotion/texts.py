"""Texts to paste, each as long as where it goes allows: made of facts, so that nobody retypes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from labelling.models import Subject

from .story import Story

# Signs of a message alone, and of each of several, once one sign is of no telephone's alphabet.
ALONE, CHAINED = 70, 67
HASHTAGS = "#CitéDeLEmploi #Emploi"


@dataclass(frozen=True)
class Text:
    """`name`: part of an address; `advice`: one sentence that says where it goes, and how."""

    name: str
    title: Any
    advice: Any
    words: str

    @property
    def messages(self) -> int:
        """As how many SMS it is sent, and paid for: our apostrophes leave 70 signs to each."""
        return 1 if len(self.words) <= ALONE else -(-len(self.words) // CHAINED)


def texts_of(story: Story) -> list[Text]:
    with override(story.language):
        words = {name: write(story) for name, write in WRITTEN.items()}
    return [Text(name, *HEADINGS[name], words[name]) for name in WRITTEN]


VERIFIED = {
    Subject.EVENT: gettext_lazy(
        "Label Cité de l’emploi : ce rendez-vous est fait pour les habitants des quartiers, et "
        "vérifié."
    ),
    Subject.ACTION: gettext_lazy(
        "Label Cité de l’emploi : cette action est faite pour les habitants des quartiers, et "
        "vérifiée."
    ),
    Subject.PLACE: gettext_lazy(
        "Label Cité de l’emploi : ce lieu est fait pour les habitants des quartiers, et vérifié."
    ),
}
HEADINGS = {
    "message": (
        gettext_lazy("Pour un SMS ou WhatsApp"),
        gettext_lazy("Le plus court. L’image carrée va bien avec."),
    ),
    "reseau": (
        gettext_lazy("Pour Facebook ou Instagram"),
        gettext_lazy("Collez-le sous l’image carrée, ou l’image verticale en story."),
    ),
    "partenaires": (
        gettext_lazy("Pour vos partenaires, par e-mail ou sur un réseau professionnel"),
        gettext_lazy("Il dit pourquoi ce label, et demande de faire passer le mot."),
    ),
    "annonce": (
        gettext_lazy("Pour un site d’emploi ou un agenda local"),
        gettext_lazy("Une rubrique par ligne : copiez chacune dans sa case."),
    ),
    "voix": (
        gettext_lazy("À lire à voix haute"),
        gettext_lazy(
            "Pour un message vocal, la radio du quartier ou le marché : rien à lire, tout à dire."
        ),
    ),
}


def message(story: Story) -> str:
    return lines([story.title, *practical(story), story.address])


def for_networks(story: Story) -> str:
    return paragraphs(
        [
            story.title,
            story.summary,
            lines(practical(story)),
            str(VERIFIED[Subject(story.label.subject)]),
            _("Tout savoir : %(address)s") % {"address": story.address},
            HASHTAGS,
        ]
    )  # fmt: skip


def for_partners(story: Story) -> str:
    reasons = [f"– {reason}" for reason in story.reasons]
    return paragraphs(
        [
            _("Bonjour,"),
            _("« %(title)s » a reçu le label Cité de l’emploi, n° %(number)s.")
            % {"title": inside_quotes(story.title), "number": story.label.number},
            story.summary,
            lines(practical(story)),
            lines([_("Pourquoi ce label :"), *reasons]) if reasons else "",
            _("Parlez-en aux personnes que vous accompagnez, et transmettez cette adresse : "
              "%(address)s") % {"address": story.address},
            _("Merci,"),
            story.signed,
        ]
    )  # fmt: skip


def for_listings(story: Story) -> str:
    rows = [
        (_("Titre"), story.title),
        (_("Description"), story.summary),
        (_("Dates et heures"), story.when),
        (_("Adresse"), story.where),
        (_("Prix"), story.price),
        (_("Téléphone"), story.phone),
        (_("Qui organise"), story.organiser or story.signed),
        (_("Lien"), story.address),
    ]
    return lines(
        _("%(name)s : %(value)s") % {"name": name, "value": value} for name, value in rows if value
    )


def aloud(story: Story) -> str:
    """Whole sentences, and no address of the web: nobody reads one out."""
    said = [
        _("Bonjour. Voici une bonne adresse pour l’emploi, près de chez vous."),
        ended(story.title),
        ended(story.summary),
        ended(story.when),
        ended(_("C’est ici : %(where)s") % {"where": story.where}) if story.where else "",
        ended(story.price),
        ended(_("Une question ? Appelez le %(phone)s") % {"phone": story.phone})
        if story.phone
        else "",
    ]
    return " ".join(sentence for sentence in said if sentence)


WRITTEN = {
    "message": message,
    "reseau": for_networks,
    "partenaires": for_partners,
    "annonce": for_listings,
    "voix": aloud,
}


def practical(story: Story) -> Iterator[str]:
    yield from (story.when, story.where, story.price)
    if story.phone:
        yield _("Renseignements : %(phone)s") % {"phone": story.phone}


def inside_quotes(title: str) -> str:
    """Quotes within quotes are of another shape."""
    return re.sub(r"«\s*", "“", re.sub(r"\s*»", "”", title))


def ended(words: str) -> str:
    words = words.strip()
    return words if not words or words[-1] in ".!?…؟" else f"{words}."


def lines(words: Iterable[str]) -> str:
    return "\n".join(line for line in words if line)


def paragraphs(words: Iterable[str]) -> str:
    return "\n\n".join(paragraph for paragraph in words if paragraph)
