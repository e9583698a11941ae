from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawForm(forms.Form):
    reasons = forms.CharField(
        label=_("Pourquoi le retirer ?"),
        help_text=_("Une phrase. Elle est gardée avec le label."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
