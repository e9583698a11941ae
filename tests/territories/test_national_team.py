"""The national team looks after what is shared and the portal; it is not superuser."""

import re

import pytest
from agenda_factories import make_event
from django.contrib.auth.models import User
from django.urls import NoReverseMatch, reverse
from factories import home_of, make_content_page, make_member, make_territory
from identity_form import values_of
from wagtail.images import get_image_model
from wagtail.models import Collection, PageViewRestriction
from wagtail.permissions import policy_registry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from labelling.models import CriteriaGrid
from territories.models import Term
from territories.tenancy.policies import choosable_pages
from territories.tenancy.roles import is_national, role_group, territories_where

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def alpha(db):
    return make_territory("alpha")


@pytest.fixture
def team(client, alpha):
    user = make_member(None, "team", username="team")
    client.force_login(user)
    return user


@pytest.fixture
def get(client):
    def fetch(name, *arguments) -> int:
        return client.get(reverse(name, args=arguments), headers=HOST).status_code

    return fetch


def test_the_team_changes_the_words_of_the_vocabulary_and_makes_no_term(client, team, get):
    term = Term.objects.filter(kind="public").first()
    edit = reverse("wagtailsnippets_territories_term:edit", args=[term.pk])
    form = client.get(edit, headers=HOST).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    response = client.post(edit, {**values, "resident_label": "Tout le monde"}, headers=HOST)
    assert response.status_code == 302
    term.refresh_from_db()
    assert term.resident_label == "Tout le monde"
    assert get("wagtailsnippets_territories_term:list") == 200
    assert get("wagtailsnippets_territories_term:add") == 302
    assert get("wagtailsnippets_territories_term:delete", term.pk) == 302


def test_the_team_writes_the_grids_of_the_label(client, team, get):
    grid = CriteriaGrid.objects.current()
    views = "wagtailsnippets_labelling_criteriagrid"
    draft = CriteriaGrid.objects.create(name="Brouillon", version="brouillon")
    for view, arguments in (("list", []), ("add", []), ("edit", [grid.pk]), ("delete", [draft.pk])):
        assert get(f"{views}:{view}", *arguments) == 200, view
    response = client.post(
        reverse(f"{views}:add"),
        {
            "name": "Grille d’essai",
            "version": "essai",
            "published_on": "",
            "introduction": "",
            "criteria-TOTAL_FORMS": "0",
            "criteria-INITIAL_FORMS": "0",
            "criteria-MIN_NUM_FORMS": "0",
            "criteria-MAX_NUM_FORMS": "1000",
        },
        headers=HOST,
    )
    assert response.status_code == 302
    assert CriteriaGrid.objects.filter(version="essai").exists()


def test_the_team_changes_the_facts_of_every_territory_and_removes_none(client, team, alpha, get):
    beta = make_territory("beta")
    assert get("territory:index") == 200
    for territory in (alpha, beta):
        assert get("territory:edit", territory.pk) == 200
    for absent in ("add", "delete"):
        with pytest.raises(NoReverseMatch):
            reverse(f"territory:{absent}", args=[beta.pk])
    edit = reverse("territory:edit", args=[beta.pk])
    response = client.post(edit, {**values_of(client, beta), "tagline": "Bienvenue"}, headers=HOST)
    assert response.status_code == 302, response.context["form"].errors
    beta.refresh_from_db()
    assert beta.tagline == "Bienvenue"


def test_the_team_writes_and_publishes_on_the_portal_in_every_language(team, get):
    home = home_of(None)
    for page in (home, *home.get_translations()):
        assert get("wagtailadmin_pages:edit", page.pk) == 200
        permissions = page.permissions_for_user(team)
        assert permissions.can_publish() and permissions.can_add_subpage()


def test_the_team_keeps_out_of_the_territories_pages_and_media(team, alpha, get):
    for page in (home_of(alpha), make_content_page(alpha), make_event(alpha, "Le forum")):
        assert get("wagtailadmin_pages:edit", page.pk) == 302
        permissions = page.permissions_for_user(team)
        assert not permissions.can_edit() and not permissions.can_publish()
    policy = policy_registry.get_by_type(get_image_model())
    collections = policy.collections_user_has_permission_for(team, "add")
    assert list(collections) == [Collection.objects.get(name="national")]


