"""« Propositions »: what others offer in one's territories, read side by side and decided."""

from __future__ import annotations

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.models import EditingSession
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from territories.pages.editor import edit_url
from territories.people.members import name_of
from territories.proposals.comparing import Review
from territories.proposals.deciding import DecisionRefused, apply_proposal, refuse_proposal
from territories.proposals.models import Proposal, State
from territories.proposals.sheets import may_decide
from territories.tenancy.roles import territories_where

READ = "territories.view_proposal"
TAKE, KEEP = "take", "keep"


class StateFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=State.choices)

    class Meta:
        model = Proposal
        fields = ["state"]


class ProposalsView(IndexView):
    """What waits, unless another state is asked for; the oldest first."""

    model = Proposal
    permission_policy = None
    any_permission_required = None
    page_title = gettext_lazy("Propositions")
    header_icon = "edit"
    index_url_name = "proposals:index"
    index_results_url_name = "proposals:index_results"
    filterset_class = StateFilterSet
    default_ordering = "created_at"
    paginate_by = 50
    columns = [
        TitleColumn(
            "page",
            label=gettext_lazy("Fiche"),
            accessor=lambda proposal: proposal.page.title,
            url_name="proposals:review",
        ),
        Column("proposer", label=gettext_lazy("De qui")),
        Column("territory", label=gettext_lazy("Territoire"), accessor="territory.name"),
        Column(
            "meets",
            label=gettext_lazy("À savoir"),
            accessor=lambda proposal: (
                _("plusieurs propositions pour cette fiche") if proposal.has_rival else ""
            ),
        ),
        Column("state", label=gettext_lazy("État"), accessor="get_state_display"),
        DateColumn("created_at", label=gettext_lazy("Proposée"), sort_key="created_at"),
    ]

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not territories_where(request.user, READ).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        found = Proposal.objects.readable_by(self.request.user)
        if "state" not in self.request.GET:
            found = found.waiting()
        rivals = Proposal.objects.waiting().filter(page=OuterRef("page")).exclude(pk=OuterRef("pk"))
        return found.select_related("page", "user", "territory").annotate(has_rival=Exists(rivals))


