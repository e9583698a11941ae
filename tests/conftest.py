"""What every test may rely on. Each room keeps its own fixtures beside its tests."""

from pathlib import Path

import pytest
from django.core.cache import caches

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
