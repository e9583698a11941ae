from __future__ import annotations

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from territories.models import Territory

from .grids.adopting import criteria_for
from .labels.granting import check_criteria
from .models import CriteriaGrid, Criterion, CriterionKind


class CriteriaField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, criterion: Criterion) -> str:
        return format_html("<span><b>{}</b><br>{}</span>", criterion.name, criterion.help_text)


class GrantForm(forms.Form):
    """The grid as boxes to tick; a mandatory criterion that is missing is named."""

    mandatory = CriteriaField(
        Criterion.objects.none(),
        label=_("Les critères obligatoires"),
        help_text=_("Le label les demande tous."),
        required=False,
    )
    optional = CriteriaField(
        Criterion.objects.none(),
        label=_("Les critères facultatifs"),
        help_text=_("Cochez ceux que ce rendez-vous remplit."),
        required=False,
    )
    reasons = forms.CharField(
        label=_("Pourquoi ce label ?"),
        help_text=_("Deux ou trois phrases simples. Tout le monde les lira."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args, grid: CriteriaGrid, territory: Territory, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.grid, self.territory = grid, territory
        known = [one.pk for one in criteria_for(territory, grid)]
        for kind in CriterionKind:
            self.fields[kind.value].queryset = Criterion.objects.filter(pk__in=known, kind=kind)

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            check_criteria(self.grid, self.criteria, territory=self.territory)
        return cleaned

    @property
    def criteria(self) -> list[Criterion]:
        return [*self.cleaned_data["mandatory"], *self.cleaned_data["optional"]]


class WithdrawForm(forms.Form):
    reasons = forms.CharField(
        label=_("Pourquoi le retirer ?"),
        help_text=_("Une phrase. Elle est gardée avec le label."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
