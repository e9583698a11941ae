"""Everything a plugin may contribute, one dataclass a kind.

A plugin lists its contributions in a constant of a module of its own: `KINDS` at the end of this
file says which. A module that is absent contributes nothing; a module that is there and broken,
or holds anything else than the dataclass named here, stops the start with a clear error.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import Expression, QuerySet
    from django.http import HttpRequest
    from wagtail.blocks import Block
    from wagtail.models import Page

    from territories.models import Territory


@dataclass(frozen=True)
class ContentBlock:
    """`blocks.BLOCKS`: a block offered in the bodies of pages and newsletters.

    `block` is a class with `Meta.template` (web) and `Meta.mail_template` (e-mail, MJML), and,
    when it can fill itself, `new_since(territory, since: datetime) -> value | None`. With
    `pages_told(value, context)` a letter knows what it tells of, and with `leave_out(value, pages)`
    the next one does not say it again.
    """

    name: str
    block: type[Block]


@dataclass(frozen=True)
class Badge:
    """A fact beside a title. `kind`: "label" (the lit window), "ok", "warn", "danger" or "".

    `url`: where anybody checks it, on the host that is read; a poster has it scanned.
    """

    text: Any
    icon: str = ""
    kind: str = ""
    url: str = ""


@dataclass(frozen=True)
class Finding:
    """What a resident can find of one record in one language: the facts of a search document.

    `words`: resident and institutional words of the record's codes. `communes`: INSEE codes of all
    its places, when there are several. `neighbourhoods`: codes of the priority neighbourhoods (QPV)
    it is in or meant for. Of these three, what is empty or told twice is left out by the search.
    `next_date`/`last_date`: aware datetimes of the next and of the last occurrence, None when the
    record has no dates; `days`: those of the coming two months on which it takes place, by the
    clocks of its territory. `languages`: codes of those spoken there. `external_id`: the record's
    id at its source, None when it was written here. `badges`: what somebody must know before they
    come, like « Annulé ».
    """

    title: str
    summary: str = ""
    body: str = ""
    words: Sequence[str] = ()
    place: str = ""
    insee_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    communes: Sequence[str] = ()
    neighbourhoods: Sequence[str] = ()
    next_date: datetime | None = None
    last_date: datetime | None = None
    days: Collection[date] = ()
    publics: Sequence[str] = ()
    themes: Sequence[str] = ()
    languages: Sequence[str] = ()
    is_free: bool | None = None
    external_id: str | None = None
    confirmed_on: date | None = None
    badges: Sequence[Badge] = ()


@dataclass(frozen=True)
class Searchable:
    """`searchable.SEARCHABLES`: a page type that residents can find.

    `model`: "app_label.Model". `kind`: the word of the API ("event"). `label`: what its pages are
    called, `singular` what one of them is called, when that is another word. `finding(page,
    record)` reads the texts of `page` (in its language) and the facts of `record`.
    `is_for_professionals`: residents find it below what is written for them. `is_to_read`: it
    tells of what helps, and is found a little below it. `is_to_go_to`: people or a place that may
    be asked, found a little above.
    """

    model: str
    kind: str
    label: Any
    finding: Callable[[Page, Page], Finding]
    singular: Any = ""
    is_for_professionals: bool = False
    is_to_read: bool = False
    is_to_go_to: bool = False


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True)
class Facet:
    """`facets.FACETS`: a way to narrow the list of one page type.

    `name` is the query parameter. `choices(queryset)` gives only what has results, as
    (value, label, count), in one query. `narrow(queryset, values)` ignores unknown values:
    it gives the same queryset back when it knows none.
    `rows(queryset)`, when there is one, says the same as a queryset of dictionaries with `value`,
    `label`, `position` and `number`, or as several whose numbers add up: a list reads all such
    facets in one query. `language`: that of the labels, when they are names that no vocabulary
    translates. `only`: (value, label) of the facet of a mark that has no other choice: a list that
    knows the marked pages already counts and narrows by itself.
    """

    name: str
    label: Any
    on: str
    choices: Callable[[QuerySet], Iterable[tuple[str, str, int]]]
    narrow: Callable[[QuerySet, Sequence[str]], QuerySet]
    order: int = 100
    rows: Callable[[QuerySet], QuerySet | Sequence[QuerySet]] | None = None
    language: str = ""
    only: tuple[str, Any] | None = None


@dataclass(frozen=True)
class Mark:
    """`marks.MARKS`: something this plugin knows about another plugin's pages.

    `badges(pks)` answers for a whole list in one query. `first(path)` is an expression that is
    true for the pages to put first, where `path` leads from the listed rows to the page's primary
    key; lists order by it *before* they paginate. `facet` narrows lists to the marked pages.
    `fact` is the name under which the search document says that a page bears the mark.
    """

    name: str
    on: str
    badges: Callable[[Collection[int]], Mapping[int, Badge]]
    first: Callable[[str], Expression] | None = None
    facet: Facet | None = None
    fact: str = ""


@dataclass(frozen=True)
class Panel:
    """`panels.PANELS`: a section on another plugin's page.

    `on`: "app_label.Model" of the page. `context(request, page)` gives the template's context, or
    None when there is nothing to show; the template then costs nothing. `at`: "" is a band under
    what the page says itself; "hero", on the home of a territory, a shortcut under the search;
    "header", on the page of an action or of an actor, under its title.
    """

    name: str
    on: str
    template: str
    context: Callable[[HttpRequest, Page], Mapping[str, Any] | None]
    order: int = 100
    at: str = ""


@dataclass(frozen=True)
class DashboardPanel:
    """`panels.DASHBOARD`: what waits for the person who opens the admin.

    `context(request)` gives the template's context, or None. It must ask for `request.user` and
    show only what belongs to the territories of that person.
    """

    name: str
    template: str
    context: Callable[[HttpRequest], Mapping[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class Figure:
    """`panels.FIGURES`: a number that a territory's people read on the admin's home page.

    `label` follows the number ("services en ligne"). `count(territories)` says how many each has,
    `{primary key: number}`, in one query for all the primary keys it is given; who has none may be
    left out. With `add`, the words of a shortcut to a new page of type `adds` ("app_label.Model")
    under the territory's page of type `under`, for whoever may add there; `begins`: the view to go
    to, which takes the key of that page, in the place of Wagtail's own form. `first`: what a new
    territory is invited to do, until the number is above 0.
    """

    name: str
    label: Any
    count: Callable[[Collection[int]], Mapping[int, int]]
    add: Any = ""
    adds: str = ""
    under: str = ""
    begins: str = ""
    first: Any = ""
    order: int = 100


@dataclass(frozen=True)
class Role:
    """`grants.ROLES`: what somebody may be in a territory; each territory has a group for it.

    `page_actions` hold on all its pages, `media_actions` on all its images and documents; the rest
    comes from grants, those of other plugins too. `national`: a role of the national team, which
    holds on the portal instead. Where the plugin is closed the role may do nothing.
    """

    code: str
    label: Any
    page_actions: tuple[str, ...] = ()
    media_actions: tuple[str, ...] = ()
    national: bool = False


@dataclass(frozen=True)
class PageGrant:
    """`grants.PAGE_GRANTS`: what a role may do with a part of the pages, in every language.

    `under`: "app_label.Model" of the page it begins at, most often the plugin's index page;
    `actions`: Wagtail's ("add", "change", "publish"…), or "explore": find the pages in the admin
    and change nothing.
    """

    role: str
    under: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Grant:
    """`grants.GRANTS`: what a role may do with one of the plugin's models that is not a page.

    `model`: "app_label.model"; `actions`: Django's permission actions ("add", "change", "view"…).
    """

    role: str
    model: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Proposable:
    """`proposable.PROPOSABLES`: a page type that people without editing rights offer to change.

    `model`: "app_label.Model". `fields`: what they may offer to change, among the fields of its
    editor; a list of lines (an inline) too, when each has a `key` that stays. `of_user(user)`: the
    records that are this person's, whatever the territory and whether they are published or not.
    """

    model: str
    fields: tuple[str, ...]
    of_user: Callable[[User], QuerySet]


@dataclass(frozen=True)
class SetupStep:
    """`setup_steps.SETUP_STEPS`: what a plugin makes for a new site; safe to run twice.

    `run(territory, homes)`: `territory` is None for the national portal; `homes` are the home
    pages, the source language's first.
    """

    name: str
    run: Callable[[Territory | None, Sequence[Page]], None]
    on_portal: bool = False


@dataclass(frozen=True)
class Column:
    """What one name of a dataset's rows holds, in a sentence: in French, as the names are."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Extent:
    """How many rows a dataset has, and when the last of them changed."""

    rows: int
    updated: datetime | None


