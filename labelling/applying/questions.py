"""The form of one step: a criterion, its answers, its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labelling.models import Answer, Criterion, CriterionKind, Evidence
from territories.contact.files import FilesField

from .asked import asked_about
from .facts import Known

MOST, MEGABYTES = 5, 10
LONGEST = 3000
INPUT = {"class": "input"}


class StepForm(forms.Form):
    """One criterion. `answer`: what is kept of it, None before; `known`: what the page proves."""

    met = forms.ChoiceField(
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choisissez l’une des réponses.")},
    )
    text = forms.CharField(
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({**INPUT, "rows": 5}),
        error_messages={
            "max_length": gettext_lazy("Votre réponse est trop longue : gardez 3 000 signes.")
        },
    )
    helps = forms.MultipleChoiceField(
        label=gettext_lazy("Que proposez-vous pour aider à venir ?"),
        help_text=gettext_lazy("Plusieurs réponses possibles. Ce n’est pas obligatoire."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    who = forms.CharField(max_length=150, required=False, widget=forms.TextInput(INPUT))
    files = FilesField(
        most=MOST,
        megabytes=MEGABYTES,
        label=gettext_lazy("Ajouter une preuve"),
        help_text=gettext_lazy(
            "Affiche, message, photo. 5 preuves au plus, de 10 Mo chacune : PDF, image ou document "
            "de bureau."
        ),
        required=False,
    )
    url = forms.URLField(
        label=gettext_lazy("Ou l’adresse d’une page web"),
        max_length=2083,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput({**INPUT, "inputmode": "url", "dir": "ltr"}),
        error_messages={
            "invalid": gettext_lazy(
                "Cette adresse n’est pas complète. Exemple : https://exemple.fr."
            )
        },
    )
    remove = forms.MultipleChoiceField(
        label=gettext_lazy("Vos preuves"),
        help_text=gettext_lazy("Cochez celles que vous voulez retirer."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        criterion: Criterion,
        answer: Answer | None = None,
        evidence: Sequence[Evidence] = (),
        known: Known | None = None,
        **kwargs: Any,
    ) -> None:
        self.criterion, self.answer, self.known = criterion, answer, known
        self.evidence, self.asked = list(evidence), asked_about(criterion)
        super().__init__(*args, initial=self.first_answers(), **kwargs)
        self.fields["met"].label = self.asked.met
        self.fields["met"].choices = [(value, words) for value, words, _met in self.asked.choices]
        self.fields["text"].label = self.asked.text
        self.fields["text"].help_text = self.asked.hint
        self.keep("helps", bool(self.asked.helps), choices=self.asked.helps)
        self.keep("who", bool(self.asked.who), label=self.asked.who)
        choices = [(str(one.pk), one.name) for one in self.evidence]
        self.keep("remove", bool(choices), choices=choices)

    def keep(self, name: str, is_kept: bool, **attributes: Any) -> None:
        if not is_kept:
            del self.fields[name]
            return
        for attribute, value in attributes.items():
            setattr(self.fields[name], attribute, value)

    def first_answers(self) -> Mapping[str, Any]:
        """What was kept; before anything was, what the page proves."""
        if self.answer is not None:
            return {"text": self.answer.text, **self.answer.facts}
        return self.known.answers if self.known else {}

    @classmethod
    def of_kept(cls, **kwargs: Any) -> StepForm:
        """The form as if what is kept, or known where nothing is, had just been sent: its errors
        are what is missing."""
        kept = cls(**kwargs)
        data = MultiValueDict(
            {
                name: value if isinstance(value, list) else [value]
                for name, value in kept.initial.items()
            }
        )
        return cls(data, **kwargs)

    @property
    def is_mandatory(self) -> bool:
        return self.criterion.kind == CriterionKind.MANDATORY

    @property
    def is_met(self) -> bool | None:
        return self.asked.is_met(self.typed("met"))

    @property
    def is_proved(self) -> bool:
        """The page says enough: words are welcome, not asked for."""
        return bool(self.known and self.known.answers.get("met") and self.criterion.key != "access")

    def typed(self, name: str) -> str:
        """As it was sent, right or wrong; PostgreSQL keeps no NUL."""
        return str(self.data.get(name) or "").replace("\x00", "").strip()

    def typed_facts(self) -> dict[str, Any]:
        """The small answers, to be kept: what is no choice of the form is not."""
        facts: dict[str, Any] = {}
        if self.is_met is not None:
            facts["met"] = self.typed("met")
        if "helps" in self.fields:
            offered = {value for value, _words in self.asked.helps}
            facts["helps"] = [one for one in self.data.getlist("helps") if one in offered]
        if "who" in self.fields:
            facts["who"] = self.typed("who")
        if self.has_error("url"):
            facts["url"] = self.typed("url")
        return facts

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        met = self.is_met
        if self.is_mandatory and met is None and "met" not in self.errors:
            self.add_error("met", _("Choisissez une réponse."))
        if met and not cleaned.get("text") and "text" not in self.errors and not self.is_proved:
            self.add_error("text", str(self.asked.empty))
        if met and "who" in self.fields and not cleaned.get("who") and "who" not in self.errors:
            self.add_error("who", _("Écrivez le nom de la personne."))
        self.count_evidence(cleaned)
        return cleaned

    def count_evidence(self, cleaned: Mapping[str, Any]) -> None:
        kept = len(self.evidence) - len(cleaned.get("remove") or ())
        added = len(cleaned.get("files") or ()) + bool(cleaned.get("url"))
        if added and kept + added > MOST:
            field = "files" if cleaned.get("files") else "url"
            self.add_error(
                field, ValidationError(_("Gardez 5 preuves au plus : retirez-en d’abord une."))
            )
