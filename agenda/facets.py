from django.db.models import CharField, Count, IntegerField, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.plugins.contributions import Facet
from territories.vocabulary.facets import term_facet

EVENT = "agenda.EventPage"
FREE = "oui"


def free_rows(queryset):
    words = {
        "value": Value(FREE, output_field=CharField()),
        "label": Value(_("Gratuit"), output_field=CharField()),
        "position": Value(0, output_field=IntegerField()),
    }
    return queryset.order_by().filter(is_free=True).values(**words).annotate(number=Count("pk"))


def free_choices(queryset):
    rows = free_rows(queryset).values_list("value", "label", "number")
    return [row for row in rows if row[-1]]


def narrow_free(queryset, values):
    return queryset.filter(is_free=True) if FREE in values else queryset


FACETS = [
    term_facet("public", gettext_lazy("Pour qui ?"), on=EVENT, field="publics", order=10),
    term_facet("format", gettext_lazy("Quel format ?"), on=EVENT, field="format", order=20),
    term_facet(
        "theme",
        gettext_lazy("Pour quel besoin ?"),
        on=EVENT,
        field="themes",
        by_category=True,
        order=30,
    ),
    Facet(
        "gratuit",
        gettext_lazy("Plus simple pour vous"),
        EVENT,
        free_choices,
        narrow_free,
        order=40,
        rows=free_rows,
    ),
]
