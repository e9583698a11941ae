"""`make lighthouse`: what Google's auditor says of the demo, served as in production.

A phone of the cheap kind: Lighthouse's own « slow 4G » (150 ms, 1.6 Mbit/s) and a processor four
times slower than this one, simulated; the median of five runs for what is measured, one for what
is read in the page. Fails below GOALS. Kept out of `.ci/run`: the figure of performance depends on
how busy the machine is.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from browser.conftest import CHROMIUM, free_port  # noqa: E402
from browser.ways import explore  # noqa: E402

SPEED = "performance"
GOALS = {SPEED: 95, "accessibility": 100, "best-practices": 100, "seo": 100}
# The page is read on a screen as long as itself: what happens to lie under the bar of the thumb,
# pinned to the window, would count as too small to be touched until somebody scrolls.
LONG_SCREEN = [
    f"--screenEmulation.{name}={value}"
    for name, value in (("width", 412), ("height", 9000), ("deviceScaleFactor", 1))
]
PLACES = [
    ("portal", "home"),
    *(("territory", place) for place in ("home", "agenda", "event", "guide", "service", "search")),
]
SECONDS_TO_START = 60
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


@contextmanager
def production(folder: Path, port: int) -> Iterator[str]:
    """The portal's address: a fresh database with the demo in it, collected files, gunicorn."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lighthouse_settings",
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "site", HERE))),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATABASE_URL": f"sqlite://{folder / 'site.sqlite3'}",
        "CITES_ADMIN_URL": f"http://localhost:{port}",
        "CITES_VAR": str(folder),
        "PORT": str(port),
    }
    for command in (
        ["migrate", "--verbosity", "0"],
        ["collectstatic", "--noinput", "--verbosity", "0"],
        ["load_demo", "--port", str(port)],
        ["make_renditions"],
        ["rebuild_search"],
    ):
        print(f"{command[0]}…", flush=True)
        subprocess.run(
            [sys.executable, "-m", "django", *command],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    # As docs/operations.md starts it.
    gunicorn = ["gunicorn", "portal.wsgi:application", "--workers", "2", "--threads", "4"]
    gunicorn += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    server = subprocess.Popen([sys.executable, "-m", *gunicorn], env=environment)
    try:
        wait_for(port)
        yield f"http://localhost:{port}/"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("The server does not answer.")


def addresses(portal: str) -> dict[tuple[str, str], str]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = explore(browser.new_page(), portal=portal)
        browser.close()
    # What a question finds asks search engines to stay away; the page that asks it does not.
    found["territory", "search"] = found["territory", "search"].partition("?")[0]
    return found


def audit(program: Path, url: str, report: Path, categories: Sequence[str], *flags: str) -> dict:
    command = [program, url, "--quiet", "--output=json", f"--output-path={report}", *flags]
    command += [f"--only-categories={','.join(categories)}", f"--chrome-flags={FLAGS}"]
    subprocess.run(command, env=os.environ | {"CHROME_PATH": CHROMIUM}, check=True)
    return json.loads(report.read_text())


def score(run: dict, category: str) -> int:
    return round(100 * (run["categories"][category]["score"] or 0))


def lacking(run: dict, category: str) -> list[str]:
    """The audits of a category that are not full marks, and the first element each one names."""
    weighed = [ref["id"] for ref in run["categories"][category]["auditRefs"] if ref["weight"]]
    found = []
    for audit in map(run["audits"].get, weighed):
        if audit["score"] is not None and audit["score"] < 1:
            nodes = [item.get("node", {}) for item in audit.get("details", {}).get("items", [])]
            where = nodes[0].get("snippet", "") if nodes else ""
            found.append(f"{audit['title']} {where}".strip())
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--program", type=Path, required=True, help="Lighthouse, as npm installed it"
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[], help="places: home, agenda, event…")
    options = parser.parse_args()

    failures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with production(folder, free_port()) as portal:
            found = addresses(portal)
            print(
                f"\n{'':20}{''.join(f'{goal:>16}' for goal in GOALS)}     FCP     LCP    TBT   CLS"
            )
            for site, place in PLACES:
                if options.only and place not in options.only:
                    continue
                where = options.program, found[site, place], folder / "report.json"
                read = audit(*where, [goal for goal in GOALS if goal != SPEED], *LONG_SCREEN)
                runs = [audit(*where, [SPEED]) for _run in range(options.runs)]
                failures += report(f"{site} {place}", read, runs)
    if failures:
        sys.exit("\n" + "\n".join(failures))


def report(name: str, read: dict, runs: list[dict]) -> list[str]:
    """Print a line of the table; sentences for what is below its goal."""
    failures = []
    line = f"{name:20}"
    for category, goal in GOALS.items():
        seen = runs if category == SPEED else [read]
        reached = round(statistics.median(score(run, category) for run in seen))
        line += f"{reached:>16}"
        if reached < goal:
            failures.append(f"{name}, {category}: {reached} < {goal}. {lacking(seen[0], category)}")
    for metric, unit, form in (
        ("first-contentful-paint", 1000, "6.1f s"),
        ("largest-contentful-paint", 1000, "6.1f s"),
        ("total-blocking-time", 1, "4.0f ms"),
        ("cumulative-layout-shift", 1, "6.3f"),
    ):
        value = statistics.median(run["audits"][metric]["numericValue"] for run in runs) / unit
        number, _space, suffix = form.partition(" ")
        line += f"{value:{number}} {suffix}".rstrip()
    print(line, flush=True)
    return failures


if __name__ == "__main__":
    main()
