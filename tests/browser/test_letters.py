"""The demo's letters as they are mailed: on a desk and a telephone, light and dark, without images.

No mailbox is asked: Chromium shows what a mailbox with the same widths and colours would.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser.axe import AXE
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("letters_of_the_demo.py")
WIDTHS = (375, 700)
SCHEMES = ("light", "dark")
HEAVIEST = 100
COLUMNS = 72
# Of a page on its own, what a mailbox frames is asked too: one landmark, one h1, all in it.
RUN = """async () => {
    const { violations, incomplete } = await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    const said = (found) => found.map(
        (rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.target).join(" | ")}`
    );
    return {
        violations: said(violations),
        unsure: said(incomplete.filter((rule) => rule.id === "color-contrast")),
    };
}"""


@pytest.fixture(scope="module")
def letters(demo) -> list[dict]:
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, SCRIPT],
        env=environment | demo.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert {letter["language"] for letter in found} == {"fr", "en", "ar"}
    return found


@pytest.mark.parametrize("images", [True, False], ids=["images", "no images"])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_letter_fits_and_is_read_by_all(browser, letters, width, scheme, images):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True
    )
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url))
    if not images:
        context.route(
            "**/*",
            lambda route: (
                route.abort() if route.request.resource_type == "image" else route.continue_()
            ),
        )
    tab = context.new_page()
    wrong = []
    for letter in letters:
        tab.set_content(letter["html"], wait_until="load")
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{letter['name']}: wider than the screen")
        tab.evaluate(AXE)
        found = tab.evaluate(RUN)
        wrong += [f"{letter['name']}: {rule}" for rule in found["violations"] + found["unsure"]]
        if not images:
            for picture in tab.locator("img").all():
                assert picture.get_attribute("alt"), letter["name"]
    context.close()
    assert not wrong, "\n".join(wrong)
    # Pictures of the site and nothing else: no font, no sheet, no pixel of anybody's.
    for url in asked:
        parts = urlsplit(url)
        if parts.scheme.startswith("http"):
            assert parts.hostname.endswith("localhost") and parts.path.startswith("/media/"), url


def test_a_letter_is_light_and_leads_to_its_own_site(letters, demo):
    for letter in letters:
        assert letter["kilobytes"] < HEAVIEST, letter["name"]
        assert letter["faults"] == [], letter["name"]
        links = re.findall(r'<a [^>]*href="([^"]*)"', letter["html"])
        assert len(links) > 10, letter["name"]
        site = urlsplit(letter["site"]).netloc
        for link in links:
            parts = urlsplit(link)
            assert parts.scheme in {"http", "https", "tel", "mailto"}, link
            if parts.scheme.startswith("http"):
                assert parts.netloc == site, f"{letter['name']}: {link}"
        ours = {
            urlsplit(link).path
            for link in links
            if link.startswith("http") and letter["nobody"] not in link
        }
        answers = {path: status(demo, letter["site"], path) for path in ours}
        assert set(answers.values()) == {200}, answers


def status(demo, site: str, path: str) -> int:
    # No name to resolve: not every machine knows *.localhost.
    asked = urllib.request.Request(f"http://127.0.0.1:{demo.port}{path}")
    asked.add_header("Host", urlsplit(site).netloc)
    with urllib.request.urlopen(asked, timeout=30) as got:  # noqa: S310
        return got.status


def test_the_text_of_a_letter_is_made_to_be_read(letters):
    for letter in letters:
        lines = letter["text"].splitlines()
        # An address is never cut.
        long = [line for line in lines if len(line) > COLUMNS and "://" not in line]
        assert not long, long
        assert not re.search(r"<|&\w+;|&#", letter["text"])
        marks = set(re.findall(r"\[(\d+)\](?! http)", letter["text"]))
        assert marks == set(re.findall(r"^\[(\d+)\] http", letter["text"], re.MULTILINE))
        assert not re.search(r"\n{4,}", letter["text"])


def test_whoever_writes_a_letter_reads_it_again_as_its_readers_will(desk, demo):
    page = desk("coordination-grand-mirail")
    page.goto(demo.address("localhost", "/admin/"))
    key = page.evaluate(
        """async () => {
            const answer = await fetch("/admin/pages/search/?q=lundi");
            const found = new DOMParser().parseFromString(await answer.text(), "text/html");
            const link = [...found.querySelectorAll("a[href*='/edit/']")]
                .find((one) => one.textContent.trim() === "La lettre du lundi");
            return link.getAttribute("href").match(/pages\\/(\\d+)\\/edit/)[1];
        }"""
    )
    page.goto(demo.address("localhost", f"/admin/newsletter/{key}/proof/"))
    frames = [frame for frame in page.frames if "/proof/letter/" in frame.url]
    assert len(frames) == 2
    for frame in frames:
        expect(frame.locator("h1")).to_have_text("La lettre du lundi")
    widths = page.evaluate("[...document.querySelectorAll('iframe')].map((one) => one.clientWidth)")
    assert widths == [700, 375]
    # The screen of a laptop, then of a small one: nothing slides to the side.
    for width in (1280, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        slides = "[...document.querySelectorAll('html, .letter-frames')]"
        slides += ".filter((one) => one.scrollWidth > one.clientWidth).length"
        assert page.evaluate(slides) == 0, width
    expect(page.locator("pre")).to_contain_text("Les rendez-vous qui arrivent\n-----")
    wall = "() => getComputedStyle(document.querySelector('.letter')).backgroundColor"
    light = frames[0].evaluate(wall)
    page.get_by_role("link", name="Sur un écran sombre").click()
    page.wait_for_url("**dark=1**")
    [dark, _phone] = [frame for frame in page.frames if "/proof/letter/" in frame.url]
    expect(dark.locator("h1")).to_be_visible()
    assert dark.evaluate(wall) != light
