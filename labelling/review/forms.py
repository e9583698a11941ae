"""What the coordination and the committee fill in, in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from labelling.grids.adopting import criteria_for
from labelling.labels.bearers import BEARERS
from labelling.models import (
    Application,
    CriteriaGrid,
    Criterion,
    CriterionKind,
    Opinion,
    ReviewRules,
)
from territories.models import Territory


class MoveForm(forms.Form):
    """`seen`: the last step that its reader knew of, so that nobody decides on what has changed."""

    words = forms.CharField(
        label=_("Un mot à garder avec cette étape (facultatif)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CriteriaField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, criterion: Criterion) -> str:
        return format_html("<span><b>{}</b><br>{}</span>", criterion.name, criterion.help_text)


class CriteriaForm(forms.Form):
    """The grid as boxes to tick, what the territory adds to it included."""

    mandatory = CriteriaField(
        Criterion.objects.none(),
        label=_("Les critères obligatoires"),
        help_text=_("Le label les demande tous."),
        required=False,
    )
    optional = CriteriaField(
        Criterion.objects.none(),
        label=_("Les critères facultatifs"),
        help_text=_("Cochez ceux qui sont remplis."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        territory: Territory,
        grid: CriteriaGrid,
        ticked: Iterable[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = criteria_for(territory, grid)
        ticked = set(ticked)
        for kind in CriterionKind:
            pks = [one.pk for one in self.known if one.kind == kind]
            field = self.fields[kind.value]
            field.queryset = Criterion.objects.filter(pk__in=pks)
            field.initial = [pk for pk in pks if pk in ticked]

    @property
    def criteria(self) -> list[Criterion]:
        return [*self.cleaned_data["mandatory"], *self.cleaned_data["optional"]]


class DecisionForm(CriteriaForm, MoveForm):
    field_order = ["mandatory", "optional", "words", "seen"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        words.label, words.required = _("Pourquoi cette décision ?"), True
        words.help_text = _("Deux ou trois phrases simples, pour la personne qui demande.")


class GrantForm(DecisionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Pourquoi ce label ?")
        self.fields["words"].help_text = _("Deux ou trois phrases simples. Tout le monde les lira.")


class ReturnForm(MoveForm):
    """A word on the whole, and a question by criterion, each of which may stay empty."""

    def __init__(self, *args: Any, territory: Territory, grid: CriteriaGrid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Ce qui manque, en général")
        self.known = criteria_for(territory, grid)
        for criterion in self.known:
            self.fields[f"question_{criterion.pk}"] = forms.CharField(
                label=criterion.name,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=1000,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not any(said.get(name) for name in self.fields if name != "seen"):
            self.add_error("words", _("Écrivez au moins une question, ici ou sous un critère."))
        return said

    @property
    def questions(self) -> list[tuple[Criterion | None, str]]:
        return [(one, self.cleaned_data[f"question_{one.pk}"]) for one in self.known]


class OpinionForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Votre avis"), choices=Opinion.Verdict, widget=forms.RadioSelect, required=False
    )
    comment = forms.CharField(
        label=_("Commentaire"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    has_conflict = forms.BooleanField(
        label=_("J’ai un lien avec cette demande"),
        help_text=_("Vous y travaillez, vous l’organisez, un proche l’organise…"),
        required=False,
    )
    conflict_words = forms.CharField(label=_("Quel lien ?"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("has_conflict"):
            if not said.get("conflict_words") and "conflict_words" not in self.errors:
                self.add_error("conflict_words", _("Dites lequel, en quelques mots."))
        elif not said.get("verdict") and "verdict" not in self.errors:
            self.add_error("verdict", _("Choisissez un avis, ou dites votre lien."))
        return said


class RecordChooser(AdminPageChooser):
    """Wagtail's chooser shows again whatever was posted: here, what may be chosen alone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(target_models=list(BEARERS), **kwargs)
        self.own = Page.objects.none()

    def get_instance(self, value: Any) -> Page | None:
        pk = getattr(value, "pk", value)
        is_key = isinstance(pk, int) or str(pk).isdecimal()
        found = self.own.filter(pk=pk).first() if is_key else None
        return found and found.specific


class AttachForm(forms.Form):
    """One of the territory's records: an event, an action or a place."""

    page = forms.ModelChoiceField(
        Page.objects.none(),
        label=_("Quelle page portera le label ?"),
        widget=RecordChooser,
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Q()
        for model in BEARERS:
            records = model.objects.filter(territory=application.territory_id)
            own |= Q(pk__in=records.order_by().values("pk"))
        self.fields["page"].queryset = Page.objects.filter(own)
        self.fields["page"].widget.own = Page.objects.filter(own)


class RulesForm(forms.ModelForm):
    class Meta:
        model = ReviewRules
        fields = ["quorum", "answer_within"]
