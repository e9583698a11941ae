"""The form of a term: the words of each other language in a field of its own."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

OTHER_LANGUAGES = dict(settings.WAGTAIL_CONTENT_LANGUAGES[1:])
PREFIX = "words_"
WORDS_FIELDS = {
    PREFIX + code: forms.CharField(
        label=name, max_length=200, required=False, help_text=_("Vide : le mot français.")
    )
    for code, name in OTHER_LANGUAGES.items()
}


class BaseTermForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for code in OTHER_LANGUAGES:
            self.initial[PREFIX + code] = self.instance.translations.get(code, "")

    def save(self, commit: bool = True):
        # An emptied field is kept empty: the next migration must not fill it in again.
        self.instance.translations.update(
            {code: self.cleaned_data[PREFIX + code] for code in OTHER_LANGUAGES}
        )
        return super().save(commit)


# A form field must be declared for a panel to name it, and the languages are those of the settings.
TermForm = type("TermForm", (BaseTermForm,), dict(WORDS_FIELDS))
