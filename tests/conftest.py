"""What every test may rely on. Each room keeps its own fixtures beside its tests."""

import gc
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import activate
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import (
    connect_reference_index_signal_handlers,
    disconnect_reference_index_signal_handlers,
)
from written_once import writings

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no worker is left with it at the end. A file goes to
    one worker whole (`--dist loadfile`): what its tests share is made once."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is imported stays: looking through it for garbage took a sixth of every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


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


@pytest.fixture(autouse=True)
def without_wagtails_indexes(request):
    """Wagtail's admin search and its index of references cost a third of every page saved.

    A test that reads them is marked `wagtail_indexes`. The public search has an index of its own.
    """
    if request.node.get_closest_marker("wagtail_indexes"):
        yield
        return
    models = get_indexed_models()
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    disconnect_reference_index_signal_handlers()
    writings.indexed = False
    yield
    writings.indexed = True
    connect_reference_index_signal_handlers()
    for model in models:
        post_save.connect(post_save_signal_handler, sender=model)


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
