"""What is closed now or soon, in a letter and on a page; services that somebody chose."""

from datetime import timedelta

import pytest
from directory_factories import make_actor, make_service
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_territory

from resources_directory.blocks import ChosenServicesBlock, ClosuresBlock, ServicesBlock
from resources_directory.models import ActorClosure, ServiceClosure, ServicePage
from territories.blocks.mail import render_mail

pytestmark = pytest.mark.django_db
BLOCK = ClosuresBlock()


@pytest.fixture
def alpha(db):
    return make_territory("alpha", plugins=["resources_directory"])


@pytest.fixture
def beta(db):
    return make_territory("beta", plugins=["resources_directory"])


def close(record, first, last, note=""):
    today = timezone.localdate()
    days = {"first_day": today + timedelta(first), "last_day": today + timedelta(last)}
    if isinstance(record, ServicePage):
        return ServiceClosure.objects.create(service=record, note=note, **days)
    return ActorClosure.objects.create(actor=record, note=note, **days)


def lines(territory, **value):
    value = BLOCK.to_python({"title": "Fermé", "weeks": 4, **value})
    return [line.page.title for line in BLOCK.get_context(value, {"territory": territory})["lines"]]


def test_what_lasts_or_begins_soon_is_told_the_first_to_close_first(alpha, beta):
    close(make_actor(alpha, "La mission"), 10, 12)
    close(make_service(alpha, "Le permis"), -3, 1)
    close(make_actor(alpha, "L’arche"), -9, -1)
    close(make_actor(alpha, "La piscine"), 40, 41)
    close(make_actor(alpha, "Un brouillon", published=False), 1, 2)
    close(make_actor(beta, "Chez beta"), 1, 2)
    assert lines(alpha) == ["Le permis", "La mission"]
    assert lines(alpha, weeks=1) == ["Le permis"]
    assert lines(alpha, weeks=6) == ["Le permis", "La mission", "La piscine"]
    assert lines(None, weeks=1) == ["Le permis", "Chez beta"]


def test_it_says_when_and_why_on_a_page_and_in_a_mailbox(alpha):
    actor = make_actor(alpha, "L’<b>arche</b>", slug="arche")
    closure = close(actor, 2, 2, "Travaux & <i>peinture</i>")
    value = BLOCK.to_python({"title": "Fermé", "weeks": 4})
    page = BLOCK.render(value, {"territory": alpha})
    mail = render_mail(BLOCK, value, {"territory": alpha, "request": None})
    for shown in (page, mail):
        assert f"Fermé {closure}".replace("\u00a0", " ") in shown.replace("\u00a0", " ")
        assert "Travaux &amp; &lt;i&gt;" in shown and "<b>arche" not in shown
    assert 'href="http://alpha.localhost/carte/arche/"' in mail


def test_the_next_letter_is_filled_when_something_closes(alpha):
    since = timezone.now() - timedelta(days=7)
    assert BLOCK.new_since(alpha, since) is None
    actor = make_actor(alpha, "L’arche")
    close(actor, 2, 3)
    value = BLOCK.new_since(alpha, since)
    told = BLOCK.normalize(value)
    assert BLOCK.pages_told(told, {"territory": alpha}) == [actor]
    rest = BLOCK.normalize(BLOCK.leave_out(value, [actor]))
    assert BLOCK.pages_told(rest, {"territory": alpha}) == []


@pytest.mark.parametrize("number", [1, 9])
def test_it_costs_the_same_for_one_and_for_many(alpha, number):
    for rank in range(number):
        close(make_actor(alpha, f"Acteur {rank}"), 1, 2)
        close(make_service(alpha, f"Service {rank}"), 1, 2)
    value = BLOCK.to_python({"title": "", "weeks": 4})
    BLOCK.render(value, {"territory": alpha})
    with CaptureQueriesContext(connection) as captured:
        BLOCK.render(value, {"territory": alpha})
    assert len(captured) <= 3


def test_new_services_are_those_published_since_that_day_and_no_other(alpha):
    block = ServicesBlock()
    old, again = make_service(alpha, "Ancien"), make_service(alpha, "Revu")
    long_ago = timezone.now() - timedelta(days=400)
    ServicePage.objects.filter(pk__in=[old.pk, again.pk]).update(
        first_published_at=long_ago, last_published_at=long_ago
    )
    again.save_revision().publish()
    new = make_service(alpha, "Nouveau")
    value = block.new_since(alpha, timezone.now() - timedelta(days=7))
    assert value["count"] == 2
    # Even when somebody asks for more than there are.
    told = block.pages_told(block.normalize({**value, "count": 12}), {"territory": alpha})
    assert {page.title for page in told} == {"Revu", "Nouveau"}
    rest = block.normalize(block.leave_out(value, [new]))
    assert [page.title for page in block.pages_told(rest, {"territory": alpha})] == ["Revu"]


def test_chosen_services_keep_their_order_and_stay_in_their_territory(alpha, beta):
    block = ChosenServicesBlock()
    first, second = make_service(alpha, "Le permis"), make_service(alpha, "La crèche")
    there, gone = make_service(beta, "Là-bas"), make_service(alpha, "Retiré")
    gone.unpublish()
    value = block.normalize({"title": "", "services": [second, there, gone, first]})
    value = block.to_python(block.get_prep_value(value))
    block.pages_told(value, {"territory": alpha})
    with CaptureQueriesContext(connection) as captured:
        told = block.pages_told(value, {"territory": alpha})
    assert told == [second, first] and len(captured) == 2
    mail = render_mail(block, value, {"territory": alpha, "request": None})
    assert mail.index("La crèche") < mail.index("Le permis")
