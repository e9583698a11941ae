"""The chosen answers in the admin."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column

from portal.search.models.promotion import PAGES, Promotion
from territories.plugins.registry import contributions
from territories.tenancy.owned import OwnedViewSet, OwnList

from .form import PromotionForm, pages_of


def whose(promotion: Promotion) -> Any:
    return promotion.territory or _("Le portail national")


def shown(promotion: Promotion) -> str:
    pages = [page.title for page in pages_of(promotion)]
    return ", ".join([*pages, *([promotion.title] if promotion.url else [])])


def state(promotion: Promotion) -> str:
    """Whether residents see it today, in words."""
    zone = promotion.territory.zone if promotion.territory else None
    today = timezone.localdate(timezone=zone)
    if promotion.first_day and promotion.first_day > today:
        return _("À partir du %(day)s") % {"day": date_format(promotion.first_day, "j F Y")}
    if promotion.last_day and promotion.last_day < today:
        return _("Fini depuis le %(day)s") % {"day": date_format(promotion.last_day, "j F Y")}
    pages = pages_of(promotion)
    if not promotion.url and not any(page.live for page in pages):
        return _("Rien à montrer : la page n’est pas en ligne")
    return _("Montré")


class PromotionList(OwnList):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related(*PAGES)


FINDABLE = [searchable.model for _plugin, searchable in contributions("SEARCHABLES")]


class PromotionViewSet(OwnedViewSet):
    model = Promotion
    icon = "pick"
    menu_label = gettext_lazy("Réponses conseillées")
    menu_name = "promotions"
    menu_hook = "register_search_menu_item"
    menu_order = 10
    list_display = [
        "__str__",
        Column("shown", label=gettext_lazy("Montre"), accessor=shown),
        Column("state", label=gettext_lazy("En ce moment"), accessor=state),
        Column("territory", label=gettext_lazy("Pour"), accessor=whose),
    ]
    search_fields = ["questions", "title", "sentence"]
    edit_handler = ObjectList(
        [
            FieldPanel("questions"),
            MultiFieldPanel(
                [PageChooserPanel(name, FINDABLE) for name in PAGES],
                heading=gettext_lazy("Une page, trois au plus"),
            ),
            MultiFieldPanel(
                [FieldPanel("url"), FieldPanel("title"), FieldPanel("sentence")],
                heading=gettext_lazy("Ou l’adresse d’un autre site"),
            ),
            MultiFieldPanel(
                [FieldPanel("first_day"), FieldPanel("last_day")],
                heading=gettext_lazy("Quels jours"),
            ),
            FieldPanel("territory"),
        ],
        base_form_class=PromotionForm,
    )
    index_view_class = PromotionList
