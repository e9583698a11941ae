"""« Mon territoire »: its coordinators change what it says of itself, and nothing of another's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import host_of, make_content_page, make_member, make_territory
from identity_form import PORTAL, edit_address, errors, save, values_of
from leaks.beta import make_image
from wagtail.models import Collection, ModelLogEntry

from newsletter.models import NewsletterIndexPage
from territories.models import Commune, Neighbourhood, Territory
from territories.tenancy.roles import role_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha(db):
    territory = make_territory("alpha")
    territory.first_colour, territory.second_colour = "#5A2A86", "#F07A5C"
    territory.save()
    return territory


@pytest.fixture
def beta(alpha):
    return make_territory("beta")


@pytest.fixture
def coordinator(client, alpha):
    user = make_member(alpha)
    client.force_login(user)
    return user


def test_a_coordinator_changes_what_the_site_says(client, alpha, coordinator):
    response = save(
        client,
        alpha,
        tagline="Ouvert à tous",
        contact_phone="05 36 49 12 00",
        pilots="Préfecture\nVille",
        sender_name="Nadia,\r\n d’Alpha",
        sender_email="nadia@example.org",
        time_zone="Indian/Reunion",
    )
    assert response.status_code == 302, errors(response)
    assert alpha.tagline == "Ouvert à tous"
    assert (alpha.sender_name, alpha.sender_email) == ("Nadia, d’Alpha", "nadia@example.org")
    assert alpha.zone.key == "Indian/Reunion"
    shown = client.get("/", headers={"host": host_of(alpha)}).content.decode()
    assert "05 36 49 12 00" in shown


def test_the_site_has_its_new_colours_at_once(client, alpha, coordinator):
    here = {"host": host_of(alpha)}
    doors = client.get("/", headers=PORTAL).context["theme_url"]
    assert save(client, alpha, first_colour="#00607A").status_code == 302
    assert alpha.theme_url in client.get("/", headers=here).content.decode()
    assert "--deep:#" in client.get(alpha.theme_url, headers=here).content.decode()
    assert client.get("/", headers=PORTAL).context["theme_url"] != doors


def test_name_address_and_communes_stay_as_the_national_team_set_them(client, alpha, coordinator):
    Commune.objects.create(code="14118", name="Caen")
    response = save(client, alpha, slug="gamma", site=1, communes=["14118"], archived_on="2026-1-1")
    assert response.status_code == 302
    assert alpha.slug == "alpha" and alpha.archived_on is None
    assert [commune.pk for commune in alpha.communes.all()] == ["31555"]
    assert host_of(alpha) in client.get(edit_address(alpha), headers=PORTAL).content.decode()


def test_a_coordinator_of_one_territory_is_led_to_it(client, alpha, beta, coordinator):
    response = client.get(reverse("territory:index"), headers=PORTAL)
    assert response.status_code == 302 and response.url == edit_address(alpha)
    home = client.get(reverse("wagtailadmin_home"), headers=PORTAL).content.decode()
    assert "Mon territoire" in home


def test_a_coordinator_of_two_chooses_among_them(client, alpha, beta, coordinator):
    make_territory("gamma")
    coordinator.groups.add(role_group(beta, "coordinator"))
    listed = client.get(reverse("territory:index"), headers=PORTAL).content.decode()
    assert edit_address(alpha) in listed and edit_address(beta) in listed
    assert "Gamma" not in listed


def test_the_identity_of_another_territory_is_out_of_reach(client, alpha, beta, coordinator):
    values = values_of(client, alpha)
    for name in ("edit", "history", "history_results", "preview_on_edit"):
        address = reverse(f"territory:{name}", args=[beta.pk])
        assert client.get(address, headers=PORTAL).status_code in {302, 403, 404}, name
        response = client.post(address, {**values, "name": "Pris"}, headers=PORTAL)
        assert response.status_code in {302, 403, 404, 405}, name
    assert not Territory.objects.filter(name="Pris").exists()
    journal = client.get(reverse("territories_journal"), headers=PORTAL)
    assert "Beta" not in journal.content.decode()


def test_the_journal_tells_of_ones_own_territory_only(client, alpha, beta, coordinator):
    client.force_login(make_member(beta))
    save(client, beta, tagline="Secret")
    client.force_login(coordinator)
    save(client, alpha, tagline="Ouvert")
    journal = client.get(reverse("territories_journal"), headers=PORTAL).content.decode()
    assert "Beta" not in journal and "Réglages changés" in journal


@pytest.mark.parametrize("role", ["editor", "label-reviewer"])
def test_whoever_does_not_coordinate_changes_nothing(client, alpha, role):
    client.force_login(make_member(alpha, role))
    for name, args in (("index", []), ("edit", [alpha.pk]), ("preview_on_edit", [alpha.pk])):
        address = reverse(f"territory:{name}", args=args)
        assert client.get(address, headers=PORTAL).status_code in {302, 403}
    assert client.post(edit_address(alpha), {"name": "x"}, headers=PORTAL).status_code in {302, 403}
    home = client.get(reverse("wagtailadmin_home"), headers=PORTAL).content.decode()
    assert "Mon territoire" not in home


def test_the_visitor_who_is_not_logged_in_is_sent_to_log_in(client, alpha):
    response = client.get(edit_address(alpha), headers=PORTAL)
    assert response.status_code == 302 and "login" in response.url


def test_the_national_team_changes_all_of_them_and_their_communes(client, alpha, beta):
    client.force_login(make_member(None, "team", username="team"))
    listed = client.get(reverse("territory:index"), headers=PORTAL).content.decode()
    assert edit_address(alpha) in listed and edit_address(beta) in listed
    assert "Nouveau territoire" in listed
    shown = client.get(edit_address(beta), headers=PORTAL).content.decode()
    assert "31555 Toulouse</textarea>" in shown
    response = save(client, beta, communes="31555\n31424 Plaisance")
    assert response.status_code == 302, errors(response)
    assert list(beta.communes.values_list("code", "name")) == [
        ("31424", "Plaisance"),
        ("31555", "Toulouse"),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Donnez au moins une commune."),
        ("315 Toulouse", "315:Toulouse : Un code INSEE a 5 caractères"),
        ("31001", "La commune 31001 n’est pas encore connue"),
    ],
)
def test_a_commune_that_is_not_one_is_refused_in_words(client, alpha, typed, sentence):
    client.force_login(make_member(None, "team", username="team"))
    assert sentence in str(errors(save(client, alpha, communes=typed))["communes"])
    assert alpha.communes.count() == 1 and Commune.objects.count() == 1


def test_the_neighbourhoods_offered_are_those_of_the_communes(client, alpha, coordinator):
    near = Neighbourhood.objects.create(commune_id="31555", name="Reynerie", code="QN03107M")
    far = Neighbourhood.objects.create(
        commune=Commune.objects.create(code="14118", name="Caen"), name="Grâce de Dieu"
    )
    shown = client.get(edit_address(alpha), headers=PORTAL).content.decode()
    assert "Reynerie (Toulouse, QN03107M)" in shown and "Grâce de Dieu" not in shown
    assert save(client, alpha, neighbourhoods=[near.pk]).status_code == 302
    assert list(alpha.neighbourhoods.all()) == [near]
    assert "neighbourhoods" in errors(save(client, alpha, neighbourhoods=[near.pk, far.pk]))
    assert list(alpha.neighbourhoods.all()) == [near]


def test_a_neighbourhood_follows_its_commune_in_the_form_of_the_team(client, alpha):
    client.force_login(make_member(None, "team", username="team"))
    caen = Commune.objects.create(code="14118", name="Caen")
    reynerie = Neighbourhood.objects.create(commune_id="31555", name="Reynerie")
    grace = Neighbourhood.objects.create(commune=caen, name="Grâce de Dieu")
    alpha.neighbourhoods.add(reynerie)
    response = save(client, alpha, communes="14118", neighbourhoods=[reynerie.pk, grace.pk])
    assert errors(response)["neighbourhoods"] == ["Pas dans les communes choisies : Reynerie."]
    response = save(client, alpha, communes="14118", neighbourhoods=[grace.pk])
    assert response.status_code == 302
    assert list(alpha.neighbourhoods.all()) == [grace]


@pytest.fixture
def image_of(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path

    def make(territory, title="logo"):
        return make_image(Collection.objects.get(name=territory.slug), title)

    return make


def test_the_logo_is_an_image_of_the_territory(client, alpha, beta, coordinator, image_of):
    own, other = image_of(alpha), image_of(beta, "zibeline")
    response = save(client, alpha, logo=other.pk)
    assert "d’un autre territoire" in errors(response)["logo"][0]
    assert "zibeline" not in response.content.decode()
    assert alpha.logo is None
    assert save(client, alpha, logo=own.pk).status_code == 302
    assert alpha.logo == own


def test_a_colour_that_white_cannot_be_read_on_is_refused_with_the_nearest(
    client, alpha, coordinator
):
    response = save(client, alpha, first_colour="#ffcc00", tagline="Gardée")
    [sentence] = errors(response)["first_colour"]
    assert sentence.startswith("Sur cette couleur, le blanc se lit mal (1,5 pour 4,5 au moins).")
    suggested = sentence[-8:-1]
    shown = response.content.decode()
    assert f'name="take_first_colour" value="{suggested}"' in shown
    assert "Gardée" in shown and "#ffcc00" in shown
    assert "Nous avons foncé" not in shown
    assert alpha.first_colour == "#5A2A86" and alpha.tagline == ""


def test_a_colour_that_night_cannot_be_read_on_is_refused_with_the_nearest(
    client, alpha, coordinator
):
    response = save(client, alpha, second_colour="#00607A")
    assert "le texte sombre se lit mal" in errors(response)["second_colour"][0]
    assert alpha.second_colour == "#F07A5C"


def test_one_press_takes_the_colour_suggested_and_loses_nothing(client, alpha, coordinator):
    values = {**values_of(client, alpha), "tagline": "Gardée", "first_colour": "#ffcc00"}
    refused = client.post(edit_address(alpha), values, headers=PORTAL)
    suggested = refused.context["form"].fields["first_colour"].widget.suggestion
    pressed = {**values, "take_first_colour": suggested}
    response = client.post(edit_address(alpha), pressed, headers=PORTAL)
    form = response.context["form"]
    assert response.status_code == 200 and not form.errors
    assert form["first_colour"].value() == suggested and form["tagline"].value() == "Gardée"
    alpha.refresh_from_db()
    assert alpha.first_colour == "#5A2A86"
    assert save(client, alpha, tagline="Gardée", first_colour=suggested).status_code == 302
    assert alpha.first_colour == suggested


def test_a_colour_older_than_the_rule_stays_until_it_is_changed(client, alpha, coordinator):
    Territory.objects.filter(pk=alpha.pk).update(first_colour="#FFCC00")
    assert save(client, alpha, tagline="Ouvert").status_code == 302
    assert alpha.first_colour == "#FFCC00"
    assert "first_colour" in errors(save(client, alpha, first_colour="#ffcc01"))


@pytest.mark.parametrize("colour", ["", "rouge", "#fff", "#12345g", "url(x)"])
def test_what_is_no_colour_is_refused_in_words(client, alpha, coordinator, colour):
    assert errors(save(client, alpha, first_colour=colour))["first_colour"]


def test_what_was_obtained_is_shown_beside_what_was_asked(client, alpha, coordinator):
    Territory.objects.filter(pk=alpha.pk).update(first_colour="#8a3ffc")
    shown = client.get(edit_address(alpha), headers=PORTAL).content.decode()
    assert "Nous avons foncé votre violet pour que tout le monde puisse lire." in shown


def test_the_drawings_keep_their_order_when_they_are_the_same(client, alpha, coordinator):
    Territory.objects.filter(pk=alpha.pk).update(facade_signature="violet, brick")
    assert save(client, alpha, tagline="Ouvert").status_code == 302
    assert alpha.facade_signature == "violet, brick"
    assert save(client, alpha, facade_signature=["brick", "sail"]).status_code == 302
    assert alpha.facade_signature == "brick,sail"
    assert "facade_signature" in errors(save(client, alpha, facade_signature=["lune"]))


def plugins_of(client, territory) -> set:
    return set(values_of(client, territory)["plugins"])


def test_a_plugin_is_closed_and_opened_by_its_box(client, alpha, coordinator):
    here = {"host": host_of(alpha)}
    open_before = plugins_of(client, alpha)
    assert client.get("/lettres/", headers=here).status_code == 200
    response = save(client, alpha, plugins=list(open_before - {"newsletter"}))
    assert response.status_code == 302
    assert "newsletter" not in alpha.enabled_plugins
    assert client.get("/lettres/", headers=here).status_code == 404
    assert save(client, alpha, plugins=list(open_before)).status_code == 302
    assert client.get("/lettres/", headers=here).status_code == 200


def test_what_stands_on_a_closed_plugin_is_hidden_and_comes_back(client, alpha, coordinator):
    open_before = plugins_of(client, alpha)
    save(client, alpha, plugins=list(open_before - {"agenda"}))
    assert not {"agenda", "labelling"} & alpha.enabled_plugins
    assert "labelling" in plugins_of(client, alpha)
    save(client, alpha, plugins=list(open_before))
    assert {"agenda", "labelling"} <= alpha.enabled_plugins


def test_a_page_at_the_address_of_a_plugin_is_named_and_nothing_is_saved(
    client, alpha, coordinator
):
    open_before = plugins_of(client, alpha)
    save(client, alpha, plugins=list(open_before - {"newsletter"}))
    NewsletterIndexPage.objects.in_territory(alpha).delete()
    make_content_page(alpha, title="Lettres d’habitants", slug="lettres")
    response = save(client, alpha, plugins=list(open_before), tagline="Ouvert à tous")
    (sentence,) = errors(response)["plugins"]
    assert "« Lettres d’habitants »" in sentence and "/lettres/" in sentence
    assert "newsletter" not in alpha.enabled_plugins
    assert alpha.tagline != "Ouvert à tous"


def test_what_a_plugin_needs_opens_with_it_and_is_said(client, alpha, coordinator):
    open_before = plugins_of(client, alpha)
    save(client, alpha, plugins=list(open_before - {"agenda", "labelling"}))
    values = values_of(client, alpha)
    values["plugins"] = [*values["plugins"], "labelling"]
    response = client.post(edit_address(alpha), values, headers=PORTAL, follow=True)
    alpha.forget_switches()
    assert {"agenda", "labelling"} <= alpha.enabled_plugins
    assert "Ouvert aussi, par nécessité : Agenda." in response.content.decode()


def test_opening_one_while_closing_what_it_needs_is_refused(client, alpha, coordinator):
    open_before = plugins_of(client, alpha)
    save(client, alpha, plugins=list(open_before - {"labelling"}))
    response = save(client, alpha, plugins=list(open_before - {"agenda"}), tagline="Gardée")
    assert errors(response)["plugins"] == [
        "« Label » a besoin de « Agenda », que vous fermez. Ouvrez les deux, ou aucun."
    ]
    assert "agenda" in alpha.enabled_plugins and "Gardée" in response.content.decode()


def test_each_plugin_says_what_it_brings_needs_and_hides(client, alpha, coordinator):
    shown = client.get(edit_address(alpha), headers=PORTAL).content.decode()
    assert "Les rendez-vous du territoire" in shown
    assert shown.count("<b>Agenda</b>") == 1 and "Agenda <b>" not in shown
    assert "A besoin de : Guide et carte." in shown
    assert "Le fermer cache aussi : Agenda, Actions et partenaires, Label, Actual" in shown
    assert "Fermer ne supprime rien" in shown


def test_nothing_typed_is_lost_when_one_field_is_wrong(client, alpha, coordinator):
    response = save(client, alpha, contact_email="pas une adresse", tagline="Gardée", name="Autre")
    assert list(errors(response)) == ["contact_email"]
    shown = response.content.decode()
    assert "pas une adresse" in shown and "Gardée" in shown
    assert "Rien n’est enregistré" in shown
    assert alpha.name == "Alpha"


def test_the_journal_says_who_changed_what(client, alpha, coordinator):
    plugins = plugins_of(client, alpha) - {"newsletter"}
    save(client, alpha, tagline="Ouvert", first_colour="#00607A", plugins=list(plugins))
    [entry] = ModelLogEntry.objects.filter(action="territories.settings")
    assert entry.user == coordinator
    assert entry.message == "Réglages changés : Phrase d’accueil, Première couleur"
    [closed] = ModelLogEntry.objects.filter(action="plugins.close")
    assert closed.user == coordinator and closed.message == "Module fermé : Lettre d’information"
    save(client, alpha)
    assert ModelLogEntry.objects.filter(action="territories.settings").count() == 1


def test_all_is_saved_or_nothing_is(client, alpha, coordinator, monkeypatch):
    def fail(**kwargs):
        raise RuntimeError

    monkeypatch.setattr("territories.identity.saving.switch_off", fail)
    with pytest.raises(RuntimeError):
        save(client, alpha, tagline="À moitié", plugins=[])
    alpha.refresh_from_db()
    assert alpha.tagline == ""


def test_more_territories_cost_no_more_queries(client, alpha):
    client.force_login(make_member(None, "team", username="team"))
    addresses = [reverse("territory:index"), edit_address(alpha)]

    def counts() -> list[int]:
        found = []
        for address in addresses:
            client.get(address, headers=PORTAL)
            with CaptureQueriesContext(connection) as queries:
                client.get(address, headers=PORTAL)
            found.append(len(queries))
        return found

    make_territory("beta")
    make_territory("gamma")
    few = counts()
    for number in range(5):
        make_territory(f"autre-{number}")
    assert counts() == few
