"""A spreadsheet of reports, sent in the admin: what it would do is shown before it is done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from labelling.models import Report
from labelling.models.reports import CHANGE
from labelling.reports import table
from labelling.reports.importing.running import carry_out, plan_file
from labelling.rights import own_territories
from territories.importing.plan import Kind, Plan
from territories.importing.reading import MOST
from territories.importing.records import BadFile
from territories.models import Territory
from territories.spreadsheets.downloads import workbook_to_be_saved
from territories.spreadsheets.workbook import Sheet
from territories.tenancy.roles import may_somewhere

from .lists import ICON, LIST_TITLE

# More is for the command, which shows how far it is.
MOST_ROWS = 2000


class ImportForm(forms.Form):
    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=gettext_lazy("Territoire"), empty_label=None
    )
    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy("CSV ou XLSX. Une cellule vide : personne ne sait. 0 : personne."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    only_look = forms.BooleanField(
        label=gettext_lazy("Vérifier seulement, sans rien écrire"), required=False, initial=True
    )

    def __init__(self, *args: Any, user, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = own_territories(user, CHANGE)
        self.fields["territory"].queryset = own
        self.fields["territory"].initial = own.first()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise forms.ValidationError(_("Ce fichier est trop grand : coupez-le en plusieurs."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            file = cleaned["file"]
            try:
                self.plan = plan_file(
                    territory=cleaned["territory"], content=file.read(), name=file.name
                )
            except BadFile as error:
                self.add_error("file", str(error))
            else:
                if len(self.plan.rows) > MOST_ROWS:
                    self.add_error("file", _("Plus de 2 000 lignes : coupez le fichier."))
        return cleaned


class ImportView(WagtailAdminTemplateMixin, FormView):
    form_class = ImportForm
    template_name = "labelling/reports/admin/import.html"
    page_title = gettext_lazy("Reprendre des bilans d’un tableur")
    header_icon = ICON
    plan: Plan | None = None

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_somewhere(request.user, CHANGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("label_reports:index"), "label": LIST_TITLE},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: ImportForm) -> HttpResponse:
        """The plan is shown on the same page: what is refused says why, line by line."""
        self.plan = form.plan
        if not form.cleaned_data["only_look"]:
            carry_out(form.plan)
            messages.success(self.request, _("Les bilans sont repris."))
        return self.render_to_response(self.get_context_data(form=form))

    def form_invalid(self, form: ImportForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.plan is not None:
            words = {
                Kind.NEW: _("nouveaux"), Kind.CHANGED: _("changés"),
                Kind.UNCHANGED: _("inchangés"), Kind.REFUSED: _("refusés"),
            }  # fmt: skip
            context |= {
                "plan": self.plan,
                "counts": [(word, self.plan.count(kind)) for kind, word in words.items()],
                "refused": [row for row in self.plan.rows if row.kind == Kind.REFUSED],
                "is_written": not context["form"].cleaned_data["only_look"],
            }
        return context


class TemplateFileView(View):
    """A workbook to fill in: the reports that a territory waits for, and what each column is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not may_somewhere(request.user, CHANGE):
            raise PermissionDenied
        own = own_territories(request.user, CHANGE)
        asked = request.GET.get("territory", "")
        territory = get_object_or_404(own, slug=asked) if asked else own.first()
        awaited = Report.objects.expected().filter(territory=territory)
        names = [column.name for column in table.TO_IMPORT]
        rows = (
            [*(row[name] if row[name] is not None else "" for name in names), row["titre"]]
            for row in table.rows(awaited)
        )
        return workbook_to_be_saved(
            "modele-bilans",
            [
                Sheet(_("Bilans"), [*names, "titre"], rows, widths=[14] * len(names) + [50]),
                Sheet(
                    _("Aide"),
                    [_("Colonne"), _("Ce qu’on y écrit")],
                    [[column.name, column.meaning] for column in table.TO_IMPORT],
                    widths=(22, 80),
                ),
            ],
        )
