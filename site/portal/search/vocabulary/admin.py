"""The synonyms in the admin: each person keeps those of where they may."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.search.engines import engine
from portal.search.insight.dealing import deal_with_words
from portal.search.models import SearchDocument, Synonym
from portal.search.queries import Asked
from territories.tenancy.roles import NATIONAL, owners_where, territories_where

from .in_force import forget_vocabulary
from .lines import expressions

ADD, CHANGE = (f"portal_search.{action}_synonym" for action in ("add", "change"))
EXAMPLES = 3


def keeps_the_national_ones(user: User) -> bool:
    return user.is_superuser or NATIONAL in owners_where(user, CHANGE)


def synonyms_kept_by(user: User) -> QuerySet[Synonym]:
    """Those of the territories where the person coordinates; all of them for the national team."""
    if keeps_the_national_ones(user):
        return Synonym.objects.all()
    return Synonym.objects.filter(territory__in=territories_where(user, CHANGE))


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
        field = self.fields["territory"]
        own = territories_where(self.for_user, CHANGE if self.instance.pk else ADD)
        field.queryset = own
        if keeps_the_national_ones(self.for_user):
            field.empty_label = _("Toute la France")
        else:
            field.required = True
            field.help_text = ""
            if not self.instance.pk:
                self.initial["territory"] = self.initial.get("territory") or own.first()


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


class OwnList(generic.IndexView):
    def get_base_queryset(self):
        return synonyms_kept_by(self.request.user).select_related("territory")


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


class OwnSynonym:
    """Before every view of one: Wagtail's ask whether one may change synonyms, and not which."""

    def dispatch(self, request, *args, **kwargs):
        if "pk" in kwargs and request.user.has_perm(CHANGE):
            # 404 and not 403: what others keep is not told.
            get_object_or_404(synonyms_kept_by(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class OwnEdit(OwnSynonym, Kept, generic.EditView):
    pass


class OwnDelete(OwnSynonym, generic.DeleteView):
    def delete_action(self):
        super().delete_action()
        forget_vocabulary()


class OwnHistory(OwnSynonym, HistoryView):
    pass


class OwnUsage(OwnSynonym, UsageView):
    pass


class SynonymViewSet(ModelViewSet):
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
    index_view_class = OwnList
    add_view_class = OwnCreate
    edit_view_class = OwnEdit
    delete_view_class = OwnDelete
    history_view_class = OwnHistory
    usage_view_class = OwnUsage
    copy_view_enabled = False
