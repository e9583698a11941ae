"""« Nouvelle lettre » in the admin: where one begins, and with what."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from newsletter.models import NewsletterIndexPage, NewsletterPage
from newsletter.models.sendings import READ
from territories.pages.editor import edit_url
from territories.tenancy.policies import pages_with
from territories.tenancy.roles import may_somewhere

from .filling import last_letter_day
from .starting import earlier_letters, letter_like, letter_of_news, templates_of

LETTERS_SHOWN = 12


def own_indexes(user: User) -> QuerySet[NewsletterIndexPage]:
    """The lists of letters under which a person may begin one."""
    own = pages_with(user, ("add",)).order_by().values("pk")
    found = NewsletterIndexPage.objects.records().open().filter(pk__in=own)
    return found.select_related("territory").order_by("territory__name")


class StartSomewhereView(WagtailAdminTemplateMixin, TemplateView):
    """To « Nouvelle lettre » of one's territory; whoever has several chooses."""

    template_name = "newsletter/start_somewhere.html"
    header_icon = "mail"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        indexes = list(own_indexes(request.user))
        if not indexes:
            raise Http404
        if len(indexes) == 1:
            return redirect("newsletter_start", indexes[0].pk)
        return self.render_to_response(self.get_context_data(indexes=indexes))

    def get_page_title(self) -> str:
        return _("Nouvelle lettre")


class StartItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """To whoever is in charge of letters somewhere."""
        return may_somewhere(request.user, READ)


def start_item() -> MenuItem:
    return StartItem(
        gettext_lazy("Nouvelle lettre"),
        reverse("newsletter_start_somewhere"),
        name="new-letter",
        icon_name="plus-inverse",
        order=10,
    )


class StartView(WagtailAdminTemplateMixin, TemplateView):
    """« Nouvelle lettre »: from what is new, from a template, or from an earlier letter."""

    template_name = "newsletter/start.html"
    header_icon = "mail"

    @cached_property
    def index(self) -> NewsletterIndexPage:
        page = get_object_or_404(NewsletterIndexPage, pk=self.kwargs["index_id"])
        may_add = page.permissions_for_user(self.request.user).can_add_subpage()
        if not may_add or not page.is_record or not NewsletterPage.can_create_at(page):
            raise Http404
        return page

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        territory = self.index.territory
        return {
            **super().get_context_data(**kwargs),
            "index": self.index,
            "since": last_letter_day(territory),
            "templates": [
                (template, template.permissions_for_user(self.request.user))
                for template in templates_of(territory)
            ],
            "letters": earlier_letters(territory)[:LETTERS_SHOWN],
        }

    def post(self, request: HttpRequest, index_id: int) -> HttpResponse:
        if key := request.POST.get("like"):
            letter = letter_like(self.index, self.source(key), request.user)
            messages.success(request, _("La lettre est commencée. Elle n’est pas en ligne."))
            return redirect(edit_url(letter))
        letter, added = letter_of_news(self.index, request.user)
        if added:
            messages.success(
                request,
                _("La lettre est commencée avec : %(blocks)s. Relisez avant de mettre en ligne.")
                % {"blocks": ", ".join(added)},
            )
        else:
            messages.warning(
                request, _("La lettre est commencée, vide : il n’y a rien de nouveau à y mettre.")
            )
        return redirect(edit_url(letter))

    def source(self, key: str) -> NewsletterPage:
        """A template as it was last saved; an earlier letter as it was read."""
        territory = self.index.territory
        if not key.isdecimal() or len(key) > 12:
            raise Http404
        template = templates_of(territory).filter(pk=key).first()
        if template is not None:
            return template.get_latest_revision_as_object()
        return get_object_or_404(earlier_letters(territory), pk=key)

    def get_page_title(self) -> str:
        return _("Nouvelle lettre")

    def get_page_subtitle(self) -> str:
        return self.index.territory.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        explore = reverse("wagtailadmin_explore", args=[self.index.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": explore, "label": self.index.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]
