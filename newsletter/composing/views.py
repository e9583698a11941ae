from __future__ import annotations

from datetime import datetime, time, timedelta

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from newsletter.models import NewsletterPage

from .filling import fill_since, last_letter_at

OLDEST_NEWS = timedelta(days=730)


class SinceForm(forms.Form):
    since = forms.DateField(
        label=gettext_lazy("Depuis quel jour ?"),
        widget=AdminDateInput,
        help_text=gettext_lazy("Proposé : le jour de la dernière lettre."),
    )

    def clean_since(self):
        since = self.cleaned_data["since"]
        today = timezone.localdate()
        if not today - OLDEST_NEWS <= since <= today:
            raise forms.ValidationError(_("Choisissez un jour passé, de moins de deux ans."))
        return since


class FillView(WagtailAdminTemplateMixin, FormView):
    """« Remplir avec les nouveautés »: gives an empty letter the blocks that have something new."""

    form_class = SinceForm
    template_name = "newsletter/fill.html"
    header_icon = "draft"

    @cached_property
    def letter(self) -> NewsletterPage:
        page = get_object_or_404(NewsletterPage, pk=self.kwargs["page_id"])
        # 404 and not 403: a stranger must not learn which letters are being written.
        if not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page.get_latest_revision_as_object()

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if self.letter.permissions_for_user(request.user).page_locked():
            messages.error(request, _("Cette lettre est verrouillée."))
            return redirect(self.edit_url)
        if self.letter.body:
            messages.error(
                request, _("Cette lettre est commencée : rien n’y est ajouté. Videz-la d’abord.")
            )
            return redirect(self.edit_url)
        return super().dispatch(request, *args, **kwargs)

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.letter.pk])

    def get_initial(self):
        last = last_letter_at(self.letter.territory, before=self.letter)
        day, today = timezone.localdate(last, self.letter.territory.zone), timezone.localdate()
        return {"since": min(max(day, today - OLDEST_NEWS), today)}

    def form_valid(self, form) -> HttpResponse:
        zone = self.letter.territory.zone
        since = datetime.combine(form.cleaned_data["since"], time.min, tzinfo=zone)
        added = fill_since(self.letter, since)
        if not added:
            messages.warning(self.request, _("Rien de nouveau depuis ce jour."))
            return redirect(self.edit_url)
        self.letter.save_revision(user=self.request.user, log_action=True)
        messages.success(
            self.request,
            _("Ajouté au brouillon : %(blocks)s. Relisez avant de mettre en ligne.")
            % {"blocks": ", ".join(added)},
        )
        return redirect(self.edit_url)

    def get_page_title(self):
        return _("Remplir avec les nouveautés")

    def get_page_subtitle(self):
        return self.letter.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.edit_url, "label": self.letter.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]
