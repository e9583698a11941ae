"""The synonyms in the admin: each person keeps those of where they may."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from portal.search.engines import engine
from portal.search.insight.dealing import deal_with_words
from portal.search.models import SearchDocument, Synonym
from portal.search.queries import Asked
from territories.tenancy.owned import (
    OwnDelete,
    OwnEdit,
    OwnedViewSet,
    choose_owner,
    permission_to,
)
from territories.tenancy.roles import territories_where

from .in_force import forget_vocabulary
from .lines import expressions

ADD = permission_to("add", Synonym)
EXAMPLES = 3


class SynonymForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].error_messages["required"] = _(
            "Écrivez ce que tapent les habitants, par exemple : boulot."
        )
        for name in ("said", "means"):
            self.fields[name].error_messages["max_length"] = _(
                "C’est trop long : gardez 300 signes au plus, et faites une autre ligne."
            )
        choose_owner(self, everybody=_("Toute la France"))


def whose(synonym: Synonym) -> Any:
    return synonym.territory or _("Toute la France")


def what_it_finds(synonym: Synonym) -> str:
    """What somebody who types it would find there, now that it is kept."""
    said = expressions(synonym.said)[0]
    found = engine().search(Asked(said, synonym.territory), 0, EXAMPLES)
    if not found.total:
        return _("« %(words)s » ne trouve encore rien.") % {"words": said}
    rows = SearchDocument.objects.in_bulk(found.ids)
    titles = [f"« {rows[pk].title} »" for pk in found.ids if pk in rows]
    sentence = ngettext(
        "« %(words)s » trouve %(count)d fiche : %(titles)s.",
        "« %(words)s » trouve %(count)d fiches, d’abord : %(titles)s.",
        found.total,
    )
    return sentence % {"words": said, "count": found.total, "titles": ", ".join(titles)}


class Kept:
    """What is said once a synonym is kept, with what a search finds thanks to it."""

    def save_instance(self):
        kept = super().save_instance()
        deal_with_words(said=expressions(kept.said), territory=kept.territory)
        forget_vocabulary()
        return kept

    def get_success_message(self, instance=None):
        said = _("C’est noté, et en vigueur partout dans la minute.")
        return f"{said} {what_it_finds(instance or self.object)}"


class OwnCreate(Kept, generic.CreateView):
    def get_initial_form_instance(self):
        """With what was searched for in vain, when one comes from there."""
        asked = self.request.GET
        own = territories_where(self.request.user, ADD)
        owner = asked.get("territory", "")
        return Synonym(
            said=asked.get("said", "")[:300],
            territory=own.filter(pk=owner).first() if owner.isdecimal() else None,
        )


class KeptEdit(Kept, OwnEdit):
    pass


class KeptDelete(OwnDelete):
    def delete_action(self):
        super().delete_action()
        forget_vocabulary()


class SynonymViewSet(OwnedViewSet):
    model = Synonym
    icon = "openquote"
    menu_label = gettext_lazy("Synonymes")
    menu_name = "synonyms"
    menu_hook = "register_search_menu_item"
    menu_order = 20
    add_to_admin_menu = False
    list_display = [
        "said",
        Column("link", label=gettext_lazy("Lien"), accessor="get_link_display"),
        "means",
        Column("territory", label=gettext_lazy("Pour"), accessor=whose),
    ]
    list_filter = ["link"]
    search_fields = ["said", "means"]
    edit_handler = ObjectList(
        [
            FieldPanel("said"),
            FieldPanel("link", widget=forms.RadioSelect),
            FieldPanel("means"),
            FieldPanel("territory"),
        ],
        base_form_class=SynonymForm,
    )
    add_view_class = OwnCreate
    edit_view_class = KeptEdit
    delete_view_class = KeptDelete
