from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.plugins.contributions import Facet
from territories.vocabulary.facets import term_facet

EVENT = "agenda.EventPage"
FREE = "oui"


def free_choices(queryset):
    if count := queryset.filter(is_free=True).count():
        return [(FREE, _("Gratuit"), count)]
    return []


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
    ),
]
