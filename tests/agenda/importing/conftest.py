from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="session")
def sample():
    """The bytes of a file beside these tests."""
    return lambda name: (SAMPLES / name).read_bytes()
