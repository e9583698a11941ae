"""Every territory of the demo, as its data files say it."""

import pytest
from demo_data import SLUGS

from portal.demo.reading import read


@pytest.fixture(params=SLUGS)
def slug(request):
    return request.param


@pytest.fixture
def content(slug):
    return read(slug)
