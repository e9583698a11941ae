"""The form of a chosen answer: who it is for, when it is shown, and what."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page

from portal.search.models.promotion import PAGES, Promotion
from portal.search.stale import searchables
from territories.models import Territory
from territories.tenancy.guards.references import forget, refusals
from territories.tenancy.owned import choose_owner

from .matching import stems_of
from .showing import MOST

MOST_PHRASES = 20
LONGEST_PHRASE = 80
OUTSIDE = ("url", "title", "sentence")


class PromotionForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_owner(self, everybody=_("Le portail national"))

    def clean_questions(self) -> str:
        written = Promotion(questions=self.cleaned_data["questions"]).phrases
        phrases = list(dict.fromkeys(" ".join(phrase.split()) for phrase in written))
        if len(phrases) > MOST_PHRASES:
            raise ValidationError(
                _("Gardez %(most)s lignes au plus : il y en a %(number)s."),
                params={"most": MOST_PHRASES, "number": len(phrases)},
            )
        for phrase in phrases:
            if len(phrase) > LONGEST_PHRASE:
                raise ValidationError(
                    _("« %(start)s… » est trop long : %(most)s lettres au plus par ligne."),
                    params={"start": phrase[:30], "most": LONGEST_PHRASE},
                )
            if not stems_of(phrase):
                raise ValidationError(
                    _("« %(phrase)s » ne dit pas ce qu’on cherche. Ajoutez un mot qui le dit."),
                    params={"phrase": phrase},
                )
        return "\n".join(phrases)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, sentence in list(refusals(self, self.for_user)):
            self.add_error(name, sentence)
            forget(self, name)
        if "territory" in cleaned:
            self.check_pages(cleaned["territory"])
        self.check_outside()
        self.check_number()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Le dernier jour vient après le premier."))
        return cleaned

    def check_pages(self, territory: Territory | None) -> None:
        seen = set()
        for name in PAGES:
            page = self.cleaned_data.get(name)
            if page is None:
                continue
            if page.specific_class not in searchables():
                self.add_error(
                    name, _("La recherche ne montre pas cette page. Choisissez-en une autre.")
                )
            elif territory and page.specific.territory_id != territory.pk:
                self.add_error(
                    name,
                    _("Cette page n’est pas à %(territory)s. Choisissez-en une qui l’est.")
                    % {"territory": territory},
                )
            elif page.translation_key in seen:
                self.add_error(name, _("Cette page est déjà choisie plus haut."))
            seen.add(page.translation_key)

    def check_outside(self) -> None:
        said = [name for name in OUTSIDE if self.cleaned_data.get(name) or name in self.errors]
        if not said:
            return
        missing = {
            "url": _("Écrivez aussi l’adresse, ou videz le titre et la phrase."),
            "title": _("Écrivez aussi le titre de ce qu’on trouve à cette adresse."),
            "sentence": _("Écrivez aussi une phrase : à qui cette adresse est utile ?"),
        }
        for name in OUTSIDE:
            if name not in said:
                self.add_error(name, missing[name])

    def check_number(self) -> None:
        shown = [name for name in (*PAGES, "url") if self.cleaned_data.get(name)]
        if not shown and not self.errors:
            self.add_error(None, _("Choisissez une page, ou donnez l’adresse d’un autre site."))
        if len(shown) > MOST:
            self.add_error(
                "url",
                _("%(most)s réponses au plus : enlevez une page, ou cette adresse.")
                % {"most": MOST},
            )


def pages_of(promotion: Promotion) -> list[Page]:
    return [page for name in PAGES if (page := getattr(promotion, name))]
