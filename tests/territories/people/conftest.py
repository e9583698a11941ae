import re

import pytest
from django.core import mail
from factories import make_territory

HOST = {"host": "localhost"}


@pytest.fixture
def alpha(db):
    return make_territory("alpha")


@pytest.fixture
def beta(db):
    return make_territory("beta")


@pytest.fixture
def mailed(django_capture_on_commit_callbacks):
    """Do something; the messages that leave once it is committed."""

    def do(function, *args, **kwargs):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            function(*args, **kwargs)
        return mail.outbox[before:]

    return do


def link_in(message) -> str:
    """The path of the one address of the admin in a message."""
    return re.search(r"http://localhost:8000(/admin/\S+)", message.body).group(1)
