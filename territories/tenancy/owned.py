"""Rows of the admin that belong to a territory, or to the whole country: a word of the glossary, a
synonym, a chosen answer. Each person keeps those of where they may, the national team all of them.

A model has a `territory`, None for the national ones. Its viewset is an `OwnedViewSet`; its form
calls `choose_owner`. A view of one's own derives from `OwnList`, `OwnEdit` or `OwnDelete`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet

from .roles import NATIONAL, owners_where, territories_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import Model, QuerySet
    from wagtail.admin.forms import WagtailAdminModelForm


def permission_to(action: str, model: type[Model]) -> str:
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}"


def keeps_the_national_ones(user: User, model: type[Model]) -> bool:
    return user.is_superuser or NATIONAL in owners_where(user, permission_to("change", model))


def kept_by(user: User, model: type[Model]) -> QuerySet:
    rows = model._default_manager.all()
    if keeps_the_national_ones(user, model):
        return rows
    return rows.filter(territory__in=territories_where(user, permission_to("change", model)))


def choose_owner(form: WagtailAdminModelForm, *, everybody: str, advice: str = "") -> None:
    """Offer the territories in which the person may write such a row; a lone one is chosen.

    `everybody`: what the national team reads in the place of none. `advice`: the help text for who
    is not of that team.
    """
    field, model = form.fields["territory"], form._meta.model
    own = territories_where(
        form.for_user, permission_to("change" if form.instance.pk else "add", model)
    )
    field.queryset = own
    if keeps_the_national_ones(form.for_user, model):
        field.empty_label = everybody
        return
    field.required, field.help_text = True, advice
    if not form.instance.pk:
        form.initial["territory"] = form.initial.get("territory") or own.first()


class OwnList(generic.IndexView):
    def get_base_queryset(self):
        return kept_by(self.request.user, self.model).select_related("territory")


class OwnRow:
    """Before every view of one: Wagtail's ask whether one may change some, and not which."""

    def dispatch(self, request, *args: Any, **kwargs: Any):
        if "pk" in kwargs and request.user.has_perm(permission_to("change", self.model)):
            # 404 and not 403: what others keep is not told.
            get_object_or_404(kept_by(request.user, self.model), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class OwnEdit(OwnRow, generic.EditView):
    pass


class OwnDelete(OwnRow, generic.DeleteView):
    pass


class OwnHistory(OwnRow, HistoryView):
    pass


class OwnUsage(OwnRow, UsageView):
    pass


class OwnedViewSet(ModelViewSet):
    index_view_class = OwnList
    edit_view_class = OwnEdit
    delete_view_class = OwnDelete
    history_view_class = OwnHistory
    usage_view_class = OwnUsage
    copy_view_enabled = False