class DecisionForm(forms.Form):
    """For each field, the value offered or the one that stands; a conflict begins with neither."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Votre réponse"),
        help_text=gettext_lazy("La personne la lira. Il en faut une pour refuser."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args, review: Review, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.review = review
        self.initial["seen"] = review.digest
        for name in review.names:
            if not review.is_done(name):
                self.fields[self.key(name)] = forms.ChoiceField(
                    choices=[
                        (TAKE, gettext_lazy("Reprendre")),
                        (KEEP, gettext_lazy("Garder la fiche")),
                    ],
                    widget=forms.RadioSelect,
                    initial=None if name in review.conflicts else TAKE,
                    required=False,
                )

    @staticmethod
    def key(name: str) -> str:
        return f"choice_{name}"

    @property
    def rows(self):
        """Each comparison with its choice; None when the page says already what is offered."""
        for field in self.review.fields:
            key = self.key(field.name)
            yield field, self[key] if key in self.fields else None

    @property
    def taken(self) -> list[str]:
        return [
            name
            for name in self.review.names
            if self.cleaned_data.get(self.key(name)) == TAKE or self.review.is_done(name)
        ]

    def undecided(self) -> list[str]:
        """The fields in conflict for which nobody has said which value holds."""
        return [
            field.label
            for field in self.review.fields
            if field.name in self.review.conflicts and not self.cleaned_data[self.key(field.name)]
        ]


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "territories/proposals/review.html"
    header_icon = "edit"

    @cached_property
    def proposal(self) -> Proposal:
        """404 for a stranger, who learns nothing."""
        readable = Proposal.objects.readable_by(self.request.user)
        found = readable.select_related("user", "decided_by", "territory__site")
        return get_object_or_404(found, pk=self.kwargs["proposal_id"])

    @cached_property
    def page(self) -> Page:
        return Page.objects.get(pk=self.proposal.page_id).specific

    @cached_property
    def review(self) -> Review:
        return Review(self.proposal, self.page)

    @cached_property
    def form(self) -> DecisionForm:
        data = self.request.POST if self.request.method == "POST" else None
        return DecisionForm(data, review=self.review)

    @cached_property
    def may_decide(self) -> bool:
        rights = self.page.permissions_for_user(self.request.user)
        return may_decide(self.request.user, self.page) and rights.can_edit()

    @property
    def may_publish(self) -> bool:
        return self.may_decide and self.page.permissions_for_user(self.request.user).can_publish()

    def post(self, request, *args, **kwargs) -> HttpResponse:
        action = request.POST.get("action")
        if not self.may_decide or (action == "publish" and not self.may_publish):
            raise PermissionDenied
        try:
            if not self.form.is_valid():
                raise DecisionRefused(_("Ces choix ne sont pas compris. Rien n’est enregistré."))
            if action == "refuse":
                self.refuse()
            elif action in {"apply", "publish"}:
                self.apply(publish=action == "publish")
            else:
                raise DecisionRefused(_("Choisissez : reprendre ou refuser."))
        except DecisionRefused as refusal:
            messages.error(request, refusal.sentence)
            return self.again()
        return redirect("proposals:index")

    def refuse(self) -> None:
        refuse_proposal(
            proposal=self.proposal,
            reason=self.form.cleaned_data["reason"],
            decided_by=self.request.user,
        )
        messages.success(self.request, _("La proposition est refusée, votre réponse est gardée."))

    def apply(self, *, publish: bool) -> None:
        # What has moved is said before what is missing: the choices on screen are old ones.
        if self.form.cleaned_data["seen"] == self.review.digest and (
            undecided := self.form.undecided()
        ):
            raise DecisionRefused(
                _("Dites quelle valeur garder pour : %(fields)s.")
                % {"fields": ", ".join(undecided)}
            )
        apply_proposal(
            proposal=self.proposal,
            taken=self.form.taken,
            decided_by=self.request.user,
            publish=publish,
            seen=self.form.cleaned_data["seen"] or "-",
            reason=self.form.cleaned_data["reason"],
        )
        messages.success(
            self.request,
            _("La proposition est reprise, la fiche est en ligne.")
            if publish
            else _(
                "La proposition est reprise dans le brouillon de la fiche, pas encore en ligne."
            ),
            buttons=[messages.button(edit_url(self.page), _("Ouvrir la fiche"))],
        )

    def again(self) -> HttpResponse:
        """The page as it is now, with the reason that was typed."""
        typed = {name: self.request.POST.get(name, "") for name in self.form.fields}
        for name in ("proposal", "page", "review", "form"):
            self.__dict__.pop(name, None)
        review = self.review
        kept = typed if typed.get("seen") == review.digest else {"reason": typed["reason"]}
        self.form = DecisionForm(initial=kept, review=review)
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return _("Proposition")

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("proposals:index"), "label": _("Propositions")},
            {"url": "", "label": self.page.get_admin_display_title()},
        ]

    def get_context_data(self, **kwargs):
        lock = self.page.get_lock()
        return {
            **super().get_context_data(**kwargs),
            "proposal": self.proposal,
            "page": self.page,
            "review": self.review,
            "form": self.form,
            "may_decide": self.may_decide and self.proposal.is_waiting,
            "may_publish": self.may_publish and not self.review.has_open_draft,
            "is_locked": lock is not None and lock.for_user(self.request.user),
            "editors": self.editors(),
            "decided_by": name_of(self.proposal.decided_by) if self.proposal.decided_by else "",
        }

    def editors(self) -> list[str]:
        """Who else has the page open in the editor: a change here reaches them when they reload."""
        sessions = EditingSession.objects.filter(
            content_type=self.page.cached_content_type,
            object_id=str(self.page.pk),
            last_seen_at__gte=timezone.now() - EditingSession.IDLE_TIMEOUT,
        ).exclude(user=self.request.user)
        return sorted({name_of(session.user) for session in sessions.select_related("user")})
