"""The real demo, started once, and Debian's Chromium looking at it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mailbox_server import Mailbox
from migrated_once import copy_migrated_base
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Chromium resolves *.localhost by itself; these keep it from talking to anybody else.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
DESK = {"width": 1280, "height": 900}
SECONDS_TO_START = 240
SECONDS_TO_END = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Demo:
    port: int
    process: subprocess.Popen | None = None
    log: Path | None = None
    # What a process needs to read the demo's own data.
    environment: dict[str, str] = field(default_factory=dict)

    def address(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def answers(self) -> bool:
        try:
            # No name to resolve: not every machine knows *.localhost.
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as got:
                return got.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.exit(f"The demo does not start:\n{self.log.read_text()}", returncode=1)
            time.sleep(0.2)


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    """Where the demo's mail arrives. One that already runs needs EMAIL_HOST and EMAIL_PORT too."""
    with Mailbox(int(os.environ.get("EMAIL_PORT", "0"))) as listening:
        yield listening


@pytest.fixture(scope="session")
def demo(tmp_path_factory, mailbox) -> Iterator[Demo]:
    if port := os.environ.get("DEMO_PORT"):
        # A demo that already runs, whose CITES_VAR is given too: nothing to wait for while a page
        # is being mended.
        kept = {name: os.environ[name] for name in ("CITES_VAR",) if name in os.environ}
        yield Demo(port=int(port), environment=kept | {"PORT": port, "CITES_DEBUG": "0"})
        return
    folder = tmp_path_factory.mktemp("demo")
    port = free_port()
    # The settings of the tests are those of this process, not of the demo.
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    own = {"CITES_VAR": str(folder / "var"), "PORT": str(port), "CITES_DEBUG": "0"}
    own |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mailbox.port)}
    copy_migrated_base(folder / "var")
    with (folder / "demo.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "demo"],
            env=environment | own,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    running = Demo(port=port, process=process, log=folder / "demo.log", environment=own)
    try:
        running.wait()
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=SECONDS_TO_END)
    assert not running.answers(), "The demo has ended, and its server still answers."


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.exit(f"No browser at {CHROMIUM}: install chromium, or set CHROMIUM.", returncode=1)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@dataclass
class Witness:
    """Sees what a visitor does not: errors in the console, requests to somebody else."""

    context: BrowserContext
    errors: list[str] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.context.on("request", lambda request: self.hear(request.url))
        self.context.on(
            "console",
            lambda said: self.errors.append(said.text) if said.type == "error" else None,
        )
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def hear(self, url: str) -> None:
        parts = urlsplit(url)
        host = parts.hostname or ""
        ours = host == "localhost" or host.endswith(".localhost")
        if parts.scheme not in {"data", "blob"} and not ours:
            self.strangers.add(url)


@pytest.fixture
def witness(browser) -> Iterator[Witness]:
    context = browser.new_context(locale="fr-FR")
    yield Witness(context)
    context.close()


@pytest.fixture(scope="session")
def shown(demo):
    """Where the demo shows each template (screens.py)."""
    from browser.screens import shown_by

    return shown_by(demo)


@pytest.fixture(scope="session")
def cookies_of(browser, demo):
    """Those of somebody who has logged in, once in the session."""
    known: dict[tuple[str, str], list[dict]] = {}

    def log_in(host: str, path: str, account: tuple[str, str]) -> list[dict]:
        if (host, path) not in known:
            context = browser.new_context(locale="fr-FR")
            tab = context.new_page()
            tab.goto(demo.address(host, path))
            for name, value in zip(("username", "password"), account, strict=True):
                tab.locator(f"[name={name}]").fill(value)
            with tab.expect_navigation():
                tab.locator("[name=password]").press("Enter")
            known[host, path] = context.cookies()
            context.close()
        return known[host, path]

    return log_in


def enter(page: Page, demo, username: str, password: str = "demo") -> None:
    page.goto(demo.address("localhost", "/admin/login/"))
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("[type=submit]").click()
    expect(page).to_have_url(demo.address("localhost", "/admin/"))


@pytest.fixture
def desk(browser, demo):
    """Opens the admin as somebody, each in a browser of their own."""
    contexts = []

    def open_as(username: str = "", password: str = "demo") -> Page:
        contexts.append(browser.new_context(locale="fr-FR", viewport=DESK))
        page = contexts[-1].new_page()
        if username:
            enter(page, demo, username, password)
        return page

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture
def plain_page(browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(locale="fr-FR", java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def ways(browser, demo) -> dict[tuple[str, str], str]:
    """Addresses by (site, place), found as a visitor finds them: by following the menu."""
    from browser.ways import explore

    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    found = explore(page, portal=demo.address("localhost"))
    context.close()
    return found
