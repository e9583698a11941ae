from __future__ import annotations

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleContentTypeFilter
from wagtail.admin.views.generic.history import HistoryFilterSet

from territories.models import JournalEntry, Territory
from territories.tenancy.roles import is_national, territories_where


class JournalFilterSet(HistoryFilterSet):
    """Every choice comes from the lines that the person may read, so that it names nobody else."""

    label = django_filters.CharFilter(label=_("Nom"), lookup_expr="icontains")
    content_type = MultipleContentTypeFilter(
        label=_("Sorte d’objet"),
        queryset=ContentType.objects.none(),
        widget=CheckboxSelectMultiple,
    )
    territory = django_filters.ModelChoiceFilter(
        label=_("Territoire"), queryset=Territory.objects.none()
    )

    class Meta:
        model = JournalEntry
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        used = self.queryset.order_by().values("content_type").distinct()
        kinds = ContentType.objects.filter(pk__in=used).order_by("app_label", "model")
        self.filters["content_type"].queryset = kinds
        offered = territories_where(self.request.user, "territories.view_journalentry")
        self.filters["territory"].queryset = offered
        if is_national(self.request.user):
            # The lines of no territory: the portal's, and what all territories share.
            self.filters["territory"].extra["null_label"] = _("Portail et équipe nationale")
        elif len(offered) < 2:
            del self.filters["territory"]
