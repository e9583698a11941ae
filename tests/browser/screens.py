"""Every template that residents meet, and how a visitor comes to it in the demo.

Page types are found by themselves: whoever adds one shows one in the demo. A template that is no
page's is named here; `tests/portal/test_screens.py` fails until it is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page as Tab

from territories.signals import page_types

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = Path(__file__).parent / "shown_by_the_demo.py"
ONLY_IN_TESTS = "sample_plugin"
# One that is read from left to right and one from right to left: the crawl reads the words of all.
FR, AR = LANGUAGES = ("fr", "ar")
PORTAL, TERRITORY = "portal", "territory"
HOSTS = {
    PORTAL: "localhost", TERRITORY: "grand-mirail.localhost", "unknown": "inconnu.localhost",
}  # fmt: skip
READER = ("coordination-grand-mirail", "demo")
TEAM = ("equipe-nationale", "demo")


@dataclass(frozen=True)
class Screen:
    """`path`: an address of the side's; `told`: the name of one that `shown_by_the_demo.py` tells;
    `answer`: the template is drawn there too. None of them: a page type, whose label is `name`."""

    name: str
    template: str
    side: str = TERRITORY
    path: str = ""
    told: str = ""
    answer: bool = False
    status: int = 200
    languages: tuple[str, ...] = LANGUAGES
    # What the visitor does there before it is looked at.
    act: Callable[[Tab], None] | None = None
    # In the look of the admin: one theme for whoever has no account yet.
    is_of_the_admin: bool = False
    # Rules of axe about a page as a whole, where it shows the same component again and again.
    without: tuple[str, ...] = ()
    # Shown to the national team alone, once logged in to the admin.
    is_of_the_team: bool = False


def send_empty(tab: Tab) -> None:
    """Fields that a browser would refuse too are what the page itself must answer."""
    tab.locator("main form[method=post]").evaluate("form => { form.noValidate = true }")
    with tab.expect_navigation():
        tab.locator("main form[method=post] [type=submit]").first.click()


def send_impossible(tab: Tab) -> None:
    """More women than people, of the first session or of the whole."""
    tab.locator("[name^=reached]").first.fill("3")
    tab.locator("[name^=women]").first.fill("4")
    with tab.expect_navigation():
        tab.locator("main form[method=post] [type=submit].big").first.click()


ONLY_FRENCH = (FR,)
ALERT = "/recherche/alerte/?q=permis"
OTHERS = [
    Screen("search", "portal_search/search.html", path="/recherche/?q=permis"),
    Screen("search without results", "portal_search/search.html", path="/recherche/?q=zzzz"),
    Screen("API of the search", "portal_search/api.html", path="/recherche/api/"),
    Screen("search of the portal", "portal_search/search.html", PORTAL, "/recherche/?q=permis"),
    Screen("agenda of the portal", "agenda/agenda_page.html", PORTAL, "/agenda/"),
    Screen("agenda of a month", "agenda/agenda_page.html", path="/agenda/?vue=mois"),
    Screen("agenda on a map", "agenda/agenda_page.html", path="/agenda/?vue=carte"),
    Screen("agenda of a day", "agenda/agenda_page.html", told="day of the month"),
    Screen("agenda of the past", "agenda/agenda_page.html", path="/agenda/?passes=1"),
    Screen("agenda of another time", "agenda/agenda_page.html", path="/agenda/?du=hier"),
    Screen(
        "agenda without results",
        "agenda/agenda_page.html",
        path="/agenda/?du=2001-01-01&au=2001-01-02",
    ),
    Screen("guide of the portal", "resources_directory/guide_page.html", PORTAL, "/guide/"),
    Screen("map of the portal", "resources_directory/actor_map_page.html", PORTAL, "/carte/"),
    Screen("glossary", "territories/glossary/index.html", path="/glossaire/"),
    Screen(
        "styles",
        "portal_styles/styles.html",
        PORTAL,
        "/styles/",
        is_of_the_team=True,
        without=("landmark-unique",),
    ),
    Screen(
        "contact refused",
        "territories/contact/contact_page.html",
        path="/contact/",
        act=send_empty,
    ),
    Screen("message sent", "territories/contact/sent.html", path="/contact/envoye/"),
    *(
        Screen(slug, f"territories/legal/{name}.html", path=f"/{slug}/")
        for slug, name in (
            ("mentions-legales", "notice"),
            ("accessibilite", "accessibility"),
            ("donnees-personnelles", "privacy"),
            ("plan-du-site", "site_map"),
        )
    ),
    Screen("figures of the label", "labelling/figures/page.html", path="/label/chiffres/"),
    Screen("figures of all", "labelling/figures/page.html", PORTAL, "/label/chiffres/"),
    Screen("poster", "agenda/poster/page.html", told="poster"),
    Screen("label", "labelling/labels/label.html", told="label"),
    Screen("label on the portal", "labelling/labels/register.html", PORTAL, "/label/registre/"),
    Screen("register of labels", "labelling/labels/register.html", path="/label/registre/"),
    Screen(
        "unknown label", "labelling/labels/unknown.html", path="/label/GM-1900-999/", status=404
    ),
    Screen("renewal of a label", "labelling/labels/renew.html", told="renewal"),
    Screen("pack of a label", "labelling/promotion/pack.html", told="pack"),
    Screen("press release", "labelling/promotion/release.html", told="press release"),
    *(
        Screen(name, f"labelling/applying/{template}.html", path=f"/label/demander/{path}")
        for name, template, path in (
            ("asking for the label", "apply", ""),
            ("label searched for", "apply", "?pour=lieu&q=maison"),
            ("asking who asks", "begin", "nouvelle/"),
            ("application begun", "begun", "commencee/"),
            ("application abandoned", "abandoned", "abandonnee/"),
            ("new link", "link", "lien/"),
            ("new link sent", "link", "lien/?envoye=1"),
        )
    ),
    Screen(
        "asking who asks, refused",
        "labelling/applying/begin.html",
        path="/label/demander/nouvelle/",
        act=send_empty,
    ),
    *(
        Screen(
            f"application: {name}", f"labelling/applying/{name}.html", told=f"application {name}"
        )
        for name in (
            *("application", "details", "address", "step"),
            *("support", "check", "sent", "abandon"),
        )
    ),
    Screen(
        "application: step refused",
        "labelling/applying/step.html",
        told="application step",
        act=send_empty,
    ),
    Screen("answer to a call", "cooperation/responses/answer.html", told="call"),
    Screen(
        "answer to a call refused",
        "cooperation/responses/answer.html",
        told="call",
        act=send_empty,
    ),
    Screen("answer sent", "cooperation/responses/sent.html", told="answer sent"),
    Screen("late answer", "cooperation/responses/late.html", told="late call"),
    Screen("registration", "agenda/registration/form.html", told="registration"),
    Screen(
        "registration refused",
        "agenda/registration/form.html",
        told="registration",
        act=send_empty,
    ),
    Screen("registration sent", "agenda/registration/done.html", told="registration sent"),
    Screen("registrations closed", "agenda/registration/closed.html", told="late registration"),
    Screen("cancel a registration", "agenda/registration/cancel.html", told="cancel"),
    *(
        Screen(name, f"newsletter/subscribing/{template}.html", path=f"/lettres/abonnement/{query}")
        for name, template, query in (
            ("subscribing", "subscribe", ""),
            ("subscription asked for", "asked", "?envoye=1"),
        )
    ),
    Screen(
        "subscribing, refused",
        "newsletter/subscribing/subscribe.html",
        path="/lettres/abonnement/",
        act=send_empty,
    ),
    *(
        Screen(name, f"newsletter/subscribing/{template}.html", told=name)
        for name, template in (
            ("subscription", "confirm"),
            ("choices", "choices"),
            ("leave", "leave"),
            ("stay", "stay"),
            ("new address", "address"),
        )
    ),
    Screen("erased reader", "territories/links/refused.html", told="erased reader", status=404),
    Screen("asking for an alert", "portal_search/alerts/ask.html", path=ALERT),
    Screen(
        "asking for an alert, refused",
        "portal_search/alerts/ask.html",
        path=ALERT,
        act=send_empty,
    ),
    Screen("alert", "portal_search/alerts/confirm.html", told="alert"),
    Screen("alerts", "portal_search/alerts/mine.html", told="alerts"),
    *(
        Screen(f"answer {name}", f"{name}.html", answer=True)
        for name in (
            "newsletter/subscribing/confirmed",
            "newsletter/subscribing/erased",
            "portal_search/alerts/confirmed",
        )
    ),
    Screen("report", "labelling/reports/form.html", told="report"),
    Screen("report refused", "labelling/reports/form.html", told="report", act=send_impossible),
    Screen("report received", "labelling/reports/received.html", told="report received"),
    Screen("open data", "territories/open_data.html", path="/open-data/"),
    Screen("log-in", "territories/private_space/log_in.html", path="/espace-pro/connexion/"),
    Screen(
        "log-in refused",
        "territories/private_space/log_in.html",
        path="/espace-pro/connexion/",
        act=send_empty,
    ),
    Screen(
        "proposal",
        "territories/proposals/offer_by_link.html",
        told="proposal",
        languages=ONLY_FRENCH,
    ),
    Screen(
        "proposal refused",
        "territories/proposals/offer_by_link.html",
        told="proposal",
        act=send_empty,
        languages=ONLY_FRENCH,
    ),
    Screen(
        "proposal sent",
        "territories/proposals/proposed.html",
        path="/proposer/envoye/",
        languages=ONLY_FRENCH,
    ),
    Screen(
        "expired link",
        "territories/links/refused.html",
        told="expired",
        status=410,
        languages=ONLY_FRENCH,
    ),
    Screen(
        "invitation",
        "territories/people/accept.html",
        told="invitation",
        languages=ONLY_FRENCH,
        is_of_the_admin=True,
    ),
    Screen(
        "unknown invitation",
        "territories/people/link_refused.html",
        told="unknown invitation",
        status=404,
        languages=ONLY_FRENCH,
        is_of_the_admin=True,
    ),
    Screen("unknown host", "400.html", "unknown", "/", status=400, languages=ONLY_FRENCH),
    Screen("not found", "404.html", path="/nulle-part/", status=404),
    *(
        Screen(f"answer {name.removesuffix('.html')}", name, answer=True)
        for name in ("403.html", "403_csrf.html", "410.html", "429.html", "500.html", "503.html")
    ),
]


def page_screens() -> list[Screen]:
    found = []
    for model in page_types():
        if model._meta.app_label != ONLY_IN_TESTS:
            side = PORTAL if model._meta.app_label == "portal_home" else TERRITORY
            found.append(Screen(model._meta.label, model.template, side))
    return found


SCREENS = [*page_screens(), *OTHERS]
VISITS = [(screen, language) for screen in SCREENS for language in screen.languages]


class Shown:
    """What the demo answers with, by what a screen needs."""

    def __init__(self, demo, facts: dict) -> None:
        self.demo = demo
        self.pages = {(page["model"], page["side"]): page for page in facts["pages"]}
        self.told, self.answers = facts["told"], facts["answers"]

    def address(self, screen: Screen, language: str) -> str:
        if screen.told:
            assert screen.told in self.told, f"The demo shows no {screen.told}."
            address = self.told[screen.told]
        elif screen.path or screen.answer:
            address = self.demo.address(HOSTS[screen.side], screen.path or "/reponse/")
        else:
            page = self.pages.get((screen.name, screen.side))
            assert page, f"The demo shows no page of the type {screen.name}."
            address = page["address"]
        parts = urlsplit(address)
        path = parts.path if language == FR else f"/{language}{parts.path}"
        return parts._replace(path=path).geturl()

    def is_for_readers(self, screen: Screen) -> bool:
        page = self.pages.get((screen.name, screen.side))
        return bool(page and page["for_readers"])

    def visit(self, tab: Tab, screen: Screen, language: str) -> str:
        """Open a screen; returns the HTML that the server gave."""
        address = self.address(screen, language)
        if screen.answer:
            html = self.answers[screen.template][language]
            tab.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
        response = tab.goto(address)
        assert response.status == screen.status, f"{address} answers {response.status}"
        if screen.act:
            screen.act(tab)
            return tab.content()
        return response.text()


def shown_by(demo) -> Shown:
    """Ask the demo's own data, with the settings that the demo has."""
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment |= demo.environment
    done = subprocess.run(
        [sys.executable, SCRIPT], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return Shown(demo, json.loads(done.stdout))
