"""Whose label this is: 404 for a stranger, who does not learn that it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from labelling.models import Label
from labelling.models.applications import READ
from labelling.rights import own_territories

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

LIST_TITLE = _("Labels donnés")
ICON = "tag"
CHANGE = "labelling.change_label"


def labels_read_by(user: User) -> QuerySet[Label]:
    """Whoever reads applications somewhere reads the labels that came of them."""
    return Label.objects.filter(territory__in=own_territories(user, READ))


def may_change(user: User, label: Label) -> bool:
    return own_territories(user, CHANGE).filter(pk=label.territory_id).exists()


class OwnLabel(WagtailAdminTemplateMixin):
    header_icon = ICON
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def label(self) -> Label:
        own = own_territories(self.request.user, CHANGE)
        found = Label.objects.filter(territory__in=own).select_related("page", "territory__site")
        return get_object_or_404(found, pk=self.kwargs["label_id"])
