"""Whose readers these are: 404 for a stranger, who does not learn that they exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from newsletter.models import Subscriber
from newsletter.models.subscribers import ADD, CHANGE, DELETE, READ
from territories.models import Territory
from territories.tenancy.roles import may_somewhere, territories_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

LIST_TITLE = _("Abonnés")
ICON = "mail"
# Of whole files: to take them away, or to bring them.
FILES = DELETE


def own_territories(user: User, permission: str = READ) -> QuerySet[Territory]:
    return territories_where(user, permission).with_plugin("newsletter").order_by("name")


def may(user: User, permission: str = READ) -> bool:
    return may_somewhere(user, permission)


class Admin(WagtailAdminTemplateMixin):
    """`permission`: what a role must give somewhere to come in."""

    header_icon = ICON
    permission = READ

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may(request.user, self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("subscribers:index"), "label": LIST_TITLE},
            {"url": "", "label": self.page_title},
        ]


class OwnSubscriber(Admin):
    @cached_property
    def subscriber(self) -> Subscriber:
        found = Subscriber.objects.of_user(self.request.user, self.permission)
        found = found.select_related("territory__site")
        return get_object_or_404(found, pk=self.kwargs["subscriber_id"])

    def may(self, permission: str) -> bool:
        own = Subscriber.objects.of_user(self.request.user, permission)
        return own.filter(pk=self.subscriber.pk).exists()

    def get_page_subtitle(self) -> str:
        return str(self.subscriber)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "subscriber": self.subscriber,
            "may_change": self.may(CHANGE),
            "may_add": self.may(ADD),
            "may_delete": self.may(DELETE),
        }


class OwnTerritoryForm(forms.Form):
    """Of one of the territories where a role gives a permission; a lone one is chosen."""

    permission = ADD
    territory = forms.ModelChoiceField(
        Territory.objects.none(),
        label=_("Territoire"),
        empty_label=None,
        error_messages={"invalid_choice": _("Choisissez un territoire de la liste.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = own_territories(user, self.permission)
        self.fields["territory"].queryset = own
        self.initial["territory"] = own.first()


class OwnFormView(Admin):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
