"""A coordinator writes a service: what the form offers, refuses and keeps apart."""

import pytest
from directory_factories import guide_of, make_actor, make_service, map_of, terms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import slugify
from factories import make_member, make_territory

from resources_directory.models import ActorPage, ServicePage
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    return make_territory("alpha", plugins=["resources_directory"])


NO_CLOSURES = {"closures-TOTAL_FORMS": "0", "closures-INITIAL_FORMS": "0"}


def post(client, user, parent, model, data):
    client.force_login(user)
    name = model._meta.model_name
    return client.post(
        reverse("wagtailadmin_pages:add", args=["resources_directory", name, parent.pk]),
        {
            "slug": slugify(data["title"]),
            "confirmed_on": "2026-11-01",
            **NO_CLOSURES,
            **data,
        },
        headers={"host": "localhost"},
    )


def errors(answer):
    assert answer.status_code == 200, "The form was accepted."
    form = answer.context["form"]
    return {name: " ".join(texts) for name, texts in form.errors.items()}


NO_LINES = {"places-TOTAL_FORMS": "0", "places-INITIAL_FORMS": "0"}


def service_data(actor, **fields):
    return {
        **NO_LINES,
        "title": "Permis solidaire",
        "actor": actor.pk,
        "description": "On passe le code ensemble.",
        "action-publish": "1",
        **fields,
    }


class TestService:
    def test_an_editor_publishes_one_through_the_form(self, client, alpha):
        answer = post(
            client,
            make_member(alpha),
            guide_of(alpha),
            ServicePage,
            service_data(
                make_actor(alpha),
                themes=[term.pk for term in terms("mobilite--preparer-un-permis")],
                publics=[term.pk for term in terms("jeunes", "seniors")],
                mobilisation_modes=["telephoner", "se-presenter"],
                mobilisable_by=["usagers"],
                reception_modes=["en-presentiel"],
                eligibility_zone="31555, 31 ; france",
                fees="gratuit",
            ),
        )
        assert answer.status_code == 302, errors(answer)
        service = ServicePage.objects.get(title="Permis solidaire")
        assert service.live
        assert service.territory == alpha
        assert service.slug == "permis-solidaire"
        assert service.mobilisation_modes == ["telephoner", "se-presenter"]
        assert service.eligibility_zone == ["31555", "31", "france"]
        assert service.publics.count() == 2
        page = client.get("/guide/", headers={"host": "alpha.localhost"}).content.decode()
        assert "Permis solidaire" in page

    def test_everybody_goes_with_no_other_public(self, client, alpha):
        publics = [term.pk for term in terms("tous-publics", "jeunes")]
        answer = post(
            client,
            make_member(alpha),
            guide_of(alpha),
            ServicePage,
            service_data(make_actor(alpha), publics=publics),
        )
        assert "ne va avec aucun autre public" in errors(answer)["publics"]

    def test_codes_and_zones_of_no_list_are_refused(self, client, alpha):
        answer = post(
            client,
            make_member(alpha),
            guide_of(alpha),
            ServicePage,
            service_data(
                make_actor(alpha),
                mobilisation_modes=["envoyer-un-email"],
                eligibility_zone="Toulouse",
            ),
        )
        found = errors(answer)
        assert "mobilisation_modes" in found
        assert "« Toulouse » n’est pas un code" in found["eligibility_zone"]

    def test_the_actor_of_another_territory_is_refused(self, client, alpha):
        beta = make_territory("beta", plugins=["resources_directory"])
        stranger = make_actor(beta, "Acteur de Beta")
        answer = post(
            client, make_member(alpha), guide_of(alpha), ServicePage, service_data(stranger)
        )
        assert "Choisissez un acteur de ce territoire." in errors(answer)["actor"]
        assert not ServicePage.objects.filter(title="Permis solidaire").exists()
        # Nor may one be put into a service that stands already.
        service = make_service(alpha)
        service.actor = stranger
        with pytest.raises(ValidationError):
            service.full_clean()

    def test_a_stranger_may_not_write_here(self, client, alpha):
        beta = make_territory("beta", plugins=["resources_directory"])
        answer = post(
            client,
            make_member(beta),
            guide_of(alpha),
            ServicePage,
            service_data(make_actor(alpha)),
        )
        assert answer.status_code == 302
        assert not ServicePage.objects.filter(title="Permis solidaire").exists()

    def test_an_actor_that_has_services_is_not_deleted_by_mistake(self, alpha):
        service = make_service(alpha)
        with pytest.raises(Exception, match="protected"):
            service.actor.delete()


