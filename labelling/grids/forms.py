"""The forms of the grid: criteria of one's own, a version to adopt, languages, a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from labelling.models import CriteriaGrid, Criterion

from .words import CRITERION_WORDS, GRID_WORDS, OTHER_LANGUAGES, lacks

LINES = {"problem": 2, "help_text": 3, "examples": 3, "evidence": 2, "introduction": 3}


def area(name: str, **attributes: Any) -> forms.Widget:
    rows = LINES.get(name)
    return (
        forms.Textarea(attrs={"rows": rows, **attributes}) if rows else forms.TextInput(attributes)
    )


def word_field(model: type, name: str, language: str) -> forms.CharField:
    """One text of a grid or a criterion, in another language; never required."""
    stored = model._meta.get_field(name)
    return forms.CharField(
        label=stored.verbose_name,
        required=False,
        max_length=stored.max_length,
        widget=area(name, lang=language, dir="auto"),
    )


def line_by_line(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


class AdditionForm(WagtailAdminModelForm):
    """Neither kind nor number: an addition is optional, and its rank is the next one."""

    class Meta:
        model = Criterion
        fields = CRITERION_WORDS
        widgets = {name: area(name) for name in LINES if name in CRITERION_WORDS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["help_text"].required = True
        for code in OTHER_LANGUAGES:
            said = self.instance.translations.get(code) or {}
            for name in CRITERION_WORDS:
                self.fields[f"{name}_{code}"] = word_field(Criterion, name, code)
                self.initial[f"{name}_{code}"] = said.get(name, "")

    def clean_examples(self) -> str:
        return line_by_line(self.cleaned_data["examples"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.instance.translations = {
            code: {name: cleaned.get(f"{name}_{code}", "") for name in CRITERION_WORDS}
            for code in OTHER_LANGUAGES
        }
        return cleaned

    def french(self) -> list[forms.BoundField]:
        return [self[name] for name in CRITERION_WORDS]

    def languages(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for code, name in OTHER_LANGUAGES.items():
            yield name, [self[f"{field}_{code}"] for field in CRITERION_WORDS]


class AdoptForm(forms.Form):
    """Of which version: another may have come out while the difference was being read."""

    version = forms.CharField(widget=forms.HiddenInput)
    carries = forms.ModelMultipleChoiceField(
        Criterion.objects.none(),
        label=_("Vos critères à garder"),
        help_text=_("Ceux que vous cochez s’ajoutent aussi à la nouvelle version."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, additions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if additions.exists():
            self.fields["carries"].queryset = additions
            self.initial["carries"] = [one.pk for one in additions]
        else:
            del self.fields["carries"]


class WordsForm(forms.Form):
    """All that a grid says, in one other language, each text under the French one."""

    def __init__(self, *args: Any, grid: CriteriaGrid, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grid, self.language = grid, language
        self.criteria = list(grid.criteria.order_by("kind", "number"))
        for prefix, stored, names in self._parts():
            said = stored.translations.get(language) or {}
            for name in names:
                if getattr(stored, name):
                    field = word_field(type(stored), name, language)
                    field.help_text = getattr(stored, name)
                    self.fields[prefix + name] = field
                    self.initial[prefix + name] = said.get(name, "")

    def _parts(self) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
        yield "grid-", self.grid, GRID_WORDS
        for criterion in self.criteria:
            yield f"criterion-{criterion.pk}-", criterion, CRITERION_WORDS

    def parts(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """For the page: a grid or a criterion, and its fields."""
        for prefix, stored, names in self._parts():
            yield stored, [self[prefix + name] for name in names if prefix + name in self.fields]

    def save(self) -> list[str]:
        """An emptied text stays empty. Returns the names of what is not said whole."""
        partly = []
        for prefix, stored, names in self._parts():
            said = {name: self.said(prefix, name) for name in names if prefix + name in self.fields}
            stored.translations = {**stored.translations, self.language: said}
            french: Mapping[str, str] = {name: getattr(stored, name) for name in names}
            if any(said.values()) and lacks(french, said):
                partly.append(stored.name)
        self.grid.save(update_fields=["translations"])
        Criterion.objects.bulk_update(self.criteria, ["translations"])
        return partly

    def said(self, prefix: str, name: str) -> str:
        text = self.cleaned_data[prefix + name]
        return line_by_line(text) if name == "examples" else text


class GridFileForm(forms.Form):
    file = forms.FileField(
        label=_("Fichier de la grille"),
        help_text=_("En TOML, comme le fait « Télécharger en fichier »."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
