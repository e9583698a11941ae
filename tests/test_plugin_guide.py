"""docs/plugins.md, followed to the letter: its files, its commands, its promises.

A copy of the site stands where a newcomer's clone would, with the plugin's folder beside it;
newcomer.py looks at it, in a process that has the plugin installed.
"""

import json
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from migrated_once import copy_migrated_base, migrated_base

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "plugins.md"
NEWCOMER = ROOT / "tests" / "newcomer.py"
BEGINNING = ROOT / "tests" / "newcomer_base.py"
# A path in bold, alone on its line, then the file; or commands, without a path.
FENCE = re.compile(
    r"^(?:\*\*`([\w./-]+)`\*\*(?:, at its end)?\n\n)?```(\w+)\n(.*?)^```$", re.M | re.S
)
pytestmark = pytest.mark.slow


def tutorial() -> str:
    return GUIDE.read_text().partition("\n## Reference\n")[0]


def reference() -> str:
    return GUIDE.read_text().partition("\n## Reference\n")[2]


def as_one_terminal(guide: str, plugin: Path) -> str:
    """What the reader types and saves, in the order of the page, as one shell session."""
    lines = ["set -eu"]
    for path, language, text in FENCE.findall(guide):
        if path:
            target = shlex.quote(str(plugin / path))
            lines.append(f"mkdir -p $(dirname {target})")
            arrow = ">>" if f"**`{path}`**, at its end\n" in guide else ">"
            lines.append(f"printf %s {shlex.quote(text)} {arrow} {target}")
        elif language == "sh":
            lines.append(text)
    return "\n".join(lines)


def sources(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and "__pycache__" not in parts and parts[0] not in {".venv", "var"}:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


class Clone:
    """The site where a newcomer has it, with an environment and data of its own."""

    def __init__(self, folder: Path) -> None:
        self.root, self.plugin = folder / "cites-emploi", folder / "mentoring"
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())
        packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
        for name in ["manage.py", *packages]:
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            run(["cp", "-a", ROOT / name, self.root / name])
        venv = self.root / ".venv"
        run([sys.executable, "-m", "venv", "--without-pip", venv])
        version = f"python{sysconfig.get_python_version()}"
        # The dependencies are those of this environment, pip and the build tools among them.
        packages_there = venv / "lib" / version / "site-packages"
        (packages_there / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
        run(["cp", BEGINNING, packages_there])
        run(["cp", migrated_base(), packages_there / "migrated.sqlite3"])
        # Read after the dependencies, in the order of their names.
        (packages_there / "migrated.pth").write_text(f"import {BEGINNING.stem}")
        self.before = dict(sources(self.root))

    def type(self, commands: str) -> str:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        # No network: everything that the guide installs is there.
        offline = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "LANG": "C.UTF-8"}
        return run(["bash", "-c", commands], cwd=self.root, env=kept | offline)

    def ask(self, question: str) -> dict | None:
        """The answer of one of the functions of newcomer.py."""
        path = f"PYTHONPATH={self.root}:{self.root / 'site'}"
        return json.loads(self.type(f"{path} .venv/bin/python {NEWCOMER} {question}"))


