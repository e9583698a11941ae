"""The wheel, installed elsewhere, is a whole site."""

import os
import secrets
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from migrated_once import offer, promised

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [pytest.mark.live, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def others_wait_for_its_base():
    with promised():
        yield


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A fresh environment holding the wheel; its dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("elsewhere")
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run([sys.executable, *build], check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    inside = venv / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", inside]
    subprocess.run([sys.executable, *install, wheel], check=True)
    (inside / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return venv


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [installed / "bin" / "python", "-P", *arguments],
        cwd=installed,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "DATABASE_URL": f"sqlite:///{installed}/cites.sqlite3",
            "CITES_ADMIN_URL": "https://cites.example.org",
            "CITES_VAR": str(installed / "var"),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_rooms_come_from_the_wheel(installed):
    done = run(installed, "-c", "import portal, territories; print(portal.__file__)")
    assert done.stdout.startswith(str(installed)), done.stderr


def test_check_passes_elsewhere(installed):
    done = run(installed, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_it_migrates_and_collects_static_files_elsewhere(installed):
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "-v0"]):
        done = run(installed, "-m", "django", *command)
        assert done.returncode == 0, done.stderr
    offer(installed / "cites.sqlite3")
