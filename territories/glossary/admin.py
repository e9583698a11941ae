"""The glossary in the admin: each person keeps the entries of where they may."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet

from territories.tenancy.roles import NATIONAL, owners_where, territories_where

from .models import DEFINITION_LENGTH, GlossaryEntry, GlossaryQuerySet

ADD = "territories.add_glossaryentry"
CHANGE = "territories.change_glossaryentry"
OTHER_LANGUAGES = dict(settings.WAGTAIL_CONTENT_LANGUAGES[1:])


def keeps_the_national_ones(user: User) -> bool:
    return user.is_superuser or NATIONAL in owners_where(user, CHANGE)


def entries_kept_by(user: User) -> GlossaryQuerySet:
    """Those of the territories where the person coordinates; all of them for the national team."""
    if keeps_the_national_ones(user):
        return GlossaryEntry.objects.all()
    return GlossaryEntry.objects.filter(territory__in=territories_where(user, CHANGE))


class BaseEntryForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in OTHER_LANGUAGES:
            said = self.instance.translations.get(code, {})
            self.initial[f"words_{code}"] = said.get("words", "")
            self.initial[f"definition_{code}"] = said.get("definition", "")
        field = self.fields["territory"]
        own = territories_where(self.for_user, CHANGE if self.instance.pk else ADD)
        field.queryset = own
        if keeps_the_national_ones(self.for_user):
            field.empty_label = _("Toute la France")
        else:
            field.required = True
            field.help_text = _("Le même mot que le glossaire national le remplace chez vous.")
            if not self.instance.pk:
                self.initial.setdefault("territory", own.first())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for code, name in OTHER_LANGUAGES.items():
            if cleaned.get(f"words_{code}") and not cleaned.get(f"definition_{code}"):
                self.add_error(
                    f"definition_{code}",
                    ValidationError(_("Dites aussi le sens en %(language)s, ou videz le mot."),
                                    params={"language": str(name).lower()}),
                )  # fmt: skip
        self.instance.code = self.instance.code or slugify(cleaned.get("term", ""))
        return cleaned

    def save(self, commit: bool = True) -> GlossaryEntry:
        # An emptied language is kept empty: the next migration must not fill it in again.
        for code in OTHER_LANGUAGES:
            self.instance.translations[code] = {
                "words": self.cleaned_data[f"words_{code}"],
                "definition": self.cleaned_data[f"definition_{code}"],
            }
        return super().save(commit)


def _fields_of(code: str) -> dict[str, forms.Field]:
    area = forms.Textarea(attrs={"rows": 2, "lang": code, "dir": "auto"})
    return {
        f"words_{code}": forms.CharField(
            label=_("Mot"),
            max_length=400,
            required=False,
            widget=area,
            help_text=_("Une façon de le dire par ligne ; la première se lit."),
        ),
        f"definition_{code}": forms.CharField(
            label=_("Sens"),
            max_length=DEFINITION_LENGTH,
            required=False,
            widget=area,
            help_text=_("Vide : le sens s’affiche en français."),
        ),
    }


# A form field must be declared for a panel to name it, and the languages are those of the settings.
EntryForm = type(
    "EntryForm",
    (BaseEntryForm,),
    {name: field for code in OTHER_LANGUAGES for name, field in _fields_of(code).items()},
)


def whose(entry: GlossaryEntry) -> Any:
    return entry.territory or _("Toute la France")


class OwnList(generic.IndexView):
    def get_base_queryset(self):
        return entries_kept_by(self.request.user).select_related("territory")


class OwnCreate(generic.CreateView):
    def get_initial_form_instance(self):
        """With the word that the proofreading of a page found unexplained."""
        return GlossaryEntry(term=self.request.GET.get("term", "")[:80])


class OwnEntry:
    """Before every view of one: Wagtail's ask whether one may change entries, and not which."""

    def dispatch(self, request, *args, **kwargs):
        if "pk" in kwargs and request.user.has_perm(CHANGE):
            # 404 and not 403: what others keep is not told.
            get_object_or_404(entries_kept_by(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class OwnEdit(OwnEntry, generic.EditView):
    pass


class OwnDelete(OwnEntry, generic.DeleteView):
    pass


class OwnHistory(OwnEntry, HistoryView):
    pass


class OwnUsage(OwnEntry, UsageView):
    pass


class GlossaryViewSet(ModelViewSet):
    model = GlossaryEntry
    icon = "openquote"
    menu_label = _("Glossaire")
    menu_order = 260
    add_to_admin_menu = True
    list_display = [
        "term",
        "definition",
        Column("territory", label=_("Pour"), accessor=whose),
    ]
    list_filter = ["is_retired"]
    search_fields = ["term", "expansion", "spellings", "definition"]
    edit_handler = ObjectList(
        [
            FieldPanel("term"),
            FieldPanel("expansion"),
            FieldPanel("spellings"),
            FieldPanel("definition"),
            FieldPanel("say_instead"),
            *(
                MultiFieldPanel(
                    [FieldPanel(f"words_{code}"), FieldPanel(f"definition_{code}")], heading=name
                )
                for code, name in OTHER_LANGUAGES.items()
            ),
            FieldPanel("territory"),
            FieldPanel("is_retired"),
        ],
        base_form_class=EntryForm,
    )
    index_view_class = OwnList
    add_view_class = OwnCreate
    edit_view_class = OwnEdit
    delete_view_class = OwnDelete
    history_view_class = OwnHistory
    usage_view_class = OwnUsage
    copy_view_enabled = False
