"""Where the matrix is tried: two territories and the portal, full of the same things.

Everybody of Alpha's and of the portal's tries everything: on what is theirs, and on Beta's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from agenda_factories import make_event
from cooperation_factories import make_action, make_call, make_group, make_training
from directory_factories import make_actor
from django.contrib.auth.models import Group, User
from django.utils import timezone
from factories import home_of, make_content_page, make_member, make_page, make_territory
from leaks.beta import TOKEN, Things, fill, make_document, make_image
from practice_factories import make_sheet
from wagtail.log_actions import log
from wagtail.models import Collection, Locale, Page

from agenda.models import PartnerAgendaPage
from labelling.models import CriteriaGrid, Label
from portal.home.models import PortalHomePage
from portal.search.models import Promotion, Synonym, UnmetSearch
from resources_directory.members import add_partner
from territories.models import (
    ContactMessage,
    ContentPage,
    GlossaryEntry,
    PrivateSpacePage,
    Term,
    Territory,
)
from territories.plugins.registry import contributions
from territories.signals import page_types
from territories.tenancy.rights import find_collection

SUPERUSER, NOBODY, ANONYMOUS = "superuser", "no role", "anonymous"
# Their pages, roles and models are there for tests: they are tried, and not printed.
ONLY_IN_TESTS = "sample_plugin"


@dataclass
class Side:
    """The things of one owner: a territory's, or those of the portal. Some kinds may lack."""

    territory: Territory | None
    home: Page
    collection: Collection
    things: dict[str, Any] = field(default_factory=dict)
    # In the place of the first page of the type: those that nothing else rests on.
    lone_pages: tuple[Page, ...] = ()

    def get(self, kind: str):
        return self.things.get(kind)

    def page(self, model: type[Page]) -> Page | None:
        """A page of the type, published rather than not."""
        found = model.objects.filter(territory=self.territory, locale=Locale.get_default())
        return found.order_by("-live", "pk").first()

    @cached_property
    def pages(self) -> dict[type[Page], Page | None]:
        found = {model: self.page(model) for model in page_types()}
        return found | {type(page): page for page in self.lone_pages}


@dataclass
class Ground:
    alpha: Side
    beta: Side
    portal: Side
    people: dict[str, User | None]
    # Forms as a superuser is given them: the same for everybody who tries.
    forms: dict[tuple, dict] = field(default_factory=dict)
    # Where a page could be moved: see pages.py.
    places: dict[tuple[int, int], Page | None] = field(default_factory=dict)

    def own(self, role: str) -> Side:
        return self.portal if role in national_roles() else self.alpha


def national_roles() -> list[str]:
    return [role.code for _plugin, role in contributions("ROLES") if role.national]


def territorial_roles() -> list[str]:
    return [role.code for _plugin, role in contributions("ROLES") if not role.national]


def printed_roles() -> list[str]:
    contributed = [role for plugin, role in contributions("ROLES") if plugin != ONLY_IN_TESTS]
    # The national team stands after those of the territories.
    contributed.sort(key=lambda role: role.national)
    return [*(role.code for role in contributed), NOBODY, ANONYMOUS]


def make_ground() -> Ground:
    alpha = make_territory("alpha")
    own = fill(alpha, "alpha")
    beta = make_territory("beta")
    others = fill(beta, TOKEN)
    people: dict[str, User | None] = {
        SUPERUSER: User.objects.create_superuser("superuser"),
        NOBODY: User.objects.create_user("nobody"),
        ANONYMOUS: None,
    }
    for role in territorial_roles():
        people[role] = make_member(alpha, role, username=f"alpha-{role}")
    for role in national_roles():
        people[role] = make_member(None, role, username=f"national-{role}")
    sides = side_of(alpha, own), side_of(beta, others), make_portal_side()
    for side in sides[:2]:
        log(instance=side.page(ContentPage), action="wagtail.edit")
    add_partner(actor=sides[0].get("sheet"), user=people["partner"])
    return Ground(*sides, people)


def side_of(territory: Territory, filled: Things) -> Side:
    """What the walk of leaks fills a territory with, and pages that nothing keeps from going."""
    lone_pages = (
        make_event(territory, f"Rendez-vous sans label {territory.slug}"),
        make_actor(territory, f"Acteur sans service {territory.slug}"),
        make_action(territory, f"Action {territory.slug}"),
        make_group(territory, f"Groupe {territory.slug}"),
        make_call(territory, f"Appel sans réponse {territory.slug}"),
        make_training(territory, f"Formation {territory.slug}"),
        make_sheet(territory, f"Fiche {territory.slug}"),
    )
    space = PrivateSpacePage.objects.records().get(territory=territory)
    make_page(space, PartnerAgendaPage(title=f"Calendrier des partenaires {territory.slug}"))
    return Side(
        territory,
        filled.home,
        filled.collection,
        {
            "image": filled.image,
            "document": filled.document,
            "collection": filled.collection,
            "label": Label.objects.get(territory=territory),
            "labelled": filled.published,
            "unlabelled": lone_pages[0],
            "application for the label": filled.more["application"],
            "translation": filled.translation,
            "workflow": filled.workflow,
            "task": filled.task,
            "person": filled.member,
            "successor": make_member(territory, username=f"{territory.slug}-successor"),
            "proposal": filled.more["proposal"],
            "message received": filled.more["message"],
            "answer to a call for projects": filled.more["response"],
            "registration for an event": filled.more["registration"],
            "subscriber": filled.more["subscriber"],
            "letter": filled.more["letter"],
            "sending of a letter": filled.more["sending"],
            "word": filled.more["word"],
            "synonym of the search": filled.more["synonym"],
            "chosen answer": filled.more["promotion"],
            "unmet search": filled.more["unmet"],
            "invitation": filled.more["invitation"],
            "sheet": lone_pages[1],
            "group": Group.objects.get(name=f"{territory.slug}: editor"),
            "site": territory.site,
            "territory": territory,
            **shared(),
        },
        lone_pages,
    )


def shared() -> dict[str, Any]:
    return {
        "term": Term.objects.filter(kind="public").first(),
        "grid": draft_of_a_grid(),
        "locale": Locale.objects.get(language_code="ar"),
    }


def draft_of_a_grid() -> CriteriaGrid:
    """The current one has served: it no longer changes."""
    draft, made = CriteriaGrid.objects.get_or_create(name="Grille d’essai", version="2099-1")
    if made:
        for criterion in CriteriaGrid.objects.current().criteria.all():
            criterion.pk, criterion.grid = None, draft
            criterion.save()
    return draft


def make_portal_side() -> Side:
    collection = find_collection(None)
    make_content_page(None, "Page du portail")
    member = make_member(None, "team", username="national-colleague")
    return Side(
        None,
        home_of(None),
        collection,
        {
            "image": make_image(collection, "photo du portail"),
            "document": make_document(collection, "liste du portail"),
            "message received": ContactMessage.objects.create(
                territory=None, subject="Une question", text="Bonjour", language="fr"
            ),
            "collection": collection,
            "person": member,
            "group": Group.objects.get(name="national: team"),
            "site": PortalHomePage.objects.get(pk=home_of(None).pk).get_site(),
            "word": GlossaryEntry.objects.filter(territory=None).first(),
            "synonym of the search": Synonym.objects.create(said="gasoil", means="carburant"),
            "chosen answer": Promotion.objects.create(
                questions="portail",
                url="https://essai.example/",
                title="Conseil du portail",
                sentence="Pour tous.",
            ),
            "unmet search": UnmetSearch.objects.create(
                text="gasoil", last_week=timezone.localdate(), without_result=5
            ),
            **shared(),
        },
    )
