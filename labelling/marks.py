from collections.abc import Collection, Mapping

from django.db.models import Exists, Expression, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Badge, Facet, Mark

from .models import Label

EVENT = "agenda.EventPage"


def badges(pks: Collection[int]) -> Mapping[int, Badge]:
    labelled = Label.objects.active().filter(page__in=pks).values_list("page", flat=True)
    badge = Badge(text=_("Label Cité de l’emploi"), icon="label", kind="label")
    return dict.fromkeys(labelled, badge)


def is_labelled(path: str) -> Expression:
    return Exists(Label.objects.active().filter(page=OuterRef(path)))


def choices(queryset: QuerySet) -> list[tuple[str, str, int]]:
    number = queryset.filter(is_labelled("pk")).count()
    return [("oui", str(_("Avec le label")), number)] if number else []


def narrow(queryset: QuerySet, values) -> QuerySet:
    return queryset.filter(is_labelled("pk")) if "oui" in values else queryset


MARKS = [
    Mark(
        name="label",
        on=EVENT,
        badges=badges,
        first=is_labelled,
        facet=Facet("label", _("Label"), EVENT, choices, narrow, order=5),
        fact="labelled",
    )
]
