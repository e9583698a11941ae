"""Who keeps which synonyms in the admin."""

import pytest
from django.urls import reverse
from factories import make_member

from portal.search.models import Synonym
from territories.models import JournalEntry
from tests.portal.search.documents import make_document

pytestmark = pytest.mark.django_db
PORTAL = {"host": "localhost"}
FORM = {"said": "gazole", "link": "towards", "means": "carburant"}


def save(client, user, view="add", *arguments, **form):
    client.force_login(user)
    address = reverse(f"search_synonyms:{view}", args=arguments)
    return client.post(address, {**FORM, **form}, headers=PORTAL, follow=True)


def test_a_coordinator_keeps_those_of_their_territory(client, alpha, say):
    make_document(alpha, "Payer le carburant")
    user = make_member(alpha)
    say("national", "carburant")
    html = save(client, user, territory=alpha.pk).content.decode()
    assert "en vigueur partout dans la minute" in html
    assert "« gazole » trouve 1 fiche : « Payer le carburant »." in html
    assert "gazole" in html and "national" not in html.split("<table")[1]
    synonym = Synonym.objects.get(territory=alpha)
    html = save(client, user, "edit", synonym.pk, territory=alpha.pk, means="couture").content
    assert "« gazole » ne trouve encore rien." in html.decode()
    save(client, user, "delete", synonym.pk)
    assert not Synonym.objects.filter(territory=alpha).exists()
    assert JournalEntry.objects.filter(territory=alpha, user=user).count() == 3


def test_a_stranger_finds_changes_and_adds_nothing(client, alpha, beta, say):
    own, national = say("gazole", "carburant", territory=alpha), say("taxi", "voiture de luxe")
    user = make_member(beta)
    for target in (own, national):
        for view in ("edit", "delete", "history", "usage"):
            assert save(client, user, view, target.pk).status_code == 404
    for owner in (alpha.pk, ""):
        answer = save(client, user, territory=owner, said="autre")
        assert "territory" in answer.context["form"].errors
    # Not even by the address that fills in the form.
    address = f"{reverse('search_synonyms:add')}?said=autre&territory={alpha.pk}"
    form = client.get(address, headers=PORTAL).context["form"]
    assert form.instance.territory is None and form.initial["territory"] == beta
    save(client, make_member(beta, "editor"), territory=beta.pk, said="autre")
    client.logout()
    assert client.get(reverse("search_synonyms:index"), headers=PORTAL).status_code == 302
    client.post(reverse("search_synonyms:add"), FORM, headers=PORTAL)
    assert list(Synonym.objects.order_by("pk")) == [own, national]


def test_the_national_team_keeps_those_of_france_and_of_all(client, alpha, say):
    own = say("gasoil", "carburant", territory=alpha)
    team = make_member(None, "team", username="team")
    save(client, team)
    assert Synonym.objects.get(said="gazole").territory is None
    save(client, team, "edit", own.pk, territory=alpha.pk, said="gasoil, fioul")
    own.refresh_from_db()
    assert own.said == "gasoil, fioul"


def test_a_mistake_is_said_and_nothing_that_was_typed_is_lost(client, alpha):
    answer = save(client, make_member(alpha), said="de la", territory=alpha.pk)
    assert "« de la » ne dit rien" in answer.content.decode()
    assert answer.context["form"]["means"].value() == "carburant"
    assert not Synonym.objects.exists()
