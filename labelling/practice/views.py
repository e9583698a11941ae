"""Practice sheets in the admin: written from a report, kept up with it, taken up elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from labelling.models import PracticeSheetPage, Report, ReportPhoto
from territories.models import Territory
from territories.pages.editor import edit_url

from .carrying import take_newer_facts
from .reusing import reuse_sheet, shared_sheets, territories_that_may_reuse
from .sheet import carried, reused_in
from .writing import draft_sheet, sheet_of, sheets_page_of

LIST_TITLE = gettext_lazy("Fiches actions des autres territoires")


def may_write(user, report: Report) -> bool:
    """Whether the person may add a sheet where the report belongs."""
    parent = sheets_page_of(report.territory_id)
    return parent is not None and parent.permissions_for_user(user).can_add_subpage()


class PhotosField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, photo: ReportPhoto) -> str:
        name = photo.file.name.rpartition("-")[2]
        return f"{name} ({photo.credit})" if photo.credit else name


class WriteForm(forms.Form):
    photos = PhotosField(
        ReportPhoto.objects.none(),
        label=gettext_lazy("Les photos à reprendre"),
        help_text=gettext_lazy(
            "Seules celles que les personnes acceptent de montrer sont proposées."
        ),
        required=False,
    )

    def __init__(self, *args, report: Report, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        agreed = report.photos.filter(is_agreed=True)
        self.fields["photos"].queryset = agreed
        if not agreed.exists():
            del self.fields["photos"]


class WriteFromReportView(WagtailAdminTemplateMixin, FormView):
    """« Écrire une fiche action »: what will be carried along, then one button."""

    form_class = WriteForm
    template_name = "labelling/practice/write.html"
    header_icon = "clipboard-list"
    page_title = gettext_lazy("Écrire une fiche action")

    @cached_property
    def report(self) -> Report:
        """404 for a stranger, who learns nothing."""
        own = Report.objects.of_user(self.request.user).received()
        return get_object_or_404(
            own.select_related("label__page", "label__grid", "territory"),
            pk=self.kwargs["report_id"],
        )

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_write(request.user, self.report):
            raise PermissionDenied
        if found := sheet_of(self.report):
            return redirect(edit_url(found))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "report": self.report}

    def form_valid(self, form: WriteForm) -> HttpResponse:
        try:
            sheet = draft_sheet(
                report=self.report,
                user=self.request.user,
                photos=form.cleaned_data.get("photos", ()),
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request, _("Le brouillon est prêt. Relisez-le, puis publiez la fiche.")
        )
        return redirect(edit_url(sheet))

    def get_page_subtitle(self) -> str:
        return self.report.label.page.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("label_reports:fill", args=[self.report.pk]), "label": _("Bilan")},
            {"url": "", "label": self.page_title},
        ]


class TakeFactsView(View):
    """One button in the editor of a sheet: its report has changed, and its figures are wanted."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        sheet = get_object_or_404(PracticeSheetPage, pk=page_id).record
        # The report may be read by whoever edits the sheet: it is of the same territory.
        if not sheet.permissions_for_user(request.user).can_edit():
            raise Http404
        try:
            published = take_newer_facts(sheet=sheet, user=request.user)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        else:
            messages.success(
                request,
                _("Les nouveaux chiffres sont sur la fiche publiée.")
                if published
                else _("Les nouveaux chiffres sont dans le brouillon. Publiez quand il est prêt."),
            )
        return redirect(edit_url(sheet))


class ReuseForm(forms.Form):
    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=gettext_lazy("Dans l’agenda de"), empty_label=None
    )

    def __init__(self, *args, territories, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories


class SheetView(WagtailAdminTemplateMixin, FormView):
    """A sheet of another territory, and the agenda in which one takes it up."""

    form_class = ReuseForm
    template_name = "labelling/practice/reuse.html"
    header_icon = "clipboard-list"
    page_title = gettext_lazy("Fiche action")

    @cached_property
    def sheet(self) -> PracticeSheetPage:
        from .others import may_look

        if not may_look(self.request.user):
            raise PermissionDenied
        return get_object_or_404(shared_sheets(), pk=self.kwargs["page_id"])

    @cached_property
    def territories(self):
        own = territories_that_may_reuse(self.request.user)
        return own.exclude(pk=self.sheet.territory_id)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.territories.exists():
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "territories": self.territories}

    def form_valid(self, form: ReuseForm) -> HttpResponse:
        try:
            event = reuse_sheet(
                sheet=self.sheet,
                territory=form.cleaned_data["territory"],
                user=self.request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("Le brouillon est dans votre agenda. Donnez-lui une date, un lieu, vos mots."),
        )
        return redirect(edit_url(event))

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "sheet": self.sheet,
            "carried": carried(self.sheet.facts),
            "reused_in": reused_in(self.sheet),
            "may_reuse": self.territories.exists(),
        }

    def get_page_subtitle(self) -> str:
        return self.sheet.title

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("labelling_practice:index"), "label": LIST_TITLE},
            {"url": "", "label": self.sheet.title},
        ]
