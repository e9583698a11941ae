"""The four legal pages, by the slug that each keeps in every language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    title: str | Promise
    introduction: str | Promise
    template: str


KINDS = {
    "mentions-legales": Kind(
        _("Mentions légales"),
        _("Qui publie ce site, et qui l’héberge."),
        "territories/legal/notice.html",
    ),
    "accessibilite": Kind(
        _("Accessibilité"),
        _("Ce que tout le monde peut utiliser, et ce qui reste à améliorer."),
        "territories/legal/accessibility.html",
    ),
    "donnees-personnelles": Kind(
        _("Données personnelles"),
        _("Ce que ce site sait de vous : presque rien."),
        "territories/legal/privacy.html",
    ),
    "plan-du-site": Kind(
        _("Plan du site"),
        _("Toutes les pages, rubrique par rubrique."),
        "territories/legal/site_map.html",
    ),
}
