"""What every test may rely on. Each room keeps its own fixtures beside its tests."""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import activate
from migrated_once import VARIABLE, make_ahead, migrated_in_memory
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import (
    connect_reference_index_signal_handlers,
    disconnect_reference_index_signal_handlers,
)
from written_once import writings

from territories.models import Territory

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser) -> None:
    parser.addoption(
        "--write-permissions",
        action="store_true",
        help="write docs/permissions.md from what the matrix of permissions finds",
    )
    parser.addoption(
        "--accept-pictures",
        action="store_true",
        help="keep the style page as it looks now as what it should look like",
    )
    parser.addoption(
        "--write-audit",
        action="store_true",
        help="write territories/legal/data/audit.json from what axe finds on every template",
    )


def pytest_configure(config: pytest.Config) -> None:
    """A folder for what every process of this run needs and one of them makes."""
    if VARIABLE in os.environ:
        return
    folder = os.environ[VARIABLE] = tempfile.mkdtemp(prefix="cites-tests-")
    is_shared = config.getoption("numprocesses", None) and connection.vendor == "sqlite"
    ahead = make_ahead() if is_shared else None

    def clear() -> None:
        if ahead:
            ahead.wait()
        shutil.rmtree(folder)
        del os.environ[VARIABLE]

    config.add_cleanup(clear)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no worker is left with it at the end. A file goes to
    one worker whole (`--dist loadfile`): what its tests share is made once."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is imported stays: looking through it for garbage took a sixth of every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """See tests/migrated_once.py. A base in a file or on a server is migrated as everywhere."""
    if connection.vendor != "sqlite" or connection.settings_dict["TEST"]["NAME"]:
        yield
        return
    with migrated_in_memory(connection.creation._get_test_db_name()):
        yield


@pytest.fixture(autouse=True, scope="session")
def writings_are_followed():
    """See tests/written_once.py."""
    writings.follow()


@pytest.fixture(autouse=True)
def empty_caches():
    """Wagtail keeps sites' root paths in the cache: one test must not see another's sites."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def in_french_in_paris():
    """A page read in another language, or another zone, leaves its mark on the thread."""
    activate(settings.LANGUAGE_CODE)
    timezone.deactivate()


@pytest.fixture(autouse=True, scope="module")
def without_wagtails_indexes(request):
    """Wagtail's admin search and its index of references cost a third of every page saved.

    A module that reads them is marked `wagtail_indexes`. The public search has an index of its own.
    """
    if request.node.get_closest_marker("wagtail_indexes"):
        yield
        return
    models = get_indexed_models()
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    # Not by disable_reference_index_auto_update(): loading the demo does, and it does not nest.
    disconnect_reference_index_signal_handlers()
    writings.indexed = False
    yield
    writings.indexed = True
    connect_reference_index_signal_handlers()
    for model in models:
        post_save.connect(post_save_signal_handler, sender=model)


@pytest.fixture(scope="module")
def undone_after_the_module(django_db_setup, django_db_blocker):
    """A transaction around those of a module's tests: what its own fixtures make is made once.

    A room's `two_territories` make Alpha and Beta in it, with the plugins that its tests need.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def alpha(two_territories, db) -> Territory:
    return Territory.objects.get(slug="alpha")


@pytest.fixture
def beta(two_territories, db) -> Territory:
    return Territory.objects.get(slug="beta")


@pytest.fixture
def get(client):
    """The text of a page on a host."""

    def fetch(address: str, host: str = "alpha.localhost", status: int = 200) -> str:
        response = client.get(address, headers={"host": host})
        text = response.getvalue().decode()
        assert response.status_code == status, text[-2000:]
        return text

    return fetch


@pytest.fixture
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture
def shared() -> Path:
    """The design material beside the repository (mark the test `shared`)."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: this test compares with the design material there.")
    return SHARED
