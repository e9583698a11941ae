from pathlib import Path

import pytest
from factories import make_territory

from resources_directory.importing.records import File

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug, plugins=["resources_directory"])


@pytest.fixture(scope="session")
def sample():
    """A file beside these tests."""
    return lambda name: File(name, (SAMPLES / name).read_bytes())
