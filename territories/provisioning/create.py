"""Making a territory from nothing. Every step is safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from territories.models import Commune, ContentPage, Territory, TerritoryHomePage
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.homes import homes_of
from territories.plugins.registry import GROUND, plugins
from territories.plugins.switching import open_plugin, run_setup_steps
from territories.tenancy.rights import put_right
from territories.tenancy.roles import NATIONAL

from .languages import enabled_locales, make_translations
from .legal import LEGAL_PAGES


@dataclass(frozen=True)
class Plan:
    """What a territory is to be. `communes` are INSEE codes, names optional: `31555` or
    `31555:Toulouse`; `plugins` are labels."""

    slug: str
    name: str
    hostname: str
    communes: Sequence[str]
    plugins: Sequence[str] = field(default_factory=list)
    port: int = 80
    town: str = ""


class InvalidPlan(ValueError):
    """The plan cannot be carried out; `sentences` say what is wrong, in French."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def check_plan(plan: Plan) -> None:
    """Raise InvalidPlan before anything is written."""
    wrong = []
    try:
        Territory(
            slug=plan.slug, name=plan.name, town=plan.town, first_colour="#27233F"
        ).clean_fields(exclude=["site"])
    except ValidationError as error:
        wrong += [f"{name} : {' '.join(texts)}" for name, texts in error.message_dict.items()]
    if plan.slug == NATIONAL:
        wrong.append(_("« %(slug)s » est le nom de l’équipe nationale.") % {"slug": NATIONAL})
    for code in plan.communes:
        try:
            Commune(code=code.partition(":")[0], name="-").clean_fields()
        except ValidationError as error:
            wrong.append(f"commune {code} : {' '.join(error.messages)}")
    if not plan.communes:
        wrong.append(_("Donnez au moins une commune par son code INSEE."))
    unknown = [label for label in plan.plugins if label not in plugins()]
    if unknown:
        wrong.append(
            _("Module inconnu : %(unknown)s. Modules installés : %(known)s.")
            % {"unknown": ", ".join(unknown), "known": ", ".join(plugins())}
        )
    taken = Site.objects.filter(hostname=plan.hostname).exclude(territory__slug=plan.slug).first()
    if taken:
        wrong.append(_("L’adresse %(host)s est déjà prise.") % {"host": plan.hostname})
    if wrong:
        raise InvalidPlan(wrong)


@transaction.atomic
def create_territory(plan: Plan) -> tuple[Territory, bool]:
    """Make or complete a territory; returns it and whether it was made.

    Makes the site, a home in every enabled language, what each plugin sets up, legal pages as
    drafts, the collection, the groups and their permissions. Raises InvalidPlan.
    """
    check_plan(plan)
    territory = Territory.objects.filter(slug=plan.slug).select_related("site__root_page").first()
    created = territory is None
    if territory is None:
        territory = Territory.objects.create(
            slug=plan.slug, name=plan.name, town=plan.town, site=make_site(plan)
        )
    else:
        Territory.objects.filter(pk=territory.pk).update(name=plan.name)
        Site.objects.filter(pk=territory.site_id).update(
            hostname=plan.hostname, port=plan.port, site_name=plan.name
        )
        Site.clear_site_root_paths_cache()
        territory = Territory.objects.select_related("site__root_page").get(pk=territory.pk)
    TerritoryHomePage.objects.filter(pk=territory.site.root_page_id).update(territory=territory)
    territory.communes.add(*[commune(code) for code in plan.communes])
    make_translations(territory.site.root_page.specific)
    TerritoryHomePage.objects.filter(
        translation_key=territory.site.root_page.translation_key
    ).update(territory=territory)
    homes = homes_of(territory)
    make_legal_pages(territory, homes[0])
    run_setup_steps(plugin=GROUND, territory=territory)
    for label in plan.plugins:
        open_plugin(territory=territory, plugin=label)
    put_right(territory)
    return territory, created


def make_site(plan: Plan) -> Site:
    root = Page.get_first_root_node()
    locale = next(locale for locale in enabled_locales() if locale.language_code == SOURCE_LANGUAGE)
    home = TerritoryHomePage(
        title=plan.name, slug=plan.slug, locale=locale, headline="", show_in_menus=False
    )
    root.add_child(instance=home)
    return Site.objects.create(
        hostname=plan.hostname, port=plan.port, site_name=plan.name, root_page=home
    )


def commune(code: str) -> Commune:
    """`31555` or `31555:Toulouse`; the name of a known commune is kept."""
    code, _separator, name = code.partition(":")
    found, _created = Commune.objects.get_or_create(code=code, defaults={"name": name or code})
    return found


def make_legal_pages(territory: Territory, home: Page) -> None:
    """Drafts that somebody must read and complete before they are published."""
    for slug, title, introduction, body in LEGAL_PAGES:
        if not home.get_children().filter(slug=slug).exists():
            page = ContentPage(
                title=title,
                slug=slug,
                introduction=introduction,
                locale=home.locale,
                live=False,
                body=[("text", {"text": text}) for text in body],
            )
            home.add_child(instance=page)
            page.save_revision()
