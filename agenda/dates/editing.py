"""The dates of an event in the form of the admin, in the words of a coordinator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel, Panel
from wagtail.models import Page

from territories.territory import zone_of
from territories.words import listed, moment_words, sentence

from .occurrences import HORIZON, changes_of, given, moments
from .words import date_words, days_words

if TYPE_CHECKING:
    from agenda.models import DateChange, EventPage

# Dates to choose from: a year of every week.
OFFERED = 60
# Enough to see that the rule says what was meant.
NEXT_DAYS = 4


class SentencePanel(Panel):
    """A date as people will read it, and the days that come of it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "agenda/dates/sentence.html"

        def is_shown(self):
            event = getattr(self.instance, "event", None)
            return bool(event and self.instance.start and not self.form.errors)

        def get_context_data(self, parent_context=None):
            typed, now = self.instance, timezone.now()
            zone = zone_of(typed.event.territory)
            today = timezone.localdate(now, zone)
            context = super().get_context_data(parent_context)
            context["words"] = sentence(date_words(typed, zone, today))
            if typed.repeat:
                horizon = max(now, typed.start) + HORIZON
                coming = (
                    one.start.astimezone(zone).date()
                    for one in moments(typed, zone, horizon, ends_by=typed.event.ends_by)
                    if one.over_at > now
                )
                days = list(islice(coming, NEXT_DAYS))
                context["next_days"] = (
                    _("Prochaines dates : %(days)s.") % {"days": days_words(days, today)}
                    if days
                    else _("Aucune date à venir.")
                )
            return context


class OriginalField(forms.ChoiceField):
    """One of the dates that an event has.

    Whatever moment comes back is taken: that of a rule which was changed meanwhile is kept.
    """

    def prepare_value(self, value):
        return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value

    def to_python(self, value) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or timezone.is_naive(moment):
            raise ValidationError(_("La date : choisissez-la dans la liste."))
        return moment.astimezone(UTC)

    def validate(self, value) -> None:
        forms.Field.validate(self, value)

    def has_changed(self, initial, data) -> bool:
        return self.prepare_value(initial) != (data or None)


class ChangeLines(BaseChildFormSet):
    """The changes of an event, each of one of the dates that its rules give."""

    @cached_property
    def offered(self) -> list[tuple[str, str]]:
        zone, now = zone_of(self.instance.territory), timezone.now()
        moments = (one for one in given(self.instance, now + HORIZON) if one.over_at > now)
        coming = sorted({one.original for one in moments})[:OFFERED]
        stored = {change.original for change in self.instance.changes.all() if change.original}
        lost = {change.original for change in lost_changes(self.instance)}
        found = [("", _("Choisissez la date"))]
        for moment in sorted(stored.union(coming)):
            words = sentence(moment_words(moment, None, zone, year=True))
            if moment in lost:
                words = _("%(date)s (n’est plus dans « Quand »)") % {"date": words}
            found.append((moment.astimezone(UTC).isoformat(), words))
        return found

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if field := form.fields.get("original"):
            form.fields["original"] = OriginalField(
                label=field.label,
                help_text=""
                if len(self.offered) > 1
                else _("Enregistrez d’abord le rendez-vous : ses dates seront proposées ici."),
                required=False,
                choices=self.offered,
            )

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            if self._should_delete_form(form) or not form.cleaned_data:
                continue
            original = form.cleaned_data.get("original")
            if original in seen:
                form.add_error(
                    "original",
                    _("La date : elle change déjà plus haut. Gardez un changement."),
                )
            elif original:
                seen.add(original)


class DateLines(BaseChildFormSet):
    """The dates of an event. An action may leave the line that it is offered empty."""

    may_be_empty = False

    def _should_delete_form(self, form):
        is_left = self.may_be_empty and not form.instance.pk and set(form.changed_data) <= {"ORDER"}
        return is_left or super()._should_delete_form(form)


class DatesPanel(InlinePanel):
    lines = DateLines

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.lines
        return options


class ChangesPanel(DatesPanel):
    lines = ChangeLines


class DatesForm:
    """Before the form of an event: an action needs no date beside its first and last days."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        dates = self.formsets.get("dates")
        if dates is not None and self.is_bound and self.data.get(self.add_prefix("is_action")):
            dates.min_num, dates.may_be_empty = 0, True

    @property
    def media(self):
        return super().media + forms.Media(js=["agenda/dates.js"])


def lost_changes(event: EventPage) -> Iterator[DateChange]:
    """The changes of dates that the rules of an event give no more. They change nothing."""
    changes = [change for change in event.changes.all() if change.original]
    if not changes:
        return
    horizon = max(timezone.now() + HORIZON, *(change.original for change in changes))
    found = given(event, horizon + timedelta(days=1))
    known = {id(change) for change in changes_of(found, changes, zone_of(event.territory)).values()}
    yield from (change for change in changes if id(change) not in known)


def warn_of_lost_changes(request: HttpRequest, page: Page) -> None:
    """After a save: which changes of single dates have nothing to change any more."""
    from agenda.models import EventPage

    if not isinstance(page, EventPage):
        return
    zone = zone_of(page.territory)
    lost = [moment_words(change.original, None, zone) for change in lost_changes(page)]
    if lost:
        messages.warning(
            request,
            ngettext(
                "« Une date change » : « Quand » ne donne plus le %(dates)s. Ce changement est "
                "gardé, sans effet.",
                "« Une date change » : « Quand » ne donne plus ces dates : %(dates)s. Ces "
                "changements sont gardés, sans effet.",
                len(lost),
            )
            % {"dates": listed(lost)},
        )


def dates_panels() -> list[Any]:
    """« Quand », and what is particular to one date."""
    return [
        DatesPanel("dates", heading=gettext_lazy("Quand"), label=gettext_lazy("Date"), min_num=1),
        ChangesPanel(
            "changes",
            heading=gettext_lazy("Une date change"),
            label=gettext_lazy("Changement"),
            help_text=gettext_lazy(
                "Une seule date est annulée, déplacée, complète, ou s’ajoute ? Dites-le ici : les "
                "autres ne bougent pas."
            ),
        ),
    ]