@dataclass(frozen=True)
class Dataset:
    """`open_data.DATASETS`: served as `/open-data/<name>.json`, a JSON array.

    `rows(territory)` yields dictionaries that JSON can hold; None means every territory.
    `schema` names the standard the rows follow. `columns` are the names that a row may have, in
    order: with them it is served as CSV and XLSX too, and, where `latitude` and `longitude` are
    among them, as GeoJSON. `extent(territory)` takes one query.
    """

    name: str
    title: Any
    summary: Any
    rows: Callable[[Territory | None], Iterable[Mapping[str, Any]]]
    schema: str = ""
    columns: Sequence[Column] = ()
    extent: Callable[[Territory | None], Extent] | None = None


@dataclass(frozen=True)
class Part:
    """`archive.PARTS`: what belongs to a territory beside its pages.

    `export(territory)` yields JSON-able dictionaries, `restore(territory, rows)` reads them back
    and is safe to run twice, `erase(territory)` deletes them for good and says how many.
    `personal` names the values of a row that say who somebody is: an archive empties them, and
    `restore` does what it can without. `stays`: its rows say nothing but who somebody is, and no
    archive holds them.
    """

    name: str
    export: Callable[[Territory], Iterable[Mapping[str, Any]]]
    restore: Callable[[Territory, Iterable[Mapping[str, Any]]], None]
    erase: Callable[[Territory], int]
    personal: tuple[str, ...] = ()
    stays: bool = False


