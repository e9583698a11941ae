"""The glossary in the admin: each person keeps the entries of where they may."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from territories.tenancy.owned import OwnedViewSet, choose_owner

from .models import DEFINITION_LENGTH, GlossaryEntry

OTHER_LANGUAGES = dict(settings.WAGTAIL_CONTENT_LANGUAGES[1:])


class BaseEntryForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in OTHER_LANGUAGES:
            said = self.instance.translations.get(code, {})
            self.initial[f"words_{code}"] = said.get("words", "")
            self.initial[f"definition_{code}"] = said.get("definition", "")
        choose_owner(
            self,
            everybody=_("Toute la France"),
            advice=_("Le même mot que le glossaire national le remplace chez vous."),
        )

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


class OwnCreate(generic.CreateView):
    def get_initial_form_instance(self):
        """With the word that the proofreading of a page found unexplained."""
        return GlossaryEntry(term=self.request.GET.get("term", "")[:80])


class GlossaryViewSet(OwnedViewSet):
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
    add_view_class = OwnCreate
