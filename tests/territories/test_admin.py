import pytest
from django.contrib.auth.models import User
from factories import make_member, make_territory

from territories.models import Term, Territory

pytestmark = pytest.mark.django_db
PORTAL = {"host": "localhost"}


@pytest.fixture
def national(client):
    client.force_login(User.objects.create_superuser("national", password="secret"))
    return client


def test_the_national_team_edits_a_territory(national):
    territory = make_territory("alpha")
    assert national.get("/admin/territory/", headers=PORTAL).status_code == 200
    address = f"/admin/territory/edit/{territory.pk}/"
    form = national.get(address, headers=PORTAL).context["form"]
    values = {name: form[name].value() or [] for name in form.fields}
    values |= {"tagline": "Près de chez vous", "first_colour": "#123456"}
    response = national.post(address, values, headers=PORTAL)
    assert response.status_code == 302, response.context["form"].errors
    territory.refresh_from_db()
    assert territory.tagline == "Près de chez vous"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("first_colour", "violet", "Écrivez une couleur"),
        ("time_zone", "Mars/Olympus", "n’est pas un fuseau horaire connu"),
    ],
)
def test_a_wrong_value_is_refused_in_plain_french_and_loses_nothing(
    national, field, value, sentence
):
    territory = make_territory("alpha")
    address = f"/admin/territory/edit/{territory.pk}/"
    form = national.get(address, headers=PORTAL).context["form"]
    values = {name: form[name].value() or [] for name in form.fields} | {field: value}
    response = national.post(address, values, headers=PORTAL)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert getattr(Territory.objects.get(pk=territory.pk), field) != value


def test_the_national_team_changes_a_residents_word_and_the_next_loading_keeps_it(national):
    from territories.vocabulary.loading import load_terms

    term = Term.objects.get(kind="theme-category", code="mobilite")
    address = f"/admin/snippets/territories/term/edit/{term.pk}/"
    response = national.post(
        address,
        {"resident_label": "Bouger", "icon": term.icon, "position": term.position},
        headers=PORTAL,
    )
    assert response.status_code == 302, response.context["form"].errors
    load_terms()
    term.refresh_from_db()
    assert term.resident_label == "Bouger" and term.label == "Mobilité"


@pytest.mark.parametrize("address", ["/admin/territory/", "/admin/snippets/territories/term/"])
def test_a_coordinator_does_not_reach_what_the_national_team_owns(client, address):
    client.force_login(make_member(make_territory("alpha")))
    assert client.get(address, headers=PORTAL).status_code in {302, 403, 404}


@pytest.mark.parametrize("host", ["a b", "exa_mple..", "<script>", "localhost:abc", "[::1"])
def test_a_malformed_host_gets_400(client, host):
    assert client.get("/", headers={"host": host}).status_code == 400
