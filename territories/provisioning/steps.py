"""The steps that make a territory. Each is safe to run twice, on a territory of any age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from territories.models import Territory, TerritoryHomePage
from territories.pages.base import SOURCE_LANGUAGE
from territories.people.invitations import accounts_of, invite, one_address
from territories.people.members import COORDINATOR, members_of
from territories.people.models import Invitation
from territories.places.communes import find_or_make
from territories.plugins.registry import GROUND, plugins
from territories.plugins.switching import open_plugin, run_setup_steps
from territories.tenancy.rights import put_right
from territories.territory import NO_ADDRESS

from .languages import enabled_locales, make_translations
from .plan import TAKEN, InvalidPlan, Plan, is_taken, with_requirements


@dataclass(frozen=True)
class Step:
    """`code` is kept in the database, `label` is read on screen."""

    code: str
    label: str | Promise
    run: Callable[[Plan, Territory], Territory | None]


def steps_of(plan: Plan, asked_by: int | None = None) -> list[Step]:
    """What is done, in this order; `asked_by`: the account whose name an invitation bears.

    The address comes last: until then the site has a name that leads nowhere, its host gets 400
    and no list shows the territory, so that nobody meets half of a site. Whoever is invited finds
    it whole.
    """
    return [
        Step("identity", _("Nom et accueil"), name_territory),
        Step("communes", _("Communes"), add_communes),
        Step("languages", _("Accueils dans chaque langue"), make_homes),
        Step("ground", _("Rubriques communes et pages légales"), set_up_the_ground),
        *(
            Step(
                f"plugin:{label}",
                format_lazy(_("Module : {name}"), name=plugins()[label].verbose_name),
                opening(label),
            )
            for label in with_requirements(plan.plugins)
        ),
        Step("rights", _("Rôles, images et documents"), give_rights),
        Step("address", _("Mise en ligne à son adresse"), give_address),
        *(
            [Step("coordinator", _("Invitation de la coordination"), inviting(asked_by))]
            if plan.coordinator_email
            else []
        ),
    ]


def name_territory(plan: Plan, territory: Territory | None) -> Territory:
    """Name the territory, or make it with a home and a site that has no address yet."""
    if territory is None:
        home = make_home(plan)
        site = Site.objects.create(
            hostname=f"{plan.slug}{NO_ADDRESS}", site_name=plan.name, root_page=home
        )
        territory = Territory.objects.create(
            slug=plan.slug, name=plan.name, town=plan.town, tagline=plan.tagline, site=site
        )
        TerritoryHomePage.objects.filter(pk=home.pk).update(territory=territory)
        return territory
    # What a plan leaves empty, people may have filled since.
    wanted = {"name": plan.name, "town": plan.town, "tagline": plan.tagline}
    changed = {
        name: value for name, value in wanted.items() if value and value != getattr(territory, name)
    }
    for name, value in changed.items():
        setattr(territory, name, value)
    if changed:
        territory.save(update_fields=changed)
    return territory


def make_home(plan: Plan) -> TerritoryHomePage:
    locale = next(locale for locale in enabled_locales() if locale.language_code == SOURCE_LANGUAGE)
    home = TerritoryHomePage(
        title=plan.name, slug=plan.slug, locale=locale, headline="", show_in_menus=False
    )
    Page.get_first_root_node().add_child(instance=home)
    return home


def add_communes(plan: Plan, territory: Territory) -> None:
    territory.communes.add(*find_or_make(plan.communes))


def make_homes(plan: Plan, territory: Territory) -> None:
    home = territory.site.root_page
    make_translations(home.specific)
    TerritoryHomePage.objects.filter(translation_key=home.translation_key).update(
        territory=territory
    )


def set_up_the_ground(plan: Plan, territory: Territory) -> None:
    run_setup_steps(plugin=GROUND, territory=territory)


def opening(label: str) -> Callable[[Plan, Territory], None]:
    def open_it(plan: Plan, territory: Territory) -> None:
        open_plugin(territory=territory, plugin=label)

    return open_it


def give_rights(plan: Plan, territory: Territory) -> None:
    put_right(territory)


def give_address(plan: Plan, territory: Territory) -> None:
    if is_taken(plan):  # since the plan was checked
        raise InvalidPlan({"hostname": [TAKEN % {"host": plan.hostname}]})
    site = territory.site
    wanted = {"hostname": plan.hostname, "port": plan.port, "site_name": plan.name}
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()


def inviting(asked_by: int | None) -> Callable[[Plan, Territory], None]:
    def invite_coordinator(plan: Plan, territory: Territory) -> None:
        """Unless the person is in the team already, or has an invitation that still opens."""
        email = one_address(plan.coordinator_email)
        waiting = Invitation.objects.waiting(territory).filter(email=email)
        is_member = members_of(territory).filter(pk__in=accounts_of(email)).exists()
        if is_member or any(not invitation.is_expired for invitation in waiting):
            return
        invite(
            territory=territory,
            email=email,
            roles=[COORDINATOR],
            invited_by=User.objects.filter(pk=asked_by).first(),
            first_name=plan.coordinator_first_name,
            last_name=plan.coordinator_last_name,
        )

    return invite_coordinator
