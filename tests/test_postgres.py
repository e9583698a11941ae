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
# What speaks to the database in ways of its own: isolation, rights, concurrency, archives, lists,
# search. The rest says nothing that SQLite does not say.
ROOMS = [
    *(
        f"tests/territories/{name}"
        for name in (
            *("proposals", "provisioning/test_command.py", "test_closing.py"),
            *("test_crafted_posts.py", "test_grants.py", "test_leaks.py", "test_listing.py"),
            *("test_matrix.py", "test_national_team.py", "test_round_trip.py"),
            "test_sync_roles.py",
        )
    ),
    "tests/agenda/registration/test_at_once.py",
    "tests/agenda/lists/test_list.py",
    "tests/agenda/dates/test_occurrences.py",
    "tests/resources_directory/lists",
    "tests/resources_directory/test_pages.py",
    "tests/labelling/labels/test_granting.py",
    "tests/labelling/reports/test_at_once.py",
    "tests/labelling/review/test_at_once.py",
    "tests/labelling/figures/test_totals.py",
    "tests/newsletter/sending/test_pace.py",
    "tests/newsletter/subscribing/test_importing.py",
    "tests/newsletter/subscribing/test_properties.py",
    "tests/portal/search",
    "tests/portal/test_languages.py",
]
# Whoever may most walks the admin here; the matrix tries a partner too (test_matrix.py). Scripts
# that give labels or send letters at once have a database of their own, which is SQLite.
LEFT_OUT = [
    "tests/labelling/labels/test_granting.py::TestNumbers::"
    "test_eight_threads_label_together_and_every_number_is_its_own",
    "tests/newsletter/sending/test_pace.py::"
    "test_two_workers_who_send_for_two_territories_keep_one_pace",
    *(
        f"tests/territories/test_leaks.py::{test}[{role}]"
        for test, roles in (
            (
                "test_the_people_of_alpha_see_nothing_of_beta_and_change_nothing_there",
                ("crier", "editor", "label-reviewer", "newsletter-editor", "partner"),
            ),
            ("test_nothing_of_beta_shows_beside_the_things_of_alpha", ("editor",)),
        )
        for role in roles
    ),
]
# Each database is made after it: migrated once, it spares them all the migrations.
TEMPLATE = "template1"


def test_rooms_pass_on_postgresql(tmp_path):
    settings = tmp_path / "postgres_settings.py"
    settings.write_text(
        "import os\n"
        "from portal.settings.test import *\n"
        "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql',\n"
        "    'NAME': os.environ.get('TEST_POSTGRES_NAME', 'postgres'),\n"
        f"    'USER': 'cites', 'HOST': {HOST!r}, 'TEST': {{'NAME': 'test_cites'}}}}}}\n"
    )
    own = {"PYTHONPATH": f"{tmp_path}:{ROOT / 'tests'}", "DJANGO_SETTINGS_MODULE": settings.stem}
    run(["manage.py", "migrate", "--verbosity", "0"], **own, TEST_POSTGRES_NAME=TEMPLATE)
    run(
        [
            *("-m", "pytest", "-q", "-x", "-n", "2", "--dist", "loadfile"),
            *("--no-loadscope-reorder", f"--ds={settings.stem}"),
            *(f"--deselect={test}" for test in LEFT_OUT),
            *ROOMS,
        ],
        **own,
    )


def run(arguments: list[str], **environment: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
