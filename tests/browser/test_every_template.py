"""Every template, in each language, at both widths, light and dark: without a fault.

A page is loaded once; then the window and the colours change around it, as they do in one's hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from browser.axe import AXE
from browser.screens import FR, HOSTS, PORTAL, READER, TEAM, TERRITORY, VISITS, Screen
from html_faults import faults
from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
# All that the dark may change, in a window of the same size: the audit looks at everything again.
OF_COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
# What was found right, node by node, would take long to come out of the browser.
RUN_AXE = """async options => {
    const { violations, testEngine, ...others } = await axe.run(options);
    const tried = ['passes', 'incomplete', 'inapplicable'].map(kind => others[kind].length);
    return {
        violations, version: testEngine.version,
        tried: tried.reduce((sum, more) => sum + more, violations.length),
    };
}"""
PHONE, DESK = {"width": 375, "height": 740}, {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
# A desk's window of 1280 × 1024 when everything is four times as large.
ZOOMED = {"width": 320, "height": 256}
LIGHT, DARK = "light", "dark"
EVERY_WAY = [(PHONE, LIGHT), (PHONE, DARK), (DESK, DARK), (DESK, LIGHT)]
# Fixed at the foot of phones, it hides whatever axe measures under it.
UNFIX_THE_BAR = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.thumb { position: static !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# What is drawn by its background alone disappears when a person's own colours replace ours.
UNDRAWN = """() => [...document.querySelectorAll('main button, main .btn, input, select, textarea')]
    .filter(element => element.checkVisibility({visibilityProperty: true}))
    .filter(element => !['hidden', 'checkbox', 'radio'].includes(element.type))
    .filter(element => {
        const style = getComputedStyle(element);
        return element.textContent.trim() === ''
            && [style.borderBlockEndWidth, style.outlineWidth].every(width => width === '0px')
            && !element.querySelector('svg, img') && !style.appearance.includes('auto');
    })
    .map(element => element.outerHTML.slice(0, 120))"""
WIDER = """() => [...document.body.querySelectorAll('*')]
    .filter(element => {
        const box = element.getBoundingClientRect();
        return box.right > innerWidth + 1 || box.left < -1;
    })
    .slice(0, 5).map(element => element.outerHTML.slice(0, 120)).join('\\n')"""


class Audit:
    """What axe has looked at, by template: see `--write-audit`."""

    def __init__(self) -> None:
        self.tool, self.rules, self.checks = "", 0, 0
        self.pages: dict[str, dict] = {}

    def look(self, tab: Tab, screen: Screen, *, at_colours: bool = False) -> list[dict]:
        rules = {name: {"enabled": False} for name in screen.without}
        options = OF_COLOURS if at_colours else OPTIONS | {"rules": rules}
        result = tab.evaluate(RUN_AXE, options)
        self.tool = f"axe-core {result['version']}"
        tried = result["tried"]
        self.rules, self.checks = max(self.rules, tried), self.checks + tried
        page = self.pages.setdefault(
            screen.template, {"template": screen.template, "states": 0, "violations": 0}
        )
        page["states"] += 1
        page["violations"] += len(result["violations"])
        return result["violations"]

    def written(self) -> str:
        found = {
            "date": datetime.now(UTC).date().isoformat(),
            "tool": self.tool,
            "rules": self.rules,
            "pages": [self.pages[name] for name in sorted(self.pages)],
            "checks": self.checks,
        }
        return json.dumps(found, indent=2) + "\n"


@pytest.fixture(scope="session")
def audit(pytestconfig) -> Iterator[Audit]:
    audit = Audit()
    yield audit
    if pytestconfig.getoption("write_audit"):
        path = pytestconfig.rootpath / "territories" / "legal" / "data" / "audit.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(audit.written(), encoding="utf-8")


@pytest.fixture
def tab(witness) -> Tab:
    return witness.context.new_page()


@pytest.mark.parametrize(
    ("screen", "language"),
    VISITS,
    ids=[f"{screen.name}-{language}".replace(" ", "-") for screen, language in VISITS],
)
def test_it_is_right_in_every_state(
    pytestconfig, witness, tab, shown, cookies_of, audit, screen: Screen, language: str
):
    if shown.is_for_readers(screen):
        there = HOSTS[TERRITORY], "/espace-pro/connexion/"
        witness.context.add_cookies(cookies_of(*there, READER))
    if screen.is_of_the_team:
        witness.context.add_cookies(cookies_of(HOSTS[PORTAL], "/admin/login/", TEAM))
    tab.emulate_media(reduced_motion="reduce")
    tab.set_viewport_size(PHONE)
    html = shown.visit(tab, screen, language)
    wrong = [f"HTML: {fault}" for fault in faults(html)]
    assert tab.title()
    assert tab.locator("html").get_attribute("lang") == language
    tab.evaluate(UNFIX_THE_BAR)
    # Through the debugger: the policy of the page forbids a script of ours as it does any other.
    tab.evaluate(AXE)
    states = [(PHONE, LIGHT), (DESK, LIGHT)] if screen.is_of_the_admin else EVERY_WAY
    for size, colours in states:
        tab.set_viewport_size(size)
        tab.emulate_media(color_scheme=colours)
        where = f"{size['width']} px, {colours}"
        at_colours = colours == DARK and not pytestconfig.getoption("write_audit")
        found = audit.look(tab, screen, at_colours=at_colours)
        wrong += [f"{where}: {said}" for said in sentences(found)]
    wrong += narrow(tab)
    if language == FR and not screen.is_of_the_admin:
        wrong += in_other_conditions(tab)
    assert not wrong, "\n".join(wrong)
    # The status of an answer that is no page is said in the console too.
    expected = "Failed to load resource" if screen.status != 200 or screen.act else None
    assert [said for said in witness.errors if not expected or expected not in said] == []
    assert witness.strangers == set()


def sentences(violations: list[dict]) -> Iterator[str]:
    for violation in violations:
        for node in violation["nodes"][:3]:
            why = node["failureSummary"].replace("\n", "\n  ")
            yield f"{violation['id']} ({violation['impact']}): {node['html'][:200]}\n  {why}"


def narrow(tab: Tab) -> Iterator[str]:
    """It never scrolls sideways on a narrow phone, nor when everything is four times as large."""
    for size in (NARROW, ZOOMED):
        tab.set_viewport_size(size)
        # Unlike scrollWidth, an attempt to scroll forgives what is hidden on purpose; a page that
        # is read from right to left scrolls the other way.
        for far in (1000, -1000):
            tab.evaluate("far => scrollTo(far, 0)", far)
            if tab.evaluate("scrollX"):
                yield f"{size} scrolls sideways: {tab.evaluate(WIDER)}"


def in_other_conditions(tab: Tab) -> Iterator[str]:
    """Whoever asked for no motion sees none; whoever replaced our colours still sees fields."""
    if running := tab.evaluate("document.getAnimations().length"):
        yield f"{running} animations run although less motion is asked for"
    tab.emulate_media(forced_colors="active")
    for undrawn in tab.evaluate(UNDRAWN):
        yield f"nothing draws this in forced colours: {undrawn}"
