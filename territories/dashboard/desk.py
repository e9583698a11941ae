"""« Votre territoire »: figures, shortcuts, and what a new coordination does first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from territories.legal.facts import Facts, told_facts
from territories.models import Territory, TerritoryHomePage
from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.contributions import Figure
from territories.plugins.registry import contributions, works_in
from territories.tenancy.guards import territories_of
from territories.tenancy.policies import pages_with
from territories.tenancy.roles import group_prefix, territories_where

# Whoever works in more has the list of territories.
SHOWN = 5
# What only the coordination does: the logo, the legal facts, inviting.
COORDINATES = "territories.change_territory"
INVITES = "territories.add_invitation"
COLOURS = ("first_colour", "second_colour")


@dataclass
class Step:
    label: Any
    url: str
    is_done: bool


@dataclass
class Desk:
    territory: Territory
    figures: list[tuple[Any, int]] = field(default_factory=list)
    shortcuts: list[tuple[Any, str]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return any(not step.is_done for step in self.steps)


def desks(request: HttpRequest) -> Mapping[str, Any] | None:
    """One for each territory in which the person writes; None for who works in many."""
    own = list(
        Territory.objects.filter(pk__in=territories_of(request.user), archived_on=None)
        .select_related("site")
        .prefetch_related("switches")
        .order_by("name")[: SHOWN + 1]
    )
    if not 0 < len(own) <= SHOWN:
        return None
    figures = [item for item in contributions("FIGURES") if any(_shows(item, one) for one in own)]
    figures.sort(key=lambda contribution: contribution.item.order)
    counts = {figure: figure.count([one.pk for one in own]) for _plugin, figure in figures}
    parents = _where_to_add(request.user, own, [figure for _plugin, figure in figures])
    made = []
    for territory in own:
        desk = Desk(territory)
        here = [item.item for item in figures if _shows(item, territory)]
        desk.figures = [(one.label, counts[one].get(territory.pk, 0)) for one in here]
        desk.shortcuts = [
            (one.add, url) for one in here if (url := _add_url(one, parents[territory.pk]))
        ]
        made.append((desk, here))
    _say_first_steps(request.user, made, counts, parents)
    return {"desks": [desk for desk, _figures in made]}


def _shows(contribution: Any, territory: Territory) -> bool:
    return works_in(contribution.plugin, territory)


def _where_to_add(
    user: User, own: Sequence[Territory], figures: Sequence[Figure]
) -> dict[int, dict[str, int]]:
    """For each territory, the page under which each type of page may be added: {type: key}."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    types = {apps.get_model(figure.under): figure.under for figure in figures if figure.under}
    homes = dict(
        TerritoryHomePage.objects.filter(
            territory__in=own, locale__language_code=SOURCE_LANGUAGE
        ).values_list("path", "territory")
    )
    if not types or not homes:
        return found
    keys = ContentType.objects.get_for_models(*types)
    names = {keys[model].pk: name for model, name in types.items()}
    below = Q()
    for path in homes:
        below |= Q(path__startswith=path)
    pages = pages_with(user, ("add",)).filter(below, content_type__in=names)
    for path, content_type, pk in pages.values_list("path", "content_type", "pk"):
        found[homes[path[: 2 * Page.steplen]]][names[content_type]] = pk
    return found


def _add_url(figure: Figure, parents: Mapping[str, int]) -> str:
    """Wagtail's own form for a new page of the type, or the plugin's screen; "" where the person
    may not add one."""
    if not figure.add or figure.under not in parents:
        return ""
    if figure.begins:
        return reverse(figure.begins, args=[parents[figure.under]])
    app_label, model = figure.adds.lower().split(".")
    return reverse("wagtailadmin_pages:add", args=[app_label, model, parents[figure.under]])


def _say_first_steps(
    user: User,
    made: Sequence[tuple[Desk, Sequence[Figure]]],
    counts: Mapping[Figure, Mapping[int, int]],
    parents: Mapping[int, Mapping[str, int]],
) -> None:
    coordinated = set(territories_where(user, COORDINATES).values_list("pk", flat=True))
    invites = set(territories_where(user, INVITES).values_list("pk", flat=True))
    own = [desk.territory for desk, _figures in made if desk.territory.pk in coordinated]
    if not own:
        return
    told = told_facts(own)
    crowded = _with_colleagues(own)
    for desk, figures in made:
        territory = desk.territory
        if territory.pk not in coordinated:
            continue
        desk.steps.append(
            Step(
                _("Choisir le logo et les couleurs"),
                reverse("territory:edit", args=[territory.pk]),
                _has_a_look_of_its_own(territory),
            )
        )
        desk.steps.append(
            Step(
                _("Compléter les informations légales"),
                reverse("legal_facts", args=[territory.slug]),
                not Facts(territory, told[territory.pk]).lacking,
            )
        )
        desk.steps += [
            Step(one.first, url, bool(counts[one].get(territory.pk)))
            for one in figures
            if one.first and (url := _add_url(one, parents[territory.pk]))
        ]
        if territory.pk in invites:
            invite = reverse("people_invite", args=[territory.slug])
            desk.steps.append(
                Step(_("Inviter un ou une collègue"), invite, territory.pk in crowded)
            )
            desk.shortcuts.append((_("Inviter un ou une collègue"), invite))


def _has_a_look_of_its_own(territory: Territory) -> bool:
    return bool(territory.logo_id) or any(
        getattr(territory, name) != Territory._meta.get_field(name).default for name in COLOURS
    )


def _with_colleagues(own: Collection[Territory]) -> set[int]:
    """The territories in which more than one person has a role."""
    here = Q()
    for territory in own:
        here |= Q(group__name__startswith=group_prefix(territory))
    people: dict[str, set[int]] = defaultdict(set)
    members = User.groups.through.objects.filter(here, user__is_active=True)
    for name, user in members.values_list("group__name", "user"):
        people[name.partition(": ")[0]].add(user)
    return {territory.pk for territory in own if len(people[territory.slug]) > 1}
