"""What every test may rely on. Each room keeps its own fixtures beside its tests."""

from pathlib import Path

import pytest
from django.core.cache import caches
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def empty_caches():
    """Wagtail keeps sites' root paths in the cache: one test must not see another's sites."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


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
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
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
