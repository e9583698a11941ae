from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from newsletter.models import NewsletterPage
from territories.blocks.listing import start_of
from territories.models import Territory
from territories.pages.editor import BesideTheEditor, edit_url

from .filling import OLDEST_NEWS, add_to, last_letter_day, proposals
from .starting import template_like


class SinceForm(forms.Form):
    since = forms.DateField(
        label=gettext_lazy("Depuis quel jour ?"),
        widget=AdminDateInput,
        help_text=gettext_lazy("Proposé : le jour de la dernière lettre."),
    )

    def __init__(self, *args, territory: Territory, **kwargs) -> None:
        self.territory = territory
        super().__init__(*args, **kwargs)

    def clean_since(self) -> date:
        since = self.cleaned_data["since"]
        today = timezone.localdate(timezone=self.territory.zone)
        if not today - OLDEST_NEWS <= since <= today:
            raise forms.ValidationError(_("Choisissez un jour passé, de moins de deux ans."))
        return since


class OwnLetter(BesideTheEditor):
    """The draft of a letter, for whoever may edit it."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "draft"

    @cached_property
    def letter(self) -> NewsletterPage:
        page = get_object_or_404(NewsletterPage, pk=self.kwargs["page_id"])
        # 404 and not 403: a stranger must not learn which letters are being written.
        if not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page.get_latest_revision_as_object()

    @property
    def edited(self) -> NewsletterPage:
        return self.letter


class FillView(OwnLetter, TemplateView):
    """« Remplir avec les nouveautés »: block by block, what has something new; a tick for each."""

    template_name = "newsletter/fill.html"

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if self.letter.permissions_for_user(request.user).page_locked():
            messages.error(request, _("Cette lettre est verrouillée."))
            return redirect(self.back)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def form(self) -> SinceForm:
        territory = self.letter.territory
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        if "since" not in sent:
            sent = {"since": last_letter_day(territory, before=self.letter)}
        return SinceForm(sent, territory=territory)

    def proposals(self, names: list[str] | None = None) -> list:
        if not self.form.is_valid():
            return []
        since = start_of(self.form.cleaned_data["since"], self.letter.territory)
        return list(proposals(self.letter, since, names))

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "media": self.form.media,
            "proposals": self.proposals(),
        }

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        chosen = request.POST.getlist("blocks")
        if not self.form.is_valid() or not chosen:
            if self.form.is_valid():
                messages.error(request, _("Cochez au moins un bloc à ajouter."))
            return self.render_to_response(self.get_context_data())
        added = add_to(self.letter, self.proposals(chosen))
        if not added:
            messages.warning(request, _("Rien de nouveau depuis ce jour."))
            return redirect(self.back)
        self.letter.save_revision(user=request.user, log_action=True)
        messages.success(
            request,
            _("Ajouté au brouillon : %(blocks)s. Relisez avant de mettre en ligne.")
            % {"blocks": ", ".join(added)},
        )
        return redirect(self.back)

    def get_page_title(self) -> str:
        return _("Remplir avec les nouveautés")


class TemplateForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Nom du modèle"),
        max_length=255,
        help_text=gettext_lazy("Pour le retrouver : « La quinzaine », « Numéro spécial »."),
    )


class SaveAsTemplateView(OwnLetter, FormView):
    """« Enregistrer comme modèle »: the next letters may begin with what this one says."""

    form_class = TemplateForm
    template_name = "newsletter/save_as_template.html"

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        index = self.letter.get_parent()
        if not index.permissions_for_user(request.user).can_add_subpage():
            raise Http404
        if self.letter.is_template or not self.letter.is_record:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.letter.title}

    def form_valid(self, form: TemplateForm) -> HttpResponse:
        title = form.cleaned_data["title"]
        template = template_like(self.letter, title=title, user=self.request.user)
        messages.success(
            self.request,
            _("Le modèle « %(title)s » est enregistré. Il n’est jamais mis en ligne.")
            % {"title": title},
        )
        return redirect(edit_url(template))

    def get_page_title(self) -> str:
        return _("Enregistrer comme modèle")
