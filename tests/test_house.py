"""The house keeps its shape: floors, `site/`, the wheel, migrations, locks."""

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From the ground up; rooms of one floor stand side by side.
FLOORS = [
    {"territories"},
    {"resources_directory"},
    {"agenda", "cooperation", "newsroom"},
    {"labelling", "newsletter"},
    {"portal", "portal_demo", "portal_home", "portal_languages", "portal_search", "portal_styles"},
]
ROOMS = sorted(set().union(*FLOORS[:-1]))
LONGEST_FILE = 400
TEMPLATE_NAME = re.compile(r"""\{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")


def python_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if "__pycache__" not in path.parts)


def higher_rooms(room: str) -> set[str]:
    """What a room may not name: everything above it, and its neighbour on the same floor."""
    level = next(level for level, rooms in enumerate(FLOORS) if room in rooms)
    higher = set().union(*FLOORS[level:]) - {room}
    if room == "newsletter":
        # It is made of blocks that other plugins contribute.
        higher |= {"agenda", "cooperation", "newsroom", "resources_directory"}
    return higher


def names_a_room(text: str, rooms: set[str]) -> str | None:
    """`agenda`, `agenda.EventPage`, `agenda/card.html`, `agenda:feed`; not an agenda in prose."""
    if re.match(r"^portal(?:$|/)", text):
        # The look is shared by all rooms: `portal/icons.svg` is a file, and a portal a common noun.
        return None
    found = re.match(r"^([a-z_]+)(?:$|[./:][\w./:-]+$)", text)
    return found.group(1) if found and found.group(1) in rooms else None


def docstrings(tree: ast.AST) -> set[int]:
    nodes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, nodes) and node.body and isinstance(node.body[0], ast.Expr)
    }


def test_site_is_never_a_package():
    # The standard library owns the module name: see docs/decisions/0001-site-folder.md.
    assert not (ROOT / "site" / "__init__.py").exists()
    assert "/site" not in {
        line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()
    }


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_names_no_higher_room_in_a_string(room):
    named = []
    for path in python_files(ROOT / room):
        tree = ast.parse(path.read_text())
        prose = docstrings(tree)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if id(node) not in prose and names_a_room(node.value, higher_rooms(room)):
                named.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}")
    assert not named, "\n".join(named)


@pytest.mark.parametrize("room", ROOMS)
def test_a_rooms_templates_name_no_higher_rooms_templates(room):
    named = []
    for path in sorted((ROOT / room).rglob("templates/**/*")):
        if path.is_file():
            for name in TEMPLATE_NAME.findall(path.read_text()):
                if names_a_room(name, higher_rooms(room)):
                    named.append(f"{path.relative_to(ROOT)}: {name}")
    assert not named, "\n".join(named)


def migration_files() -> list[Path]:
    return [
        path
        for folder in [ROOT / "site" / "portal", *(ROOT / room for room in ROOMS)]
        for path in python_files(folder)
        if path.parent.name == "migrations" and path.name != "__init__.py"
    ]


def test_data_migrations_never_save_a_historical_model():
    """Historical models see no blocks: saving one empties the page's body."""
    saving = {"save", "create", "get_or_create", "update_or_create", "bulk_update", "bulk_create"}
    content = re.compile(r"(?i)page$|revision$|site$")
    found = []
    for path in migration_files():
        tree = ast.parse(path.read_text())
        if not re.search(r"\bRunPython\b", path.read_text()):
            continue
        models = {
            node.args[1].value
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get_model"
            and len(node.args) > 1
            and isinstance(node.args[1], ast.Constant)
        }
        calls = {
            node.func.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        if calls & saving and any(content.search(model) for model in models):
            found.append(f"{path.relative_to(ROOT)}: {sorted(calls & saving)}; use update()")
    assert not found, "\n".join(found)


def test_no_file_has_grown_past_reading():
    folders = [ROOT / "site", *(ROOT / room for room in ROOMS), ROOT / "tests"]
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in folders
        for path in python_files(folder)
        if path.parent.name != "migrations"
        and (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert not long, f"A file past {LONGEST_FILE} lines grows into a folder of ideas: {long}"


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt", "production.txt"])
def test_a_lock_holds_hashes_and_no_address(lock):
    lines = (ROOT / "requirements" / lock).read_text().splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    pinned = [number for number, line in enumerate(lines) if "==" in line]
    assert pinned
    assert all("--hash=sha256:" in lines[number + 1] for number in pinned)


def test_the_locks_agree_with_one_another():
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"(?m)^(\S+==\S+)", (ROOT / "requirements" / lock).read_text()))

    assert pins("base.txt") <= pins("production.txt") <= pins("dev.txt")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> set[str]:
    """The names of the files in a wheel built from the working tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


class TestWheel:
    def test_it_holds_everything_a_room_is_made_of(self, wheel):
        """Templates, static files, data, catalogues: their absence shows nowhere else."""
        rooms = {"portal": ROOT / "site" / "portal"} | {room: ROOT / room for room in ROOMS}
        missing = [
            f"{name}/{path.relative_to(folder)}"
            for name, folder in rooms.items()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
            and "__pycache__" not in path.parts
            and path.suffix != ".pyc"
            and f"{name}/{path.relative_to(folder)}" not in wheel
        ]
        assert not missing, missing

    @pytest.mark.parametrize("room", ROOMS)
    def test_every_room_is_there_with_its_migrations_and_templates(self, wheel, room):
        assert f"{room}/apps.py" in wheel
        assert any(name.startswith(f"{room}/migrations/0001") for name in wheel)
        assert any(name.startswith(f"{room}/templates/") for name in wheel)

    def test_it_holds_nothing_else(self, wheel):
        tops = {name.split("/")[0] for name in wheel}
        assert {top for top in tops if not top.endswith(".dist-info")} == {"portal", *ROOMS}

    def test_it_carries_the_licence(self, wheel):
        assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel)
