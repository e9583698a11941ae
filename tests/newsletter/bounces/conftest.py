import pytest
from factories import make_territory

from newsletter.models import Subscriber, SubscriberState


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.LETTERS_BOUNCES_ADDRESS = "rebonds@example.fr"


@pytest.fixture
def reader(db):
    return Subscriber.objects.create(
        territory=make_territory("alpha"),
        email="samira@example.org",
        state=SubscriberState.ACTIVE,
    )
