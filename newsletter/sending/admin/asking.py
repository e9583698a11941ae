"""« Envoyer »: what is said before it leaves, and the letter for oneself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, View
from wagtail.admin import messages

from newsletter.models import NewsletterPage, Sending
from newsletter.rendering.checking import Fault, faults_of
from newsletter.rendering.letter import BrokenLetter
from newsletter.sending.deciding import NotNow, schedule
from newsletter.sending.starting import languages_of, readers_by_language
from newsletter.sending.trying import FILES, file_of, try_letter

from .forms import SendForm, TryForm
from .own import OfLetter, may_send, sending_of


class SendView(OfLetter, FormView):
    """First for whom and when; then how many they are, to be confirmed; then it leaves."""

    form_class = SendForm
    template_name = "newsletter/sending/send.html"

    def allows(self, letter: NewsletterPage) -> bool:
        return may_send(self.request.user, letter) and not letter.is_template

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if sending := sending_of(self.letter):
            return redirect("sendings:read", sending.pk)
        # Hours are typed, and shown, as they are there.
        with timezone.override(self.letter.territory.zone):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "territory": self.letter.territory}

    @cached_property
    def editions(self) -> Sequence[NewsletterPage]:
        return list(languages_of(self.letter))

    @cached_property
    def faults(self) -> Sequence[Fault]:
        return [fault for page in self.editions for fault in faults_of(page)]

    @cached_property
    def obstacles(self) -> Sequence[str]:
        """Why it cannot leave now, in sentences."""
        found = []
        try:
            if not self.backend.sends:
                found.append(_("Ici, le site n’envoie pas les lettres : téléchargez-la."))
        except ImproperlyConfigured:
            found.append(
                _("L’envoi est mal réglé sur le serveur. Prévenez la personne qui s’en occupe.")
            )
        if not self.letter.live:
            found.append(_("La lettre n’est pas en ligne. Mettez-la en ligne d’abord."))
        elif any(page.has_unpublished_changes for page in self.editions):
            found.append(
                _(
                    "La lettre a des changements qui ne sont pas en ligne. Mettez-les en ligne "
                    "d’abord : c’est ce qui est en ligne qui part."
                )
            )
        return found + [str(fault) for fault in self.faults if fault.is_blocking]

    def form_valid(self, form: SendForm) -> HttpResponse:
        if self.obstacles:
            return self.form_invalid(form)
        said = form.cleaned_data
        chosen = {
            "themes": said["themes"],
            "neighbourhoods": said.get("neighbourhoods", []),
            "begins_at": said["begins_at"],
        }
        counted = self.audience(chosen)
        if not counted["readers"]:
            form.add_error(None, _("Personne ne recevrait cette lettre : élargissez votre choix."))
            return self.form_invalid(form)
        if "confirmed" not in self.request.POST:
            shown = self.get_context_data(form=form, confirms=True, **counted)
            return self.render_to_response({**shown, "begins_at": said["begins_at"]})
        try:
            sending = schedule(letter=self.letter, asked_by=self.request.user, **chosen)
        except NotNow:
            messages.error(self.request, _("Cette lettre a déjà été envoyée."))
            return redirect("sendings:send", self.letter.pk)
        if said["begins_at"]:
            messages.success(self.request, _("L’envoi est prévu."))
        else:
            messages.success(self.request, _("L’envoi commence."))
        return redirect("sendings:read", sending.pk)

    def form_invalid(self, form: SendForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def audience(self, chosen: dict[str, Any]) -> dict[str, Any]:
        """How many readers, in which language."""
        asked = Sending(
            letter=self.letter,
            territory=self.letter.territory,
            themes=chosen["themes"],
            neighbourhoods=chosen["neighbourhoods"],
        )
        found = readers_by_language(asked)
        locales = {page.locale for page in (self.letter, *self.editions)}
        names = {one.language_code: one.get_display_name() for one in locales}
        return {
            "readers": sum(found.values()),
            "languages": [(names[code], number) for code, number in sorted(found.items())],
        }

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        everybody = {"themes": [], "neighbourhoods": []}
        return {
            **super().get_context_data(**self.audience(everybody)),
            "obstacles": self.obstacles,
            "warnings": [str(fault) for fault in self.faults if not fault.is_blocking],
            "files": FILES,
            **kwargs,
        }

    def get_page_title(self) -> str:
        return _("Envoyer la lettre")


class TryView(OfLetter, FormView):
    form_class = TryForm
    template_name = "newsletter/sending/try.html"

    def get_initial(self) -> dict[str, str]:
        return {"addresses": self.request.user.email}

    def form_valid(self, form: TryForm) -> HttpResponse:
        to = form.cleaned_data["addresses"]
        draft = self.letter.get_latest_revision_as_object()
        try:
            try_letter(letter=draft, to=to, by=self.request.user)
        except BrokenLetter as error:
            form.add_error(None, list(error.sentences))
            return self.form_invalid(form)
        sentence = ngettext(
            "La lettre d’essai part à %(count)d adresse.",
            "La lettre d’essai part à %(count)d adresses.",
            len(to),
        )
        messages.success(self.request, sentence % {"count": len(to)})
        return redirect("wagtailadmin_pages:edit", self.letter.pk)

    def form_invalid(self, form: TryForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_page_title(self) -> str:
        return _("Envoyer une lettre d’essai")


class FileView(OfLetter, View):
    """The letter as a file, for a tool of one's own: the last draft, as it is read again."""

    def get(self, request: HttpRequest, page_id: int, kind: str) -> HttpResponse:
        if kind not in FILES:
            raise Http404
        try:
            content = file_of(self.letter.get_latest_revision_as_object(), kind)
        except BrokenLetter as error:
            messages.error(request, str(error))
            return redirect("newsletter_proof", self.letter.pk)
        answer = HttpResponse(content, content_type=f"{FILES[kind]}; charset=utf-8")
        name = f"{self.letter.slug or 'lettre'}.{kind}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