def test_the_portal_leads_to_what_territories_published_and_to_nothing_else(client, team, alpha):
    shown = {
        "Public": make_content_page(alpha, "Public"),
        "Brouillon": make_content_page(alpha, "Brouillon", published=False),
        "Prive": make_content_page(alpha, "Prive"),
    }
    PageViewRestriction.objects.create(page=shown["Prive"], restriction_type="login")
    chooser = reverse("wagtailadmin_choose_page_child", args=[home_of(alpha).pk])
    offered = client.get(chooser, headers=HOST).json()["html"]
    portals = make_content_page(None, "Du portail", published=False)
    add = reverse("wagtailadmin_pages:edit", args=[portals.pk])
    for title, page in shown.items():
        is_public = title == "Public"
        assert (f">{title}<" in re.sub(r"\s*([<>])\s*", r"\1", offered)) == is_public
        block = ("page_list", {"title": "", "pages": streamfield([("item", page.pk)])})
        form = nested_form_data(
            {
                "title": "Du portail",
                "slug": portals.slug,
                "introduction": "",
                "body": streamfield([block]),
                "comments": inline_formset([]),
            }
        )
        answer = client.post(add, form, headers=HOST)
        assert (answer.status_code == 302) == is_public, title
    assert set(choosable_pages(make_member(alpha)).values_list("title", flat=True)) >= set(shown)


def test_the_team_reads_the_journal_of_all_and_no_report_of_drafts(team, get):
    assert get("territories_journal") == 200
    for report in ("page_types_usage", "site_history"):
        assert get(f"wagtailadmin_reports:{report}") == 302


def test_what_a_role_of_the_team_gives_it_gives_in_every_territory(team, alpha):
    beta = make_territory("beta")
    everywhere = territories_where(team, "territories.change_territory")
    assert is_national(team) and set(everywhere) == {alpha, beta}
    assert not territories_where(team, "labelling.add_label").exists()
    coordinator = make_member(beta)
    assert not is_national(coordinator)
    assert set(territories_where(coordinator, "territories.view_journalentry")) == {beta}


def test_the_team_touches_neither_people_nor_settings(client, team, get):
    assert not team.is_superuser and not team.is_staff
    refused = [
        "wagtailusers_users:index",
        "wagtailusers_users:add",
        "wagtailusers_groups:index",
        "wagtailusers_groups:add",
        "wagtailsites:index",
        "wagtaillocales:index",
        "wagtailadmin_collections:index",
        "wagtailadmin_workflows:index",
    ]
    for name in refused:
        try:
            reverse(name)
        except NoReverseMatch:
            continue  # this installation has no such view
        assert get(name) in {302, 403, 404}, name
    edit = reverse("wagtailusers_users:edit", args=[team.pk])
    client.post(edit, {"username": "team", "is_superuser": "on"}, headers=HOST)
    assert not User.objects.get(pk=team.pk).is_superuser
    given = {
        f"{app}.{name}"
        for app, name in team.groups.get().permissions.values_list(
            "content_type__app_label", "codename"
        )
    }
    assert {name.partition(".")[0] for name in given} <= {
        "wagtailadmin",
        "wagtail_localize",
        "territories",
        "labelling",
        "portal_search",
    }
    of_the_search = {name for name in given if name.startswith("portal_search.")}
    kept = {"synonym", "promotion", "unmetsearch"}
    assert {name.rpartition("_")[2] for name in of_the_search} == kept


def test_a_coordinator_has_nothing_of_the_teams(client, alpha, get):
    client.force_login(make_member(alpha))
    term = Term.objects.first()
    for name, arguments in (
        ("wagtailsnippets_territories_term:edit", [term.pk]),
        ("wagtailsnippets_labelling_criteriagrid:add", []),
        ("territory:edit", [make_territory("beta").pk]),
        ("wagtailadmin_pages:edit", [home_of(None).pk]),
    ):
        assert get(name, *arguments) in {302, 404}, name


def test_one_person_with_roles_in_two_territories_works_in_both_and_in_no_third(client, alpha, get):
    beta, gamma = make_territory("beta"), make_territory("gamma")
    user = make_member(alpha, "coordinator", username="both")
    user.groups.add(role_group(beta, "editor"))
    client.force_login(user)
    pages = {
        territory: make_content_page(territory, f"Page de {territory.name}", published=False)
        for territory in (alpha, beta, gamma)
    }
    assert get("wagtailadmin_pages:edit", pages[alpha].pk) == 200
    assert get("wagtailadmin_pages:edit", pages[beta].pk) == 200
    assert get("wagtailadmin_pages:edit", pages[gamma].pk) == 302
    assert pages[alpha].permissions_for_user(user).can_publish()
    assert not pages[beta].permissions_for_user(user).can_publish()
    for territory, is_seen in ((alpha, True), (beta, True), (gamma, False)):
        for view in ("wagtailadmin_explore", "wagtailadmin_choose_page_child"):
            address = reverse(view, args=[home_of(territory).pk])
            listed = client.get(address, headers=HOST).content.decode()
            assert (f"Page de {territory.name}" in listed) == is_seen, (view, territory)
    policy = policy_registry.get_by_type(get_image_model())
    # Each territory's own, inside which stands that of its private space.
    own = policy.collections_user_has_permission_for(user, "add").filter(depth=2)
    assert set(own.values_list("name", flat=True)) == {"alpha", "beta"}
