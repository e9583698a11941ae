from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from newsroom.models import Consent

SCAN_MOST = 5 * 1024 * 1024


class ConsentForm(forms.ModelForm):
    class Meta:
        model = Consent
        fields = (
            *("given_by", "given_on", "covers_picture", "covers_first_name"),
            *("ends_on", "scan", "kept_by"),
        )
        widgets = {
            "given_on": AdminDateInput,
            "ends_on": AdminDateInput,
            # Without a link: the file has no address but that of its own view.
            "scan": forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        }

    def clean_given_on(self) -> date:
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("L’accord est signé avant d’être enregistré ici."))
        return day

    def clean_scan(self):
        scan = self.cleaned_data["scan"]
        if scan and scan.size > SCAN_MOST:
            raise forms.ValidationError(_("Ce fichier pèse plus de 5 Mo. Scannez-le plus petit."))
        return scan

    def clean(self):
        cleaned = super().clean()
        given_on, ends_on = cleaned.get("given_on"), cleaned.get("ends_on")
        if given_on and ends_on and ends_on <= given_on:
            self.add_error("ends_on", _("L’accord s’arrête après le jour où il est signé."))
        elif ends_on and ends_on < timezone.localdate():
            self.add_error("ends_on", _("Ce jour est passé. Demandez un nouvel accord."))
        if not (cleaned.get("scan") or cleaned.get("kept_by") or "scan" in self.errors):
            self.add_error(
                "kept_by", _("Joignez l’accord scanné, ou dites où l’original est rangé.")
            )
        return cleaned


class WithdrawForm(forms.Form):
    day = forms.DateField(
        label=gettext_lazy("Demandé le"),
        widget=AdminDateInput,
        help_text=gettext_lazy("Le jour où la personne a retiré son accord."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi ?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        help_text=gettext_lazy(
            "Une phrase, sans rien de personnel : le journal du territoire la garde."
        ),
    )

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ce jour n’est pas encore venu."))
        return day