def lines(*places):
    """The lines of « Plusieurs lieux, ou des permanences », as a browser posts them."""
    sent = {"places-TOTAL_FORMS": len(places), "places-INITIAL_FORMS": 0}
    for number, place in enumerate(places):
        place = {"id": "", "ORDER": number + 1, **place}
        sent |= {f"places-{number}-{name}": value for name, value in place.items()}
    return sent


class TestPlaces:
    def test_a_coordinator_gives_several_and_the_days_of_one(self, client, alpha):
        actor, host = make_actor(alpha), make_actor(alpha, "Mairie")
        typed = lines(
            {"commune": "Ifs", "label": "Gymnase", "opening_hours": "Mo 10:00-12:00"},
            {"actor": host.pk, "days": "jeudi 10/12/2026 9h-12h\n03/12/2026 14:00-16:00"},
            {"label": "Le bus bleu", "is_itinerant": "on"},
        )
        answer = post(
            client, make_member(alpha), guide_of(alpha), ServicePage, service_data(actor, **typed)
        )
        assert answer.status_code == 302, answer.context["form"].formsets["places"].errors
        gymnasium, town_hall, bus = ServicePage.objects.get(title="Permis solidaire").places.all()
        assert (gymnasium.commune, gymnasium.opening_hours) == ("Ifs", "Mo 10:00-12:00")
        assert town_hall.actor == host
        assert [one["day"] for one in town_hall.days] == ["2026-12-03", "2026-12-10"]
        assert bus.is_itinerant and not bus.is_somewhere

    def test_what_is_wrong_in_a_line_is_said_with_its_number_and_its_field(self, client, alpha):
        actor, beta = make_actor(alpha), make_territory("beta", plugins=["resources_directory"])
        stranger = make_actor(beta, "Acteur de Beta")
        typed = lines(
            {"commune": "Ifs", "postcode": "1412"},
            {"commune": "Ifs", "actor": actor.pk},
            {"commune": "Ifs", "days": "demain matin"},
            {"label": "Quelque part"},
            {"actor": stranger.pk},
            {"commune": "Ifs", "latitude": "49"},
        )
        answer = post(
            client, make_member(alpha), guide_of(alpha), ServicePage, service_data(actor, **typed)
        )
        said = errors(answer)["__all__"]
        for sentence in (
            "Lieu 1, code postal : Un code postal a 5 chiffres",
            "Lieu 2, adresse : L’adresse est celle de l’acteur",
            "Lieu 3, jours de permanence : « demain matin » n’est pas un jour",
            "Lieu 4, adresse : Où est-ce ?",
            "Lieu 5, chez quel acteur : ",
            "Lieu 6, longitude : Donnez la latitude et la longitude",
        ):
            assert sentence in said
        assert "Acteur de Beta" not in answer.content.decode()
        assert not ServicePage.objects.filter(title="Permis solidaire").exists()

    def test_the_preview_shows_them_before_they_are_kept(self, client, alpha):
        service = make_service(alpha)
        coordinator = make_member(alpha)
        client.force_login(coordinator)
        edit = reverse("wagtailadmin_pages:edit", args=[service.pk])
        preview = reverse("wagtailadmin_pages:preview_on_edit", args=[service.pk])
        form = client.get(edit, headers={"host": "localhost"}).context["form"]
        data = {
            "title": service.title,
            "slug": service.slug,
            "confirmed_on": "2026-11-01",
            **NO_CLOSURES,
            **service_data(service.actor),
            **lines({"commune": "Ifs", "label": "Gymnase"}, {"commune": "Mondeville"}),
        }
        assert form.instance.pk == service.pk
        answer = client.post(preview, data, headers={"host": "localhost"})
        assert answer.json()["is_valid"]
        page = client.get(preview, headers={"host": "localhost"}).content.decode()
        assert "Où et quand venir" in page and "Gymnase" in page and "Mondeville" in page


