"""Who speaks for an actor."""

import pytest
from directory_factories import make_actor, map_of
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from factories import make_page, make_territory
from wagtail.models import GroupPagePermission, Locale

from resources_directory.members import add_partner, remove_partner
from resources_directory.models import ActorMember, ActorPage
from territories.plugins.switching import switch_off, switch_on
from territories.tenancy.roles import role_group, territories_where

pytestmark = pytest.mark.django_db


def where(person):
    """Where somebody may offer changes; read anew, as each request does."""
    found = territories_where(User.objects.get(pk=person.pk), "territories.add_proposal")
    return sorted(found.values_list("slug", flat=True))


@pytest.fixture
def alpha():
    return make_territory("alpha")


@pytest.fixture
def person():
    return User.objects.create_user("alix")


def test_a_partner_is_a_row_and_a_role_and_twice_changes_nothing(alpha, person):
    actor = make_actor(alpha)
    for _again in range(2):
        add_partner(actor=actor, user=person)
    assert ActorMember.objects.get().actor == actor
    assert where(person) == ["alpha"]
    assert role_group(alpha, "partner") in person.groups.all()


def test_a_partner_enters_the_admin_and_may_do_nothing_with_pages(alpha, person):
    add_partner(actor=make_actor(alpha), user=person)
    assert person.has_perm("wagtailadmin.access_admin")
    group = role_group(alpha, "partner")
    assert not GroupPagePermission.objects.filter(group=group).exists()
    assert not group.collection_permissions.exists()


def test_the_translation_of_an_actor_stands_for_its_record(alpha, person):
    actor = make_actor(alpha)
    english = actor.copy_for_translation(Locale.objects.get(language_code="en"))
    add_partner(actor=english, user=person)
    assert ActorMember.objects.get().actor == actor


def test_one_person_speaks_for_several_actors_and_keeps_the_role_until_the_last(alpha, person):
    first, second = make_actor(alpha, "Une"), make_actor(alpha, "Deux")
    elsewhere = make_actor(make_territory("beta"), "Trois")
    for actor in (first, second, elsewhere):
        add_partner(actor=actor, user=person)
    remove_partner(actor=first, user=person)
    assert where(person) == ["alpha", "beta"]
    remove_partner(actor=second, user=person)
    assert where(person) == ["beta"]


def test_an_actor_of_the_portal_has_no_partners(alpha, person):
    actor = make_page(map_of(None), ActorPage(title="Un réseau national"))
    with pytest.raises(ValidationError, match="Seul un acteur d’un territoire"):
        add_partner(actor=actor, user=person)


def test_the_role_does_nothing_while_the_plugin_is_closed(alpha, person):
    add_partner(actor=make_actor(alpha), user=person)
    switch_off(territory=alpha, plugin="resources_directory")
    assert where(person) == []
    switch_on(territory=alpha, plugin="resources_directory")
    assert where(person) == ["alpha"]


@pytest.mark.parametrize(
    "leave",
    [
        lambda person, group: person.groups.remove(group),
        lambda person, group: person.groups.clear(),
        lambda person, group: person.groups.set([]),
        lambda person, group: group.user_set.remove(person),
        lambda person, group: group.user_set.clear(),
    ],
)
def test_whoever_loses_the_role_speaks_for_nobody_and_does_not_find_it_again(alpha, person, leave):
    actor, other = make_actor(alpha), User.objects.create_user("sacha")
    elsewhere = make_actor(make_territory("beta", plugins=["agenda"]))
    add_partner(actor=actor, user=person)
    group = role_group(alpha, "partner")
    leave(person, group)
    person.groups.add(group)
    assert not ActorMember.objects.exists()
    # Others, other roles and other territories stay.
    for one in (actor, elsewhere):
        add_partner(actor=one, user=other)
    leave(person, group)
    person.groups.add(role_group(alpha, "editor"))
    person.groups.remove(role_group(alpha, "editor"))
    left = (
        {elsewhere.pk}
        if not group.user_set.filter(pk=other.pk).exists()
        else {actor.pk, elsewhere.pk}
    )
    assert set(ActorMember.objects.values_list("actor", flat=True)) == left
