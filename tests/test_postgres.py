"""The site on PostgreSQL. TEST_POSTGRES_HOST names a server's socket folder (see .ci/run)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOST = os.environ.get("TEST_POSTGRES_HOST", "")
pytestmark = [
    pytest.mark.live,
    pytest.mark.slow,
    pytest.mark.skipif(not HOST, reason="TEST_POSTGRES_HOST names no PostgreSQL server."),
]
# What speaks to the database in ways of its own: isolation, provisioning, lists, search.
ROOMS = [
    "tests/territories",
    "tests/agenda",
    "tests/resources_directory",
    "tests/labelling",
    "tests/portal/search",
    "tests/portal/test_languages.py",
]


def test_rooms_pass_on_postgresql(tmp_path):
    settings = tmp_path / "postgres_settings.py"
    settings.write_text(
        "from portal.settings.test import *\n"
        "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'postgres',\n"
        f"    'USER': 'cites', 'HOST': {HOST!r}, 'TEST': {{'NAME': 'test_cites'}}}}}}\n"
    )
    rooms = [room for room in ROOMS if (ROOT / room).exists()]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-x", "-n", "2", "--dist", "loadgroup"),
            *("--ds=postgres_settings", *rooms),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
