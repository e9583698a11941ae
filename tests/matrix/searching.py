"""What people keep of the public search."""

from __future__ import annotations

from portal.search.models import Promotion

from .kinds import Try, shows
from .national import ViewsKind
from .pages import WORDS


class PromotionKind(ViewsKind):
    """An answer that is chosen for some words: a territory's, or the portal's."""

    name, models, space = "chosen answer", (Promotion,), "search_promotions"
    views = ("edit", "usage", "history")
    field = "title"

    def list(self, t: Try) -> bool:
        chosen = self.thing(t.side)
        return shows(t.get(f"{self.space}:index", query=f"?q={chosen.title}"), chosen)

    def create(self, t: Try) -> bool:
        owner = t.side.territory and t.side.territory.pk
        form = {
            "questions": WORDS,
            "url": "https://essai.example/",
            "title": WORDS,
            "sentence": WORDS,
            "territory": owner or "",
        }
        t.post(f"{self.space}:add", form=form)
        return Promotion.objects.filter(title=WORDS, territory=owner).exists()
