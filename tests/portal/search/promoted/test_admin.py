"""Who keeps which chosen answers, and what the form says of a mistake."""

import pytest
from django.urls import reverse
from factories import home_of, make_content_page, make_member, make_territory

from portal.search.models import Promotion
from territories.archive.parts import erase_parts, export_parts, restore_parts
from territories.models import JournalEntry

pytestmark = pytest.mark.django_db
PORTAL = {"host": "localhost"}
FORM = {
    "questions": "permis\n  garde   d’enfants \n\npermis",
    "url": "https://permis.example/",
    "title": "Un prêt",
    "sentence": "Pour payer le permis.",
}


@pytest.fixture
def save(client):
    def post(user, view="add", *args, **form):
        client.force_login(user)
        path = reverse(f"search_promotions:{view}", args=args)
        return client.post(path, {**FORM, **form}, headers=PORTAL)

    return post


def errors(answer) -> dict:
    assert answer.status_code == 200
    return {name: " ".join(said) for name, said in answer.context["form"].errors.items()}


def test_a_coordinator_keeps_those_of_their_territory(client, save, alpha):
    user, page = make_member(alpha), make_content_page(alpha)
    assert save(user, territory=alpha.pk, page=page.pk, second_page="").status_code == 302
    one = Promotion.objects.get()
    assert (one.territory, one.page_id, one.phrases) == (
        alpha, page.pk, ["permis", "garde d’enfants"],
    )  # fmt: skip
    save(user, "edit", one.pk, territory=alpha.pk, title="Un prêt à un euro")
    one.refresh_from_db()
    assert (one.title, one.page) == ("Un prêt à un euro", None)
    html = client.get(reverse("search_promotions:index"), headers=PORTAL).content.decode()
    assert "permis, garde d’enfants" in html and "Montré" in html
    assert JournalEntry.objects.filter(territory=alpha, user=user).count() == 2
    save(user, "delete", one.pk)
    assert not Promotion.objects.exists()


def test_a_stranger_finds_changes_and_adds_nothing(client, save, alpha, beta):
    theirs = Promotion.objects.create(territory=alpha, **FORM)
    portals = Promotion.objects.create(**FORM)
    user = make_member(beta)
    for one in (theirs, portals):
        for view in ("edit", "delete", "history", "usage"):
            assert save(user, view, one.pk).status_code == 404
    for owner in (alpha.pk, ""):
        assert "territory" in errors(save(user, territory=owner))
    page = make_content_page(alpha, "Un secret d’Alpha", published=False)
    answer = save(user, territory=beta.pk, page=page.pk)
    assert "page d’un autre territoire" in errors(answer)["page"]
    assert "Un secret d’Alpha" not in answer.content.decode()
    html = client.get(reverse("search_promotions:index"), headers=PORTAL).content.decode()
    assert "permis" not in html
    assert save(make_member(beta, "editor"), territory=beta.pk).status_code == 302
    assert Promotion.objects.count() == 2
    client.logout()
    assert client.get(reverse("search_promotions:index"), headers=PORTAL).status_code == 302


def test_the_national_team_keeps_the_portals_with_pages_of_territories(save, alpha):
    team, page = make_member(None, "team", username="team"), make_content_page(alpha)
    assert save(team, page=page.pk).status_code == 302
    one = Promotion.objects.get()
    assert (one.territory, one.page_id) == (None, page.pk)
    other = make_territory("gamma", plugins=[])
    assert "n’est pas à Gamma" in errors(save(team, territory=other.pk, page=page.pk))["page"]
    draft = make_content_page(alpha, "Brouillon", published=False)
    assert "page" in errors(save(team, page=draft.pk))


OTHERWISE = {"url": "", "title": "", "sentence": ""}


@pytest.mark.parametrize(
    ("form", "field", "said"),
    [
        ({"questions": "de la\npermis"}, "questions", "« de la » ne dit pas"),
        ({"questions": "?!"}, "questions", "« ?! » ne dit pas"),
        ({"questions": "x" * 81}, "questions", "80 lettres"),
        ({"questions": "\n".join(f"mot {n}" for n in range(21))}, "questions", "il y en a 21"),
        ({"questions": " "}, "questions", "requis"),
        ({"url": "javascript:alert(1)"}, "url", "valide"),
        ({"url": "", "sentence": ""}, "url", "Écrivez aussi l’adresse"),
        ({"title": ""}, "title", "Écrivez aussi le titre"),
        ({"sentence": ""}, "sentence", "Écrivez aussi une phrase"),
        (OTHERWISE, "__all__", "Choisissez une page"),
        ({"first_day": "2027-03-02", "last_day": "2027-03-01"}, "last_day", "après le premier"),
        ({"page": "999999"}, "page", ""),
    ],
)
def test_a_mistake_is_said_at_its_field(save, alpha, form, field, said):
    found = errors(save(make_member(alpha), territory=alpha.pk, **form))
    assert said in found[field]
    assert not Promotion.objects.exists()


def test_pages_that_cannot_be_shown_or_are_too_many_are_refused(save, alpha):
    user = make_member(alpha)
    one, two, three = (make_content_page(alpha, f"Page {n}") for n in range(3))
    found = errors(save(user, territory=alpha.pk, page=one.pk, second_page=one.pk))
    assert "déjà choisie" in found["second_page"]
    found = errors(save(user, territory=alpha.pk, page=home_of(alpha).pk))
    assert "La recherche ne montre pas cette page" in found["page"]
    pages = {"page": one.pk, "second_page": two.pk, "third_page": three.pk}
    assert "3 réponses au plus" in errors(save(user, territory=alpha.pk, **pages))["url"]
    assert save(user, territory=alpha.pk, **pages, **OTHERWISE).status_code == 302


def test_they_travel_with_their_territory_and_are_erased_with_it(alpha, beta):
    page = make_content_page(alpha, "Le permis")
    gone = make_content_page(alpha, "Bientôt ailleurs")
    Promotion.objects.create(
        territory=alpha, second_page=page, page=gone, first_day="2027-03-01", **FORM
    )
    Promotion.objects.create(territory=alpha, questions="velo", page=gone)
    Promotion.objects.create(territory=beta, **FORM)
    name = "portal_search.promotions"
    archive = {name: export_parts(alpha)[name]}
    gone.delete()
    assert erase_parts(alpha)[name] == 2
    assert Promotion.objects.get().territory == beta
    for _twice in range(2):
        restore_parts(alpha, archive)
    one = Promotion.objects.get(territory=alpha)
    assert (one.page_id, one.second_page, str(one.first_day)) == (page.pk, None, "2027-03-01")
    assert (one.questions, one.url) == (FORM["questions"], FORM["url"])
    # Somebody else's archive, on the same installation: no page of Alpha's is taken along.
    restore_parts(beta, archive)
    copy = Promotion.objects.get(territory=beta, identity=one.identity)
    assert copy.page is None
