"""Whatever happens in whatever order: letters go to who said yes, and who left stays away."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsletter.bounces.recording import record_bounce, record_complaint
from newsletter.models import Consent, Objection, Subscriber
from newsletter.models.subscribers import digest_of
from newsletter.subscribing.joining import PURPOSE, ask_to_confirm, confirm, forget_unconfirmed
from newsletter.subscribing.leaving import erase, leave
from territories.links.links import LinkRefused, use_link
from territories.links.models import SignedLink

from .test_importing import bring

pytestmark = pytest.mark.django_db
EMAILS = ("a@example.org", "B@example.org")
ACTS = (
    *("ask", "by_team", "confirm", "confirm_oldest", "leave", "erase", "bounce", "complain"),
    *("bring_proven", "bring", "forget"),
)
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(EMAILS)), max_size=12)


class World:
    """`said_yes`: who has, of their own, since they last said no. `left`: who has said no last."""

    def __init__(self, territory):
        self.territory, self.said_yes, self.left = territory, set(), set()

    def reader(self, email):
        rows = Subscriber.objects.filter(territory=self.territory)
        return rows.with_address(email).first()

    def ask(self, email, source=Consent.Source.FORM):
        cache.clear()
        wishes = {"themes": ["sante"]}
        ask_to_confirm(
            territory=self.territory, email=email, wishes=wishes, words="Oui.", source=source
        )

    def by_team(self, email):
        self.ask(email, Consent.Source.TEAM)

    def confirm(self, email, order="-created_at"):
        reader = self.reader(email)
        links = SignedLink.objects.filter(purpose=PURPOSE, used_at=None)
        link = links.filter(payload__subscriber=reader and reader.pk).order_by(order).first()
        if link is None:
            return
        try:
            confirm(use_link(link.token, PURPOSE))
        except LinkRefused:
            return
        self.said_yes.add(email)
        self.left.discard(email)

    def confirm_oldest(self, email):
        self.confirm(email, "created_at")

    def leave(self, email):
        if reader := self.reader(email):
            leave(reader)
            self.no(email)

    def erase(self, email):
        if reader := self.reader(email):
            erase(reader)
            self.no(email)

    def bounce(self, email):
        if reader := self.reader(email):
            record_bounce(reader, status="5.1.1", words="550 5.1.1")

    def complain(self, email):
        if reader := self.reader(email):
            record_complaint(reader)
            self.no(email)

    def bring(self, email, *, is_proven=False):
        cache.clear()
        bring(self.territory, f"email\n{email}\n".encode(), is_proven=is_proven)

    def bring_proven(self, email):
        was_left = email in self.left
        self.bring(email, is_proven=True)
        if not was_left:
            self.said_yes.add(email)

    def forget(self, email):
        forget_unconfirmed()

    def no(self, email):
        self.said_yes.discard(email)
        self.left.add(email)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
@example(steps=[(act, EMAILS[0]) for act in ("ask", "confirm", "leave", "bring_proven")])
@example(steps=[(act, EMAILS[1]) for act in ("ask", "confirm", "erase", "bring_proven")])
@example(steps=[(act, EMAILS[1]) for act in ("bring_proven", "erase", "bring", "confirm")])
@example(steps=[(act, EMAILS[0]) for act in ("ask", "leave", "ask", "leave", "confirm_oldest")])
@example(steps=[(act, EMAILS[0]) for act in ("bring_proven", "complain", "bring_proven")])
def test_letters_go_to_who_said_yes_and_to_nobody_who_left(alpha, beta, steps):
    Subscriber.objects.all().delete()
    Objection.objects.all().delete()
    SignedLink.objects.all().delete()
    world = World(alpha)
    for act, email in steps:
        getattr(world, act)(email)
        receiving = Subscriber.objects.receiving(alpha)
        for reader in receiving:
            assert reader.consents.exclude(confirmed_at=None, is_proven=False).exists()
            assert reader.email in world.said_yes
            assert reader.email not in world.left
        for email in world.left:
            digest = digest_of(alpha, email)
            assert Objection.objects.filter(territory=alpha, digest=digest).exists()
    assert not Subscriber.objects.filter(territory=beta).exists()
