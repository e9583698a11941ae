"""One territory of the demo: from its data files to its pages, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from agenda.models import AgendaPage, EventPage
from labelling.grids.adopting import grid_of
from labelling.labels.granting import grant_label
from labelling.models import Label, LabelPage
from newsletter.models import NewsletterIndexPage
from newsroom.models import NewsIndexPage, StoryIndexPage
from resources_directory.models import ActorMapPage, ActorPage, GuidePage, ServicePage, ServicePlace
from territories.legal.kinds import KINDS
from territories.models import (
    Commune,
    ContentPage,
    LegalFacts,
    LegalPage,
    Neighbourhood,
    Territory,
)
from territories.pages.homes import homes_of
from territories.private_space.documents import make_private_collection
from territories.provisioning.create import Plan, create_territory
from territories.tenancy.rights import find_collection

from .applications import load_applications
from .bodies import BodyMaker
from .cooperation import load_cooperation, neighbourhoods, pages_by_kind
from .criteria import load_criteria
from .labels import follow, load_labels
from .letters import load_letters
from .messages import load_messages
from .newsroom import load_newsroom
from .practice import load_practice
from .private_space import load_meetings, load_private_space
from .promotions import load_promotions
from .publishing import publish
from .reading import TerritoryContent
from .records import (
    ACTOR_FIELDS,
    ADDRESS_FIELDS,
    EVENT_FIELDS,
    SERVICE_FIELDS,
    Vocabulary,
    closures_of,
    confirmed_on,
    event_partners,
    fields,
    perimeter,
    service_places,
)
from .registrations import load_registrations
from .reports import load_reports
from .routes import load_routes
from .searches import load_searches
from .timing import timing
from .translating import languages, translate
from .words import load_words


class TerritoryLoader:
    def __init__(
        self, content: TerritoryContent, vocabulary: Vocabulary, *, today: date, port: int
    ) -> None:
        self.content = content
        self.vocabulary = vocabulary
        self.today = today
        self.port = port
        self.actors: dict[str, ActorPage] = {}

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        yield "le site", self.load_territory
        yield "les acteurs", self.load_actors
        yield "les parcours entre des lieux", lambda: load_routes(self)
        yield "les services", self.load_services
        yield "les pages", self.load_pages
        yield "l’agenda et les labels", self.load_events
        yield "les demandes de label", lambda: load_applications(self)
        yield "les bilans", lambda: load_reports(self)
        yield "les inscriptions", lambda: load_registrations(self)
        yield "les actualités et les parcours", lambda: load_newsroom(self)
        yield "les actions et les partenaires", lambda: load_cooperation(self)
        yield "les labels des actions et des lieux", lambda: load_labels(self)
        yield "les fiches actions", lambda: load_practice(self)
        yield "la lettre", lambda: load_letters(self)
        yield "l’accueil", self.load_home
        yield "les critères du label", lambda: load_criteria(self)
        yield "la page du label", self.load_label_page
        yield "l’espace des professionnels", lambda: load_private_space(self)
        yield "les messages reçus", lambda: load_messages(self)
        yield "les réponses conseillées", lambda: load_promotions(self)
        yield "ce qui est cherché", lambda: load_searches(self)
        yield "les traductions", self.load_translations

    def dated_steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """What a new day changes, when nothing else has."""
        yield "les dates du jour", self.find_territory
        yield "les permanences", self.load_permanences
        yield "l’agenda et les labels", self.load_events
        yield "les bilans", lambda: load_reports(self)
        yield "les inscriptions", lambda: load_registrations(self)
        yield "les actualités et les parcours", lambda: load_newsroom(self)
        yield "les actions et les partenaires", lambda: load_cooperation(self)
        yield "les labels des actions et des lieux", lambda: load_labels(self)
        yield "les fiches actions", lambda: load_practice(self)
        yield "la lettre", lambda: load_letters(self)
        yield "le calendrier des partenaires", lambda: load_meetings(self)
        yield "les messages reçus", lambda: load_messages(self)
        yield "les réponses conseillées", lambda: load_promotions(self)
        yield "ce qui est cherché", lambda: load_searches(self)

    def find_territory(self) -> None:
        self.remember(Territory.objects.get(slug=self.content.territory["slug"]))
        self.actors = {
            actor.slug: actor for actor in ActorPage.objects.records().in_territory(self.territory)
        }
        self.bodies.pages = {page.slug: page for page in ContentPage.objects.child_of(self.home)}
        for model, facts in (
            (ActorPage, self.content.actors),
            (ServicePage, self.content.services),
        ):
            for fact in facts:
                model.objects.in_territory(self.territory).filter(slug=fact["slug"]).update(
                    confirmed_on=confirmed_on(fact, self.today)
                )

    def remember(self, territory: Territory) -> None:
        self.territory = territory
        self.home = homes_of(territory)[0].specific
        self.bodies = BodyMaker(
            self.content.territory, find_collection(territory), make_private_collection(territory)
        )

    def load_territory(self) -> None:
        facts = self.content.territory
        # A database of an earlier version has pages of text where legal pages stand now.
        for page in ContentPage.objects.filter(
            territory__slug=facts["slug"], slug__in=KINDS, depth=3
        ):
            page.delete()
        for commune in facts["communes"]:
            Commune.objects.update_or_create(
                code=commune["code"],
                defaults=fields(
                    commune, {"name": "name", "latitude": "latitude", "longitude": "longitude"}
                ),
            )
        territory, _created = create_territory(
            Plan(
                slug=facts["slug"],
                name=facts["name"],
                hostname=facts["hostname"],
                town=facts["town"],
                communes=[commune["code"] for commune in facts["communes"]],
                plugins=facts["plugins"],
                port=self.port,
            )
        )
        first, second = facts["colours"]
        contact = facts["contact"]
        for name, value in {
            "tagline": facts["tagline"],
            "pilots": "\n".join(facts["pilots"]),
            "first_colour": first,
            "second_colour": second,
            "facade_signature": ",".join(facts["facade"]),
            "time_zone": facts["time_zone"],
            **{f"contact_{part}": contact[part] for part in contact},
        }.items():
            setattr(territory, name, value)
        territory.save()
        LegalFacts.objects.update_or_create(territory=territory, defaults=facts["legal"])
        for fact in facts["neighbourhoods"]:
            neighbourhood, _made = Neighbourhood.objects.update_or_create(
                commune_id=fact["commune"],
                name=fact["name"],
                defaults={
                    **fields(
                        fact, {"code": "code", "latitude": "latitude", "longitude": "longitude"}
                    ),
                    "perimeter": perimeter(fact),
                },
            )
            territory.neighbourhoods.add(neighbourhood)
        load_words(territory, facts["words"])
        self.remember(territory)

    def load_actors(self) -> None:
        parent = self.index(ActorMapPage)
        category = {}
        for fact in self.content.services:
            for theme in fact.get("thematiques", [])[:1]:
                category.setdefault(fact["structure"], theme.split("--")[0])
        for fact in self.content.actors:
            page = self.put(
                parent,
                ActorPage,
                fact["slug"],
                **fields(fact, ACTOR_FIELDS),
                confirmed_on=confirmed_on(fact, self.today),
                closures=closures_of(fact, self.today),
                networks=self.vocabulary.terms("network", fact.get("reseaux_porteurs", [])),
                category=self.vocabulary.term("theme-category", category[fact["slug"]])
                if fact["slug"] in category
                else None,
            )
            self.actors[fact["slug"]] = page

    def load_services(self) -> None:
        parent = self.index(GuidePage)
        for fact in self.content.services:
            self.put(
                parent,
                ServicePage,
                fact["slug"],
                **fields(fact, SERVICE_FIELDS),
                actor=self.actors[fact["structure"]],
                confirmed_on=confirmed_on(fact, self.today),
                themes=self.vocabulary.terms("theme", fact.get("thematiques", [])),
                publics=self.vocabulary.terms("public", fact.get("publics", [])),
                places=self.places(fact),
            )

    def load_permanences(self) -> None:
        """The services whose days are counted from today."""
        parent = self.index(GuidePage)
        for fact in self.content.services:
            if any("weekday" in place for place in fact.get("places", [])):
                self.put(parent, ServicePage, fact["slug"], places=self.places(fact))

    def places(self, fact: dict[str, Any]) -> list[ServicePlace]:
        return service_places(fact, self.actors, today=self.today, namespace=self.bodies.namespace)

    def load_pages(self) -> None:
        # A page may list pages that come after it in the file: those that list come again.
        lists = [
            fact
            for fact in self.content.pages
            if any(block["type"] == "page_list" for block in fact["body"])
        ]
        for fact in [*self.content.pages, *lists]:
            self.bodies.pages[fact["slug"]] = self.put(
                self.home,
                LegalPage if fact["slug"] in KINDS else ContentPage,
                fact["slug"],
                title=fact["title"],
                introduction=fact["introduction"],
                show_in_menus=fact["in_menu"],
                body=self.bodies.body(fact["slug"], fact["body"]),
            )

    def load_events(self) -> None:
        self.put_events(self.index(AgendaPage), self.content.events)

    def put_events(self, parent: Page, facts: Sequence[dict[str, Any]]) -> None:
        for fact in facts:
            address = fact.get("address", {})
            event = self.put(
                parent,
                EventPage,
                fact["slug"],
                **fields(fact, EVENT_FIELDS),
                **fields(address, ADDRESS_FIELDS),
                place_name=address.get("name", ""),
                organiser=self.actors.get(fact.get("organiser")),
                place=self.actors.get(fact.get("place")),
                format=self.vocabulary.term("event-format", fact["kind"]),
                themes=self.vocabulary.terms("theme", fact["themes"]),
                publics=self.vocabulary.terms("public", fact["publics"]),
                sectors=self.vocabulary.terms("sector", fact.get("sectors", [])),
                aimed_at=neighbourhoods(self, fact.get("aimed_at", [])),
                is_online="online_url" in fact,
                partners=event_partners(fact, self.actors),
                **timing(
                    fact,
                    today=self.today,
                    zone=self.territory.zone,
                    namespace=self.bodies.namespace,
                ),
            )
            if "label" in fact:
                self.label(event, fact["label"])

    def label(self, event: EventPage, fact: dict[str, Any]) -> None:
        # As in life: given some weeks before the first date.
        first = timezone.localdate(event.occurrences.order_by("start").first().start)
        granted_on = min(self.today, first - timedelta(days=30))
        if Label.objects.filter(page=event).exists():
            follow(event, granted_on)
            return
        grid = grid_of(self.territory)
        checked = grid.criteria.filter(kind="mandatory", number__in=fact["mandatory"]) | (
            grid.criteria.filter(kind="optional", number__in=fact["optional"])
        )
        grant_label(
            page=event,
            grid=grid,
            criteria=checked,
            granted_on=granted_on,
            reasons=fact["reasons"],
        )

    def load_home(self) -> None:
        facts = self.content.territory["home"]
        self.home.refresh_from_db()
        self.home.headline = facts["title"]
        self.home.introduction = facts["intro"]
        self.home.body = self.bodies.body("home", facts["body"])
        publish(self.home)

    def load_label_page(self) -> None:
        page = self.index(LabelPage)
        page.body = self.bodies.body("label", self.content.territory.get("label", []))
        publish(page)

    def load_translations(self) -> None:
        indexes = {
            "guide": self.index(GuidePage),
            "agenda": self.index(AgendaPage),
            "map": self.index(ActorMapPage),
            "label": self.index(LabelPage),
        }
        pages = {
            "event": self.pages_under(indexes["agenda"]),
            "service": self.pages_under(indexes["guide"]),
            "news": self.pages_under(self.index(NewsIndexPage)),
            "newsletter": self.pages_under(self.index(NewsletterIndexPage)),
            "story": self.pages_under(self.index(StoryIndexPage)),
            "route": self.pages_under(indexes["map"]),
            "page": self.bodies.pages,
            **pages_by_kind(self),
        }
        for language, words in languages(self.territory.slug).items():
            translate(
                words=words,
                language=language,
                home=self.home,
                indexes=indexes,
                pages=pages,
                bodies=self.bodies,
            )

    def pages_under(self, parent: Page) -> dict[str, Page]:
        return {page.slug: page for page in parent.get_children().specific()}

    def index(self, model: type[Page]) -> Page:
        return model.objects.child_of(self.home).get()

    def put(self, parent: Page, model: type[Page], slug: str, **values: Any) -> Any:
        """Make the page, or bring the one of this slug in line, and publish it."""
        page = model.objects.child_of(parent).filter(slug=slug).first()
        page = page or model(slug=slug, locale=parent.locale)
        for name, value in values.items():
            setattr(page, name, value)
        publish(page, parent)
        return page
