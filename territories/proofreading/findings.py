from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# What each kind of finding is called.
KINDS: dict[str, Any] = {
    "alt-missing": _("Image sans description"),
    "alt-useless": _("Description d’image à revoir"),
    "heading-skipped": _("Titre d’un niveau sauté"),
    "heading-empty": _("Titre vide"),
    "link-vague": _("Lien qui ne dit pas où il mène"),
    "link-bare": _("Adresse écrite en entier"),
    "link-twice": _("Mêmes mots, deux adresses"),
    "reading-level": _("Texte difficile à lire"),
    "sentence-long": _("Phrase longue"),
    "paragraph-long": _("Paragraphe long"),
    "acronym": _("Sigle non expliqué"),
    "capitals": _("Mots en capitales"),
    "punctuation": _("Ponctuation doublée"),
    "date-vague": _("Date qui ne dit pas le jour"),
    "phone": _("Numéro que l’on ne peut pas toucher"),
    "table-header": _("Tableau sans titres"),
    "document-name": _("Document sans nom"),
}


@dataclass(frozen=True)
class Finding:
    """Something to mend. `where`: the name of the field or block; `anchor`: its id in the editor;
    `sentence`: the words it is about, as they are; `advice`: what to do."""

    kind: str
    where: str
    anchor: str
    sentence: str
    advice: str

    @property
    def label(self) -> Any:
        return KINDS[self.kind]


def shortened(text: str, length: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"