@dataclass(frozen=True)
class Retention:
    """`privacy.RETENTIONS`: something the plugin keeps about people, as « Données personnelles »
    tells them: what, why, and for how long."""

    what: Any
    why: Any
    how_long: Any
    order: int = 100


@dataclass(frozen=True)
class Job:
    """`jobs.JOBS`: work that `manage.py work` does again and again; safe to run twice."""

    name: str
    every: timedelta
    run: Callable[[], None]


@dataclass(frozen=True)
class Theme:
    """`themes.THEMES`: another look, worn by the territories that have the plugin open.

    `templates`: a folder of the plugin's templates. A file found there under the usual name of a
    public template takes its place, and may extend it: `<templates>/components/ring.html`.
    `stylesheets`: static files, linked after the house's; their rules stand in its layers. They
    set no colour role: colours are the territory's, whatever it wears.
    """

    templates: str = ""
    stylesheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    module: str
    constant: str
    type: type


KINDS: dict[str, Kind] = {
    "BLOCKS": Kind("blocks", "BLOCKS", ContentBlock),
    "SEARCHABLES": Kind("searchable", "SEARCHABLES", Searchable),
    "FACETS": Kind("facets", "FACETS", Facet),
    "MARKS": Kind("marks", "MARKS", Mark),
    "PANELS": Kind("panels", "PANELS", Panel),
    "DASHBOARD": Kind("panels", "DASHBOARD", DashboardPanel),
    "FIGURES": Kind("panels", "FIGURES", Figure),
    "ROLES": Kind("grants", "ROLES", Role),
    "PAGE_GRANTS": Kind("grants", "PAGE_GRANTS", PageGrant),
    "GRANTS": Kind("grants", "GRANTS", Grant),
    "PROPOSABLES": Kind("proposable", "PROPOSABLES", Proposable),
    "SETUP_STEPS": Kind("setup_steps", "SETUP_STEPS", SetupStep),
    "DATASETS": Kind("open_data", "DATASETS", Dataset),
    "PARTS": Kind("archive", "PARTS", Part),
    "JOBS": Kind("jobs", "JOBS", Job),
    "THEMES": Kind("themes", "THEMES", Theme),
    "RETENTIONS": Kind("privacy", "RETENTIONS", Retention),
}
