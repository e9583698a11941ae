"""`sync_roles` brings the groups in line with the tables: it adds, takes back, and says so."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import home_of, make_portal, make_territory
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Site,
)

from territories.tenancy.rights import TABLES, plan_rights, put_right
from territories.tenancy.roles import NATIONAL, role_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def sync(capsys):
    def run(*arguments) -> str:
        call_command("sync_roles", *arguments)
        return capsys.readouterr().out

    return run


def everything() -> dict:
    """All groups and all their rights, as they stand."""
    found = {"groups": set(Group.objects.values_list("name", flat=True))}
    for kind, (model, target) in TABLES.items():
        fields = ["group__name", "permission", *([target] if target else [])]
        found[kind] = set(model.objects.values_list(*fields))
    return found


def disturb(territory) -> None:
    """Give a group something of each kind that no table gives it, and take something back."""
    group = role_group(territory, "editor")
    group.permissions.add(Permission.objects.get(codename="change_user"))
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=home_of(None), permission=publish)
    GroupCollectionPermission.objects.create(
        group=group,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="add_image"),
    )
    GroupSitePermission.objects.create(
        group=group,
        site=Site.objects.get(is_default_site=True),
        permission=Permission.objects.get(codename="change_site"),
    )
    coordinators = role_group(territory, "coordinator")
    coordinators.page_permissions.all().delete()
    coordinators.collection_permissions.all().delete()
    coordinators.permissions.clear()


def test_what_was_added_goes_and_what_was_taken_comes_back():
    alpha = make_territory("alpha")
    right = everything()
    disturb(alpha)
    assert everything() != right
    call_command("sync_roles")
    assert everything() == right


def test_the_second_run_changes_nothing_and_says_so(sync):
    alpha = make_territory("alpha")
    disturb(alpha)
    first = sync()
    assert "Équipe nationale : rien à changer." in first
    assert "Alpha : fait." in first
    assert (
        "alpha: editor → 1 droit retiré sur des modèles, 1 droit retiré sur des pages, "
        "1 droit retiré sur des images et documents, 1 droit retiré sur des réglages" in first
    )
    assert "droits ajoutés sur des pages" in first
    assert sync() == "Équipe nationale : rien à changer.\nAlpha : rien à changer.\n"


def test_a_dry_run_says_the_same_and_changes_nothing(sync):
    disturb(make_territory("alpha"))
    before = everything()
    planned = sync("--dry-run")
    assert "Alpha : à faire." in planned
    assert everything() == before
    assert sync() == planned.replace("à faire", "fait")


def test_only_the_territories_named_are_put_right(sync):
    alpha, beta = make_territory("alpha"), make_territory("beta")
    disturb(alpha)
    disturb(beta)
    said = sync("beta")
    assert "Beta : fait." in said and "Alpha" not in said and "nationale" not in said
    assert plan_rights(alpha) and not plan_rights(beta)
    assert sync(NATIONAL) == "Équipe nationale : rien à changer.\n"
    with pytest.raises(CommandError, match=r"« gamma » est inconnu. Territoires : national, alpha"):
        sync("gamma")


def test_a_lost_group_and_a_lost_collection_are_made_again(sync):
    alpha = make_territory("alpha")
    role_group(alpha, "editor").delete()
    Collection.objects.get(name="alpha").delete()
    said = sync("alpha")
    assert "dossier d’images et de documents : créé" in said
    assert "alpha: editor → groupe créé" in said
    collection = Collection.objects.get(name="alpha")
    assert role_group(alpha, "editor").collection_permissions.filter(collection=collection).exists()


def test_the_group_of_a_role_that_is_no_more_keeps_its_members_and_may_do_nothing():
    alpha = make_territory("alpha")
    old = Group.objects.create(name="alpha: herald")
    old.permissions.add(Permission.objects.get(codename="access_admin"))
    old.user_set.add(User.objects.create_user("someone"))
    put_right(alpha)
    assert not old.permissions.exists() and old.user_set.count() == 1


def test_groups_of_nobodys_are_left_alone():
    alpha = make_territory("alpha")
    group = Group.objects.create(name="alphabet")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    put_right(alpha)
    put_right(None)
    assert group.permissions.exists()


def test_a_territory_costs_the_same_number_of_queries_however_wrong_it_is(sync):
    alpha = make_territory("alpha")
    sync()

    def cost(*arguments):
        with CaptureQueriesContext(connection) as captured:
            sync(*arguments)
        return len(captured)

    one = cost()
    make_territory("beta")
    two = cost()
    for slug in ("gamma", "delta", "epsilon"):
        make_territory(slug)
    assert cost() - two == 3 * (two - one)
    assert two - one <= 20
    for code in ("coordinator", "editor"):
        role_group(alpha, code).page_permissions.all().delete()
    some = cost("alpha")
    Group.objects.filter(name__startswith="alpha: ").delete()
    assert cost("alpha") <= some + 4


def test_the_national_teams_name_is_no_territorys():
    make_portal()
    with pytest.raises(CommandError, match="« national » est le nom de l’équipe nationale"):
        call_command(
            "create_territory",
            NATIONAL,
            "--name=N",
            "--hostname=n.localhost",
            "--commune=31555",
            verbosity=0,
        )