def run(command: list, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Clone:
    clone = Clone(tmp_path_factory.mktemp("newcomer"))
    copy_migrated_base(clone.root / "var")
    clone.ask("prepare")
    clone.type(as_one_terminal(tutorial(), clone.plugin))
    return clone


@pytest.fixture(scope="module")
def seen(clone) -> dict:
    return clone.ask("look")


@pytest.fixture(scope="module")
def seen_when_closed(clone, seen) -> dict:
    closing = re.search(r"`(python manage\.py switch_plugin [\w -]+ off)`", tutorial())
    clone.type(f".venv/bin/{closing[1]}")
    return clone.ask("look")


def titles(page: str) -> list[str]:
    return re.findall(r">(Rencontre (?:proche|lointaine))</a>", page)


def test_it_runs_from_the_wheel(clone, seen):
    assert seen["package"].startswith(str(clone.root / ".venv"))


def test_a_coordinator_gives_the_mark_in_the_admin(seen):
    assert ">Parrainage<" in re.sub(r"\s*([<>])\s*", r"\1", seen["event in the admin"])
    assert seen["coordinator names a mentor"] == 302


def test_a_stranger_learns_nothing(seen):
    assert seen["stranger names a mentor"] == 404


def test_the_mark_puts_a_badge_on_its_event_and_the_event_first(seen):
    assert seen["agenda"].count("Un parrain vient : Nadia, soudeuse") == 1
    assert titles(seen["agenda"]) == ["Rencontre lointaine", "Rencontre proche"]


def test_the_facet_is_counted_and_narrows_the_list(seen):
    facet = re.search(r'name="parrain" value="oui"(.*?)</label>', seen["agenda"])
    assert "Avec un parrain" in facet[1]
    assert '<span aria-hidden="true">1</span>' in facet[1]
    assert titles(seen["narrowed"]) == ["Rencontre lointaine"]
    assert len(titles(seen["nonsense"])) == 2


def test_the_block_shows_on_a_page_and_in_a_letter(seen):
    for place in ("page", "letter"):
        assert "Deux heures par mois" in seen[place]
        assert "Devenir parrain ou marraine" in seen[place]
    assert "<mj-" not in seen["letter"]


def test_its_words_are_said_in_english(seen):
    assert "With a mentor" in seen["agenda in English"]
    assert "A mentor comes: Nadia, soudeuse" in seen["agenda in English"]


def test_its_data_leaves_with_the_territory_and_comes_back(seen):
    assert [row["mentor"] for row in seen["archive"]] == ["Nadia, soudeuse"]
    assert (seen["erased"], seen["left"]) == (1, [])
    assert seen["restored"] == seen["archive"]


def test_the_agenda_keeps_its_budget_of_queries(seen):
    assert seen["queries of the agenda"] <= 18


def test_closed_everything_is_hidden_and_nothing_lost(seen, seen_when_closed):
    closed = seen_when_closed
    assert titles(closed["agenda"]) == ["Rencontre proche", "Rencontre lointaine"]
    assert titles(closed["narrowed"]) == titles(closed["agenda"])
    for place in ("agenda", "page", "letter", "agenda in English"):
        for word in ("parrain", "mentor", "Nadia", "Deux heures"):
            assert word not in closed[place], (place, word)
    assert "Parrainage" not in closed["event in the admin"]
    assert closed["coordinator names a mentor"] == 404
    assert closed["archive"] == seen["archive"]


def test_the_site_is_left_as_it_was(clone, seen_when_closed):
    assert dict(sources(clone.root)) == clone.before


@pytest.fixture(scope="module")
def listed(clone, seen_when_closed) -> dict:
    """Once the list of the reference is added: installed in place, open in two territories."""
    typed = as_one_terminal(reference(), clone.plugin)
    again = f"python -m pip install --no-build-isolation --editable {clone.plugin}"
    clone.type(f"source .venv/bin/activate\n{again}\n{typed}")
    return clone.ask("look_at_the_list")


def test_the_tests_that_the_reference_shows_pass_and_leave_the_demo_alone(listed, clone):
    assert clone.ask("count_territories") == {"territories": 2}


def test_a_coordinator_sees_and_changes_the_rows_of_ones_own_territory(listed):
    assert listed["own"] == dict.fromkeys(("index", "edit", "delete", "history", "usage"), 200)
    assert listed["own row is listed"] and not listed["row of another is listed"]
    assert listed["added by its coordinator"] == "Samir"


def test_a_coordinator_learns_and_changes_nothing_of_another_territory(listed):
    assert listed["of another"] == dict.fromkeys(("edit", "delete", "history", "usage"), 404)
    assert listed["posted on another's event"] == [200, None]


def test_the_list_leaves_the_admin_where_the_plugin_is_closed(listed):
    assert listed["in the menu"] and not listed["in the menu when closed"]
    assert listed["index when closed"] != 200


def test_what_is_said_of_search_and_of_the_journal_is_so(listed):
    assert listed["waits for the worker"]
    assert listed["named in the journal"] == [True, False]


def test_every_fence_of_the_tutorial_is_a_file_or_commands():
    found = FENCE.findall(tutorial())
    assert len(found) * 2 == tutorial().count("\n```")
    assert all(path or language == "sh" for path, language, _text in found)
