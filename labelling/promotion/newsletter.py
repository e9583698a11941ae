"""The labelled events of the next days, in a letter or on a page."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from agenda.queries import occurrences
from agenda.shortlist import announced, shortlist
from labelling.labels.marks import is_labelled
from labelling.models import Label
from territories.blocks.base import territory_of
from territories.blocks.listing import ListedPagesBlock, left_out, without

FORTNIGHT = 14


class LabelledEventsBlock(ListedPagesBlock):
    """Read when the page is shown or the letter is made."""

    title = blocks.CharBlock(label=gettext_lazy("titre"), max_length=150, required=False)
    days = blocks.IntegerBlock(
        label=gettext_lazy("sur combien de jours"), default=FORTNIGHT, min_value=1, max_value=92
    )
    count = blocks.IntegerBlock(label=gettext_lazy("combien"), default=8, min_value=1, max_value=20)
    without = left_out()

    class Meta:
        label = gettext_lazy("Rendez-vous labellisés")
        icon = "tag"
        description = gettext_lazy(
            "Les rendez-vous qui ont le label, dans les jours qui viennent. La liste se met à jour "
            "toute seule."
        )
        preview_value = {"title": gettext_lazy("Avec le label"), "days": FORTNIGHT, "count": 3}
        template = "agenda/blocks/upcoming_events.html"
        mail_template = "agenda/blocks/upcoming_events.mjml"

    def listed(self, value, context):
        territory = territory_of(context)
        now = timezone.now()
        soon = occurrences(
            over_at__gt=now, start__lt=now + timedelta(days=value.get("days") or FORTNIGHT)
        )
        events = without(announced(territory).filter(is_labelled("pk")), value)
        events = events.taking_place(soon, ["start"])
        return shortlist(territory, count=value.get("count") or 8, events=events)

    def usual_in_letters(self):
        return {"title": _("Les rendez-vous qui ont le label"), "days": FORTNIGHT, "count": 8}

    def new_since(self, territory, since):
        """Once a label was given, or an event that has one comes within the fortnight."""
        coming = announced(territory).filter(is_labelled("pk"))
        given = Label.objects.active().filter(territory=territory, granted_on__gte=since.date())
        if not coming.filter(pk__in=given.values("page")).exists():
            return None
        return {"title": _("Les rendez-vous qui ont le label"), "days": FORTNIGHT, "count": 8}
