"""Adding somebody who called, telling those who come, taking the list away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from django.views.generic.base import View
from wagtail.admin import messages

from agenda.models import Registration
from agenda.models.registrations import CHANGE
from agenda.registration.desk import Desk
from agenda.registration.form import Person
from agenda.registration.registering import NoPlace, register_by_hand
from agenda.registration.telling import tell_changes
from territories.spreadsheets.downloads import csv_to_be_saved, dated

from .own import OwnEvent
from .sections import Section


class ByHandForm(Person):
    """Without a telephone or an e-mail too: somebody at the desk may have neither."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "date": _("Date"),
            "people": _("Nombre de personnes"),
            "first_name": _("Prénom"),
            "name": _("Nom"),
            "phone": _("Téléphone"),
            "email": _("Adresse e-mail"),
            "note": _("À savoir"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("class", None)


class AddView(OwnEvent, FormView):
    template_name = "agenda/registration/admin/add.html"
    page_title = _("Ajouter une personne")
    permission = CHANGE
    form_class = ByHandForm

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.event, is_ours=True)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "desk": self.desk}

    def get_initial(self) -> dict[str, Any]:
        return {"date": self.request.GET.get("date", "")}

    def form_valid(self, form: ByHandForm) -> HttpResponse:
        said = form.cleaned_data
        try:
            added = register_by_hand(
                event=self.event, key=said["date"], said=said, added_by=self.request.user
            )
        except NoPlace:
            form.add_error(None, _("Cette date n’est plus à l’agenda. Choisissez-en une autre."))
            return self.form_invalid(form)
        sentence = gettext("%(who)s est sur la liste.") % {"who": added.who}
        if added.email:
            sentence += " " + gettext("Un e-mail le confirme.")
        messages.success(self.request, sentence)
        return redirect("registrations:event", self.event.pk)

    def form_invalid(self, form: ByHandForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs) -> Mapping[str, Any]:
        return {**super().get_context_data(**kwargs), "desk": self.desk}


class TellForm(forms.Form):
    word = forms.CharField(
        label=_("Un mot de votre part"),
        max_length=1000,
        required=False,
        help_text=_("En français. Le site dit déjà ce qui change : annulé, reporté, déplacé."),
        widget=forms.Textarea({"rows": 4}),
    )


class TellView(OwnEvent, FormView):
    """« Prévenir les inscrits »: mails leave on this action alone; the others are to be called."""

    template_name = "agenda/registration/admin/tell.html"
    page_title = _("Prévenir les inscrits")
    permission = CHANGE
    form_class = TellForm

    @property
    def concerned(self) -> list[Registration]:
        """Those to be told something; where nothing changed, all who come, to be told a word."""
        return self.roll.to_tell or self.roll.to_come

    def form_valid(self, form: TellForm) -> HttpResponse:
        concerned, word = self.concerned, form.cleaned_data["word"]
        if not self.roll.to_tell and not word:
            form.add_error("word", _("Rien n’a changé : écrivez ce que vous voulez leur dire."))
            return self.form_invalid(form)
        called = {int(pk) for pk in self.request.POST.getlist("called") if pk.isdigit()}
        sent = tell_changes(
            event=self.event,
            registrations=concerned,
            called=called,
            word=word,
            told_by=self.request.user,
        )
        sentence = ngettext("%(count)d e-mail part.", "%(count)d e-mails partent.", sent)
        messages.success(self.request, sentence % {"count": sent})
        return HttpResponseRedirect(reverse("registrations:event", args=[self.event.pk]))

    def form_invalid(self, form: TellForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs) -> Mapping[str, Any]:
        concerned = self.concerned
        return {
            **super().get_context_data(**kwargs),
            "mailed": [one for one in concerned if one.email],
            "to_call": [one for one in concerned if not one.email],
        }


class PrintView(OwnEvent, View):
    """The list for the table at the door: a sheet of its own, without the frame of the admin."""

    page_title = _("Liste à imprimer")

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        sections = [one for one in self.roll.shown(with_past=False) if not one.is_off]
        asked = request.GET.get("date")
        chosen = [one for one in sections if asked is None or one.key == asked]
        context = {"event": self.event, "sections": chosen}
        return render(request, "agenda/registration/admin/print.html", context)


HEADINGS = (
    *(_("Rendez-vous"), _("Date"), _("État"), _("Prénom"), _("Nom"), _("Téléphone")),
    *(_("Adresse e-mail"), _("Nombre de personnes"), _("À savoir"), _("Présent"), _("Reçue")),
)
CAME = {True: _("oui"), False: _("non"), None: ""}


class ExportView(OwnEvent, View):
    """Every registration of the event, one a line, formulas made harmless."""

    page_title = _("Télécharger en CSV")

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        return csv_to_be_saved(dated(f"inscriptions-{self.event.slug}"), HEADINGS, self.rows())

    def rows(self) -> Iterator[list[object]]:
        for section in self.roll.sections:
            for one in (*section.registered, *section.waiting, *section.cancelled):
                yield self.row(section, one)

    def row(self, section: Section, one: Registration) -> list[object]:
        zone = self.event.zone
        start = section.start.astimezone(zone) if section.start else None
        return [
            *(self.event.title, f"{start:%Y-%m-%d %H:%M}" if start else section.title),
            *(one.get_state_display(), one.first_name, one.name, one.phone, one.email),
            *(one.people, one.note, CAME[one.came]),
            f"{one.registered_at.astimezone(zone):%Y-%m-%d %H:%M}",
        ]
