"""« Mes demandes de label »: what a partner asks for the things of its actors, in its account.

The form is the public one: a button mints a link to it, and goes there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from agenda.models import EventPage
from cooperation.models import ActionActor, ActionPage
from labelling.models import Application
from labelling.models.applications import ASK, OVER
from labelling.rights import own_territories
from resources_directory.models import ActorPage
from territories.tenancy.roles import may_somewhere

from .beginning import begin_application
from .choosing import BUSY, with_busy
from .form import Thing
from .links import address_for_applicant

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import Page

SHOWN = 50
TITLE = _("Mes demandes de label")


def actors_of(user: User) -> QuerySet[ActorPage]:
    """Those it speaks for, published, where it may ask."""
    found = ActorPage.objects.findable().filter(
        members__user=user, territory__in=own_territories(user, ASK)
    )
    return found.order_by("title", "pk")


def applications_of(user: User) -> QuerySet[Application]:
    """What it began, and what was begun for its actors."""
    own = Q(user=user) | Q(actor__in=actors_of(user).values("pk"))
    found = Application.objects.filter(own, territory__in=own_territories(user, ASK))
    return found.select_related("territory__site")


def things_of(user: User) -> list[tuple[Any, list[tuple[Page, ActorPage]]]]:
    """What its actors organise, carry or are, by kind, each with the actor."""
    actors = {actor.pk: actor for actor in with_busy(actors_of(user))}
    events = EventPage.objects.findable().filter(organiser__in=actors).upcoming()
    carriers = ActionActor.objects.filter(action=OuterRef("pk"), actor__in=actors)
    actions = ActionPage.objects.findable().annotate(
        carrier=Subquery(carriers.order_by("sort_order", "pk").values("actor")[:1])
    )
    actions = actions.exclude(carrier=None).order_by("title", "pk")
    return [
        (
            EventPage._meta.verbose_name_plural,
            [
                (event, actors[event.organiser_id])
                for event in with_busy(events.order_by("next_start"))
            ],
        ),
        (
            ActionPage._meta.verbose_name_plural,
            [(action, actors[action.carrier]) for action in with_busy(actions)],
        ),
        (_("lieux"), [(actor, actor) for actor in actors.values()]),
    ]


class NewThingForm(Thing):
    """What is in no list yet. `actors`: those the person speaks for."""

    actor = forms.ModelChoiceField(
        label=_("Qui demande ?"), queryset=ActorPage.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, actors: QuerySet[ActorPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actor"].queryset = actors
        self.fields["actor"].label_from_instance = lambda actor: actor.title
        for field in self.fields.values():
            field.widget.attrs.pop("class", None)


class OwnView(WagtailAdminTemplateMixin):
    header_icon = "tag"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_somewhere(request.user, ASK):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        first = {"url": reverse("label_applying:index"), "label": TITLE}
        here = {"url": "", "label": self.get_page_title()}
        own = [first, here] if self.get_page_title() != TITLE else [here]
        return [*super().get_breadcrumbs_items(), *own]


class ApplicationsView(OwnView, TemplateView):
    template_name = "labelling/applying/own.html"
    page_title = TITLE

    def get_context_data(self, **kwargs):
        rows = [
            (name, [(page, actor, BUSY.get(page.busy, "")) for page, actor in things])
            for name, things in things_of(self.request.user)
        ]
        return {
            **super().get_context_data(**kwargs),
            "applications": list(applications_of(self.request.user)[:SHOWN]),
            "over": OVER,
            "groups": rows,
            "has_actors": bool(rows[-1][1]),
        }


class NewView(OwnView, TemplateView):
    """For what is in no list of the site yet."""

    template_name = "labelling/applying/own_new.html"
    page_title = _("Demander le label")

    @cached_property
    def form(self) -> NewThingForm:
        data = self.request.POST if self.request.method == "POST" else None
        return NewThingForm(data, actors=actors_of(self.request.user))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        said = dict(self.form.cleaned_data)
        try:
            return begin(request, said.pop("actor"), None, **said)
        except ValidationError as refusal:
            self.form.add_error(None, refusal)
            return self.render_to_response(self.get_context_data(), status=422)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "form": self.form}


class BeginView(View):
    """For one of the person's events, actions or places."""

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        groups = things_of(request.user)
        own = {page.pk: (actor, page) for _kind, things in groups for page, actor in things}
        if page_id not in own:
            raise Http404
        try:
            return begin(request, *own[page_id])
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return HttpResponseRedirect(reverse("label_applying:index"))


def begin(request: HttpRequest, actor: ActorPage, page: Page | None, **said: Any) -> HttpResponse:
    """To the form of a new application. Raises ValidationError, in French."""
    user = request.user
    application = begin_application(
        territory=actor.territory,
        page=page,
        user=user,
        actor=actor,
        language=get_language() or "",
        organisation=actor.title,
        contact_name=user.get_full_name(),
        email=user.email,
        **{"subject": "", "title": "", **said},
    )
    return HttpResponseRedirect(address_for_applicant(application))


class ContinueView(View):
    def post(self, request: HttpRequest, application_id: int) -> HttpResponse:
        own = applications_of(request.user).exclude(state__in=OVER)
        application = get_object_or_404(own, pk=application_id)
        return HttpResponseRedirect(address_for_applicant(application))


patterns = [
    path("", ApplicationsView.as_view(), name="index"),
    path("new/", NewView.as_view(), name="new"),
    path("begin/<int:page_id>/", BeginView.as_view(), name="begin"),
    path("<int:application_id>/continue/", ContinueView.as_view(), name="continue"),
]
URLS = [path("label-applying/", include((patterns, "label_applying")))]


class OwnApplicationsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_somewhere(request.user, ASK)


def applications_item() -> MenuItem:
    return OwnApplicationsItem(
        TITLE, reverse("label_applying:index"), name="own-applications", icon_name="edit", order=10
    )
