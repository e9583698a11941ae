"""Adding somebody who asked at the counter, taking the list away, bringing one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from newsletter.models import Subscriber, SubscriberFile
from newsletter.models.subscribers import ADD
from newsletter.subscribing import table
from newsletter.subscribing.form import email_field
from newsletter.subscribing.importing.applying import keep_plan, start
from newsletter.subscribing.importing.planning import Kind, Plan, plan_entries
from newsletter.subscribing.importing.reading import read_file
from territories.audit.recording import record
from territories.importing.reading import MOST
from territories.importing.records import BadFile
from territories.spreadsheets.downloads import csv_to_be_saved, dated, workbook_to_be_saved
from territories.spreadsheets.workbook import Sheet

from .keeping import Refused, add_by_hand
from .own import FILES, Admin, OwnFormView, OwnTerritoryForm, own_territories

# Of what is refused, shown line by line.
SHOWN = 200


class AddForm(OwnTerritoryForm):
    email = email_field()
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES, initial="fr")
    words = forms.CharField(
        label=_("Comment cette personne l’a demandé"),
        max_length=1000,
        help_text=_("Par exemple : « au forum du 12 mars, sur la feuille d’inscription »."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Dites où et comment cette personne l’a demandé.")},
    )

    refusals = {
        "objected": _(
            "Cette personne a demandé à ne plus rien recevoir. Elle seule peut se réabonner, avec "
            "le formulaire du site."
        ),
        "known": _("Cette personne est déjà abonnée."),
        "mailed": _("Un message est déjà parti à cette adresse il y a moins d’une heure."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Adresse e-mail")
        self.fields["email"].widget.attrs.pop("class", None)


class AddView(OwnFormView, FormView):
    template_name = "newsletter/subscribing/admin/add.html"
    page_title = _("Ajouter une personne")
    permission = ADD
    form_class = AddForm

    def form_valid(self, form: AddForm) -> HttpResponse:
        try:
            add_by_hand(**form.cleaned_data, added_by=self.request.user)
        except Refused as refused:
            form.add_error("email", form.refusals[str(refused)])
            return self.form_invalid(form)
        messages.success(
            self.request, _("Un message demande à cette personne de confirmer : rien avant.")
        )
        return redirect("subscribers:index")


class ExportView(Admin, TemplateView):
    """The readers of one territory, one a line, formulas made harmless."""

    template_name = "newsletter/subscribing/admin/export.html"
    page_title = _("Télécharger les abonnés")
    permission = FILES

    def get(self, request: HttpRequest) -> HttpResponse:
        own = own_territories(request.user, FILES)
        asked = request.GET.get("territory", "")
        territory = get_object_or_404(own, slug=asked) if asked else None
        if territory is None:
            # Of a lone one at once; of several, somebody says which.
            found = list(own)
            if len(found) != 1:
                return self.render_to_response(self.get_context_data(territories=found))
            [territory] = found
        found = Subscriber.objects.filter(territory=territory).prefetch_related("consents")
        rows = table.rows(territory, found.iterator(500))
        name = dated(f"abonnes-{territory.slug}")
        record(territory=territory, action="subscribers.export", user=request.user)
        answer: Any
        if request.GET.get("format") == "xlsx":
            headings = [str(heading) for heading in table.HEADINGS]
            answer = workbook_to_be_saved(name, [Sheet(gettext("Abonnés"), headings, rows)])
        else:
            answer = csv_to_be_saved(name, table.HEADINGS, rows)
        answer["Cache-Control"] = "no-store"
        return answer


class ImportForm(OwnTerritoryForm):
    permission = FILES
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_(
            "CSV ou XLSX, avec une colonne « Adresse e-mail ». Et, si vous les avez : langue, "
            "rythme, thèmes, quartier."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide."),
        },
    )
    words = forms.CharField(
        label=_("Où et quand ces personnes ont dit oui"),
        max_length=2000,
        help_text=_("C’est la preuve de leur accord : elle est gardée avec chaque adresse."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Dites où et quand ces personnes ont dit oui.")},
    )
    is_proven = forms.TypedChoiceField(
        label=_("Leur accord"),
        choices=[
            ("", _("N’est pas prouvé : un message demande à chacune de confirmer")),
            ("1", _("Est prouvé : elles avaient déjà confirmé ailleurs, et je peux le montrer")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise forms.ValidationError(gettext("Ce fichier est trop grand : coupez-le."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            file, territory = cleaned["file"], cleaned["territory"]
            try:
                entries = read_file(file.read(), file.name, territory)
            except BadFile as error:
                self.add_error("file", str(error))
            else:
                self.plan = plan_entries(territory, entries)
        return cleaned


class ImportView(OwnFormView, FormView):
    """The plan is kept and shown: nobody is written to before somebody has said yes to it."""

    template_name = "newsletter/subscribing/admin/import.html"
    page_title = _("Reprendre un fichier d’abonnés")
    permission = FILES
    form_class = ImportForm

    def form_valid(self, form: ImportForm) -> HttpResponse:
        said, plan = form.cleaned_data, form.plan
        file = keep_plan(
            territory=said["territory"],
            plan=plan,
            name=said["file"].name,
            words=said["words"],
            is_proven=said["is_proven"],
            added_by=self.request.user,
        )
        context = self.get_context_data(form=form, file=file, **self.shown(plan))
        return self.render_to_response(context)

    def shown(self, plan: Plan) -> dict[str, Any]:
        words = {
            Kind.NEW: _("nouvelles"),
            Kind.KNOWN: _("déjà connues, laissées telles quelles"),
            Kind.OBJECTED: _("ont demandé à ne plus rien recevoir, laissées de côté"),
            Kind.REFUSED: _("refusées"),
        }
        refused = plan.of(Kind.REFUSED)
        return {
            "counts": [(plan.counts[kind], word) for kind, word in words.items()],
            "refused": refused[:SHOWN],
            "more_refused": max(len(refused) - SHOWN, 0),
        }


class FileView(Admin, TemplateView):
    """How far a file is. POST begins, or goes on."""

    template_name = "newsletter/subscribing/admin/file.html"
    page_title = _("Reprise d’un fichier")
    permission = FILES

    @cached_property
    def file(self) -> SubscriberFile:
        found = SubscriberFile.objects.of_user(self.request.user, FILES)
        return get_object_or_404(found, pk=self.kwargs["subscriber_file_id"])

    def post(self, request: HttpRequest, subscriber_file_id: int) -> HttpResponse:
        start(self.file)
        return redirect("subscribers:file", subscriber_file_id)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        words = {
            "active": _("abonnées"),
            "mailed": _("à qui un message demande de confirmer"),
            "known": _("déjà connues"),
            "objected": _("qui ne veulent plus rien recevoir"),
        }
        counts = [(self.file.counts[key], said) for key, said in words.items()
                  if key in self.file.counts]  # fmt: skip
        return {**super().get_context_data(**kwargs), "file": self.file, "counts": counts}