class TestActor:
    def data(self, **fields):
        return {"title": "Centre social", "action-publish": "1", **fields}

    def test_an_editor_publishes_one_through_the_form(self, client, alpha):
        answer = post(
            client,
            make_member(alpha),
            map_of(alpha),
            ActorPage,
            self.data(
                latitude="43.6",
                longitude="1.44",
                siret="13003013300016",
                languages_spoken=["fr", "ar"],
                networks=[term.pk for term in terms("caf")],
            ),
        )
        assert answer.status_code == 302, errors(answer)
        actor = ActorPage.objects.get(title="Centre social")
        assert (actor.live, actor.territory, actor.has_coordinates) == (True, alpha, True)
        assert actor.languages_spoken == ["fr", "ar"]

    @pytest.mark.parametrize(
        ("fields", "wrong", "words"),
        [
            ({"latitude": "43.6"}, "longitude", "ni l’une ni l’autre"),
            ({"longitude": "1.44"}, "latitude", "ni l’une ni l’autre"),
            ({"latitude": "143", "longitude": "1"}, "latitude", "90"),
            ({"siret": "130 030 133"}, "siret", "Un SIRET a 14 chiffres"),
            ({"phone": "appelez-moi"}, "phone", "comme 05 61 00 00 00"),
            ({"title": "CS"}, "title", "entre 3 et 150"),
            ({"postcode": "3100"}, "postcode", "5 chiffres"),
        ],
    )
    def test_what_is_wrong_is_said_on_its_field(self, client, alpha, fields, wrong, words):
        answer = post(client, make_member(alpha), map_of(alpha), ActorPage, self.data(**fields))
        assert words in errors(answer)[wrong]


class TestLists:
    def read(self, client, user, name, query=""):
        client.force_login(user)
        return client.get(f"/admin/{name}/{query}", headers={"host": "localhost"})

    def test_they_show_what_one_may_explore_and_no_stranger(self, client, alpha):
        beta = make_territory("beta", plugins=["resources_directory"])
        make_service(alpha, "Permis d’Alpha", actor=make_actor(alpha, "Acteur d’Alpha"))
        make_service(beta, "Permis de Beta", actor=make_actor(beta, "Acteur de Beta"))
        make_service(beta, "Brouillon de Beta", published=False)
        coordinator = make_member(alpha)
        make_member(beta)
        for name in ("services", "actors"):
            for query in ("", "?q=beta", "?stale=true"):
                answer = self.read(client, coordinator, name, query)
                page = answer.content.decode()
                assert answer.status_code == 200
                assert "Beta" not in page.replace("?q=beta", "").replace('value="beta"', "")
                assert "coordinator-beta" not in page
        assert "Permis d’Alpha" in self.read(client, coordinator, "services").content.decode()
        assert "Acteur d’Alpha" in self.read(client, coordinator, "actors").content.decode()

    def test_they_find_what_nobody_has_confirmed_for_a_year(self, client, alpha):
        make_service(alpha, "Oublié", confirmed_on="2020-01-01")
        make_service(alpha, "Tout frais")
        page = self.read(client, make_member(alpha), "services", "?stale=true").content.decode()
        assert "Oublié" in page
        assert "Tout frais" not in page
        assert [page.title for page in ServicePage.objects.stale()] == ["Oublié"]

    def test_the_menu_drops_them_where_the_guide_is_closed(self, client, alpha):
        coordinator = make_member(alpha)
        client.force_login(coordinator)
        home = client.get("/admin/", headers={"host": "localhost"}).content.decode()
        assert "Guide et carte" in home
        switch_off(territory=alpha, plugin="resources_directory")
        home = client.get("/admin/", headers={"host": "localhost"}).content.decode()
        assert "Guide et carte" not in home
