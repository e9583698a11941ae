"""Putting the demo's content into the site. Safe to run twice: what is there is brought in line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import transaction
from wagtail.models import Collection, Locale

from portal.home.provisioning import provision_portal
from territories.models import LegalFacts

from .accounts import ACCOUNTS
from .bodies import BodyMaker
from .models import DemoState
from .partners import make_partner
from .publishing import indexed_together, publish
from .reading import fingerprint, portal, read, territories
from .records import Vocabulary
from .territory import TerritoryLoader


def is_current(*, today: date, port: int) -> bool:
    return DemoState.objects.filter(loaded_on=today, port=port, fingerprint=fingerprint()).exists()


def load(*, today: date, port: int, slugs: Sequence[str] = ()) -> Iterator[str]:
    """Load or refresh all territories, or some; yields what is being done, one line a step."""
    # Root paths and territories cached for an earlier database would lead nowhere.
    cache.clear()
    with indexed_together():
        yield from load_pages(today=today, port=port, slugs=slugs or territories())
        make_accounts()
        make_partner()
        yield "Index de recherche"
    DemoState.objects.all().delete()
    DemoState.objects.create(loaded_on=today, port=port, fingerprint=fingerprint())


def load_pages(*, today: date, port: int, slugs: Sequence[str]) -> Iterator[str]:
    yield "Portail national"
    load_portal(port)
    vocabulary = Vocabulary()
    moves_dates = DemoState.objects.filter(port=port, fingerprint=fingerprint()).exists()
    for slug in slugs:
        content = read(slug)
        loader = TerritoryLoader(content, vocabulary, today=today, port=port)
        for name, step in loader.dated_steps() if moves_dates else loader.steps():
            yield f"{content.territory['name']} : {name}"
            # One transaction a step: interrupted, the next run goes on from there.
            with transaction.atomic():
                step()


def load_portal(port: int) -> None:
    """The portal says what it is, in each language."""
    home = provision_portal(hostname="localhost", port=port)
    bodies = BodyMaker({"hostname": "localhost"}, Collection.get_first_root_node())
    facts = portal()
    LegalFacts.objects.update_or_create(territory=None, defaults=facts.pop("legal"))
    for language, blocks in facts.items():
        page = home.get_translation(Locale.objects.get(language_code=language))
        page.body = bodies.body(f"home/{language}", blocks)
        publish(page)


def make_accounts() -> None:
    """The demo's accounts, with passwords that everybody knows."""
    for username, password, _role, group_name in ACCOUNTS:
        if User.objects.filter(username=username).exists():
            continue
        if not group_name:
            User.objects.create_superuser(username, f"{username}@example.org", password)
            continue
        # A territory that was not loaded has no groups yet.
        if group := Group.objects.filter(name=group_name).first():
            user = User.objects.create_user(username, f"{username}@example.org", password)
            user.groups.add(group)
