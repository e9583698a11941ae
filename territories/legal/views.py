"""« Informations légales » in the admin: of one's own territory, or of the national portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from territories.audit.recording import record
from territories.models import LegalFacts
from territories.pages.base import SOURCE_LANGUAGE
from territories.tenancy.roles import NATIONAL, is_national, territories_where

from .facts import Facts, facts_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory

CHANGE = "territories.change_territory"


class LegalFactsForm(WagtailAdminModelForm):
    pass


PANELS = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("publisher_name"), FieldPanel("publisher_form")]),
                FieldPanel("publisher_address"),
                FieldRowPanel([FieldPanel("publisher_phone"), FieldPanel("publisher_siret")]),
                FieldPanel("director"),
            ],
            heading=gettext_lazy("Qui publie"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("host_name"), FieldPanel("host_phone")]),
                FieldPanel("host_address"),
            ],
            heading=gettext_lazy("Qui héberge"),
            help_text=gettext_lazy("La loi demande le nom, l’adresse et le téléphone."),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("data_contact"), FieldPanel("data_email")])],
            heading=gettext_lazy("Données personnelles"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("accessibility_contact"), FieldPanel("accessibility_email")]
                ),
                FieldRowPanel([FieldPanel("audit_date"), FieldPanel("audit_rate")]),
                FieldPanel("audit_by"),
                FieldPanel("audit_failures"),
            ],
            heading=gettext_lazy("Accessibilité"),
            help_text=gettext_lazy(
                "Sans audit fait par une personne, la déclaration dit « non conforme » et donne "
                "ce que nos tests automatiques ont vérifié."
            ),
        ),
    ],
    base_form_class=LegalFactsForm,
).bind_to_model(LegalFacts)


class LegalFactsView(WagtailAdminTemplateMixin, FormView):
    """`owner`: the slug of a territory, or "national"."""

    template_name = "territories/legal/edit.html"
    page_title = gettext_lazy("Informations légales")
    header_icon = "form"

    def dispatch(self, request, *args, **kwargs):
        if not may_change(request.user, self.kwargs["owner"]):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def territory(self) -> Territory | None:
        owner = self.kwargs["owner"]
        if owner == NATIONAL:
            return None
        return get_object_or_404(territories_where(self.request.user, CHANGE), slug=owner)

    @cached_property
    def stored(self) -> LegalFacts:
        return facts_of(self.territory)

    def get_page_subtitle(self):
        return _("Informations légales : %(name)s") % {"name": self.stored}

    def get_breadcrumbs_items(self):
        home = super().get_breadcrumbs_items()
        if self.territory is None:
            return [*home, {"url": "", "label": _("Informations légales")}]
        address = reverse("territory:edit", args=[self.territory.pk])
        return [
            *home,
            {"url": address, "label": _("Mon territoire")},
            {"url": "", "label": _("Informations légales")},
        ]

    def get_form_class(self):
        return PANELS.get_form_class()

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "instance": self.stored,
            "for_user": self.request.user,
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        context["panel"] = PANELS.get_bound_panel(
            request=self.request, instance=self.stored, form=form
        )
        context["media"] = context["panel"].media + form.media
        context["submit_button_label"] = _("Enregistrer")
        context["submit_button_active_label"] = _("Un instant…")
        context["lacking"] = Facts(self.territory).lacking
        return context

    @transaction.atomic
    def form_valid(self, form):
        form.save()
        with override(SOURCE_LANGUAGE):
            names = [str(capfirst(form.fields[name].label)) for name in form.changed_data]
        if names:
            record(
                territory=self.territory,
                action="territories.settings",
                user=self.request.user,
                fields=", ".join(names),
            )
        if lacking := Facts(self.territory).lacking:
            words = ", ".join(str(name) for name in lacking)
            messages.warning(
                self.request,
                _("C’est enregistré. Il manque encore : %(names)s.") % {"names": words},
            )
        else:
            messages.success(
                self.request, _("C’est enregistré : les pages légales sont complètes.")
            )
        return redirect("legal_facts", self.kwargs["owner"])

    def form_invalid(self, form):
        messages.error(self.request, _("Rien n’est enregistré : regardez les champs en rouge."))
        return super().form_invalid(form)


def may_change(user: User, owner: str) -> bool:
    if owner == NATIONAL:
        return is_national(user) and user.has_perm(CHANGE)
    return territories_where(user, CHANGE).filter(slug=owner).exists()


class PortalLegalItem(MenuItem):
    """Among the settings: a territory's own stands in « Mon territoire »."""

    def is_shown(self, request) -> bool:
        return may_change(request.user, NATIONAL)


def portal_legal_item() -> MenuItem:
    return PortalLegalItem(
        gettext_lazy("Informations légales"),
        reverse("legal_facts", args=[NATIONAL]),
        name="legal-facts",
        icon_name="form",
    )


URLS = [path("legal/<slug:owner>/", LegalFactsView.as_view(), name="legal_facts")]
