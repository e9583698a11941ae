"""All the kinds of objects that the admin knows."""

from __future__ import annotations

from django.db.models import Model
from wagtail.admin.viewsets import viewsets
from wagtail.contrib.settings.registry import registry as settings_of_sites
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from agenda.models import PartnerAgendaPage
from portal.home.models import PortalHomePage
from territories.models import PrivateSpacePage
from territories.signals import page_types

from .acts import ApplicationKind, HistoryKind, LabelKind, TranslationKind
from .kinds import Kind
from .letters import SubscriberKind
from .media import CollectionKind, DocumentKind, ImageKind
from .national import (
    GridKind,
    GroupKind,
    LocaleKind,
    PersonKind,
    SiteKind,
    SynonymKind,
    TaskKind,
    TermKind,
    TerritoryKind,
    WordKind,
    WorkflowKind,
)
from .pages import PageKind
from .searching import PromotionKind
from .sending import SendingKind
from .teams import (
    InvitationKind,
    JournalKind,
    MakingKind,
    MemberKind,
    MessageKind,
    ProposalKind,
    RegistrationKind,
    ResponseKind,
    UnmetKind,
)

OTHERS: list[type[Kind]] = [
    ImageKind, DocumentKind, CollectionKind,
    LabelKind, ApplicationKind, TranslationKind, ProposalKind, MessageKind, ResponseKind,
    RegistrationKind, SubscriberKind, SendingKind, MemberKind, InvitationKind, TerritoryKind,
    JournalKind, HistoryKind, GridKind, TermKind, WordKind, SynonymKind, PromotionKind, UnmetKind,
    MakingKind,
    PersonKind, GroupKind, SiteKind, LocaleKind, WorkflowKind, TaskKind,
]  # fmt: skip


# What nobody may do in the admin, a superuser no more than others.
NEVER = {
    *((name, "delete") for name in (
        "ActionsPage", "ActorMapPage", "AgendaPage", "CallsPage", "ContactPage", "GuidePage",
        "LabelPage", "LegalPage", "NewsIndexPage", "NewsletterIndexPage", "PartnersPage",
        "PortalHomePage", "PracticeSheetsPage", "PrivateSpacePage", "StoryIndexPage",
        "TerritoryHomePage", "TrainingsPage", "WorkingGroupsPage",
    )),
    # There is one, and nobody else makes another.
    ("PortalHomePage", "copy"),
    # Their territory, or their pages, rest on them.
    ("site", "delete"), ("locale", "delete"),
}  # fmt: skip
# What the national team does in any territory.
NATIONAL_DUTIES = {
    *(("territory", act) for act in ("list", "view", "edit")),
    *(("making of a territory", act) for act in ("view", "edit")),
    # Its coordinators.
    *(("member of the team", act) for act in ("list", "view", "delete", "move")),
    *(("invitation", act) for act in ("list", "create")),
    ("line of the journal", "list"),
    # The words that a territory adds to theirs.
    *(("word", act) for act in ("list", "view", "create", "edit")),
    # What residents say, there as anywhere.
    *(("synonym of the search", act) for act in ("list", "view", "create", "edit", "delete")),
    # The answers that it chooses for some words.
    *(("chosen answer", act) for act in ("list", "view", "create", "edit", "delete")),
    # What they do not find there.
    *(("unmet search", act) for act in ("list", "edit")),
    # The portal leads to what every territory has published for all.
    *(
        (model.__name__, act)
        for model in page_types()
        for act in ("choose", "crafted")
        if model not in {PortalHomePage, PrivateSpacePage, PartnerAgendaPage}
    ),
}


def all_kinds() -> list[Kind]:
    pages = sorted(page_types(), key=lambda model: model.__name__)
    return [*(PageKind(model) for model in pages), *(kind() for kind in OTHERS)]


def registered_models() -> set[type[Model]]:
    """Whatever has views of its own in the admin, and every type of page."""
    of_viewsets = {getattr(viewset, "model", None) for viewset in viewsets.viewsets}
    found = {model for model in of_viewsets if isinstance(model, type)} - {Page}
    return {*found, *get_snippet_models(), *settings_of_sites, *page_types()}
