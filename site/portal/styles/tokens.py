"""The tokens as the style page tells them: what each is for, and contrast as it is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from territories.appearance.oklch import contrast
from territories.appearance.theme import NIGHT, PAIRS, STATUS, SUN, WHITE, derive

USES = {
    "page": _("fond de la page"),
    "surface": _("champs, panneaux, en-tête"),
    "tint": _("bandeau"),
    "tint-2": _("fenêtre éteinte, survol"),
    "line": _("filet, pour le décor"),
    "edge": _("bord d’un champ"),
    "ink": _("texte"),
    "ink-soft": _("texte second"),
    "deep": _("grand aplat : accueil, contact"),
    "deep-2": _("pied de page, survol"),
    "bright": _("couleur vive, jamais pour du texte"),
    "bright-soft": _("bandeau vif"),
    "pale": _("texte second sur un aplat"),
    "action": _("boutons"),
    "action-2": _("bouton survolé"),
    "on-action": _("texte d’un bouton"),
    "link": _("liens"),
}
STATUS_PAIRS = tuple((name, f"{name}-soft", 4.5) for name in ("ok", "warn", "danger"))

# Name of a token, and how the style page shows it.
SCALES: dict[str, tuple[str, ...]] = {
    "type": ("t-s", "t-m", "t-l", "t-xl", "t-2xl", "t-3xl"),
    "space": ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"),
    "radius": ("r1", "r2", "r3", "arch"),
    "ground": ("sun", "sun-2", "night"),
    "rest": ("font", "tap", "shadow", "fast"),
}


@dataclass(frozen=True)
class Role:
    name: str
    use: Any
    light: str
    dark: str


@dataclass(frozen=True)
class Shade:
    """A text on a ground, in light or in dark."""

    text: str
    ground: str

    @property
    def ratio(self) -> float:
        return contrast(self.text, self.ground)


@dataclass(frozen=True)
class Pair:
    text: str
    ground: str
    least: float
    light: Shade
    dark: Shade

    @property
    def shades(self) -> tuple[Shade, Shade]:
        return self.light, self.dark


def roles(first: str, second: str) -> list[Role]:
    theme = derive(first, second)
    own = [
        Role(name, USES.get(name, ""), theme.light[name], theme.dark[name]) for name in theme.light
    ]
    status = [
        Role(name, "", STATUS["light"][name], STATUS["dark"][name]) for name in STATUS["light"]
    ]
    return own + status


def pairs(first: str, second: str) -> list[Pair]:
    """Everything that is laid on something, measured."""
    theme = derive(first, second)
    light, dark = theme.light | STATUS["light"], theme.dark | STATUS["dark"]
    names = {WHITE: "#fff", SUN: "sun", NIGHT: "night"}
    return [
        Pair(
            text=names.get(text, text),
            ground=names.get(ground, ground),
            least=least,
            # A colour that is the same everywhere is no role: it stands for itself.
            light=Shade(light.get(text, text), light.get(ground, ground)),
            dark=Shade(dark.get(text, text), dark.get(ground, ground)),
        )
        for text, ground, least in (*PAIRS, *STATUS_PAIRS)
    ]
