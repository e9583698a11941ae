import pytest
from directory_factories import make_actor, make_service
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from factories import make_member, make_territory
from filling_forms import typed

from resources_directory.members import add_partner
from territories.models import Proposal
from territories.proposals.offering import offer_change
from territories.proposals.values import values_of

PORTAL = {"host": "localhost"}
ALPHA = {"host": "alpha.localhost"}


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug, plugins=["agenda", "sample_plugin"])


@pytest.fixture
def actor(alpha):
    return make_actor(
        alpha, "Maison de quartier", phone="05 61 00 00 00", description="On vous accueille ici."
    )


@pytest.fixture
def service(actor):
    return make_service(actor.territory, "Permis solidaire", actor=actor)


@pytest.fixture
def make_partner():
    def make(actor, username="alix", **fields):
        user = User.objects.filter(username=username).first()
        user = user or User.objects.create_user(username, f"{username}@example.org", **fields)
        add_partner(actor=actor, user=user)
        return user

    return make


@pytest.fixture
def partner(actor, make_partner):
    return make_partner(actor)


@pytest.fixture
def coordinator(alpha):
    return make_member(alpha)


@pytest.fixture
def ask():
    """What somebody gets from an address of the admin; posts when there is a form."""

    def ask(user, name, *arguments, form=None):
        client = Client(headers=PORTAL)
        client.force_login(user)
        address = reverse(f"proposals:{name}", args=arguments)
        return client.get(address) if form is None else client.post(address, form)

    return ask


@pytest.fixture
def fill(ask):
    """Fills the form of a sheet as a person does: what is there stays but for `changes`."""

    def fill(response, note="", **changes):
        assert response.status_code == 200, response.content.decode()[-800:]
        offer = response.context["offer"]
        sent = typed(offer.form)
        for formset in offer.form.formsets.values():
            sent |= typed(formset.management_form)
            for line in formset:
                sent |= typed(line)
        return sent | {"base": offer.base, "note": note} | changes

    return fill


@pytest.fixture
def propose(ask, fill):
    """A partner changes fields of a sheet in the browser; gives the proposal."""

    def propose(user, page, note="", **changes):
        form = fill(ask(user, "propose", page.pk), note, **changes)
        response = ask(user, "propose", page.pk, form=form)
        assert response.status_code == 302, response.context["form"].errors
        return Proposal.objects.waiting().get(user=user, page=page.pk)

    return propose


@pytest.fixture
def offer():
    """The same without a browser."""

    def offer(page, user=None, **after):
        before = values_of(page, after)
        differences = {name: {"before": before[name], "after": after[name]} for name in after}
        return offer_change(page=page, differences=differences, user=user)

    return offer


@pytest.fixture
def decide(ask):
    """A coordinator reads a proposal and chooses: `take` or `keep` for each field named."""

    def decide(user, proposal, action="apply", reason="", **choices):
        seen = ask(user, "review", proposal.pk).context["form"]["seen"].value()
        form = {f"choice_{name}": choice for name, choice in choices.items()}
        return ask(
            user,
            "review",
            proposal.pk,
            form={"seen": seen, "action": action, "reason": reason, **form},
        )

    return decide
