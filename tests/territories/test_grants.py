"""What a role may do with a plugin's models follows the switches of its territory."""

import pytest
from django.contrib.auth.models import Permission
from factories import make_territory

from territories.models import Territory
from territories.plugins.switching import switch_off, switch_on
from territories.tenancy.roles import role_group

pytestmark = pytest.mark.django_db


def may(territory, codename="view_pin"):
    group = role_group(territory, "coordinator")
    return group.permissions.filter(codename=codename).exists()


def test_grants_reach_the_roles_group():
    territory = make_territory("alpha")
    group = role_group(territory, "coordinator")
    assert group.permissions.filter(codename="view_pin").exists()
    assert not role_group(territory, "editor").permissions.filter(codename="view_pin").exists()


def test_a_territory_that_never_opened_the_plugin_grants_nothing():
    assert not may(make_territory("alpha", plugins=["agenda"]))
    assert may(make_territory("beta", plugins=["sample_plugin"]))


def test_grants_come_when_the_plugin_opens_go_when_it_closes_and_come_back():
    territory = make_territory("alpha", plugins=["agenda"])
    switch_on(territory=territory, plugin="sample_plugin")
    assert may(territory)
    switch_off(territory=territory, plugin="sample_plugin")
    assert not may(territory)
    assert may(territory, "access_admin")
    switch_on(territory=territory, plugin="sample_plugin")
    assert may(territory)


def test_the_groups_of_other_territories_are_left_as_they_are():
    alpha, beta = make_territory("alpha"), make_territory("beta", plugins=["agenda"])
    switch_off(territory=alpha, plugin="sample_plugin")
    assert not may(beta)
    switch_on(territory=beta, plugin="sample_plugin")
    assert (may(alpha), may(beta)) == (False, True)
    switch_on(territory=alpha, plugin="sample_plugin")
    switch_off(territory=beta, plugin="sample_plugin")
    assert (may(alpha), may(beta)) == (True, False)


def test_a_plugin_hidden_with_what_it_requires_grants_nothing_meanwhile():
    territory = make_territory("alpha", plugins=["labelling"])
    assert may(territory, "view_criterion")
    switch_off(territory=territory, plugin="resources_directory")
    assert not may(territory, "view_criterion")
    switch_on(territory=territory, plugin="resources_directory")
    switch_on(territory=territory, plugin="agenda")
    assert may(territory, "view_criterion")


def test_making_the_territory_again_puts_grants_right():
    make_territory("alpha")
    territory = make_territory("alpha", plugins=["agenda"])
    assert may(territory), "what was open stays open"
    switch_off(territory=territory, plugin="sample_plugin")
    group = role_group(territory, "coordinator")
    group.permissions.add(Permission.objects.get(codename="view_pin"))
    make_territory("alpha", plugins=["agenda"])
    assert not may(territory)


def test_a_switch_changed_elsewhere_meanwhile_is_seen():
    territory = make_territory("alpha")
    assert "sample_plugin" in territory.enabled_plugins
    switch_off(territory=Territory.objects.get(), plugin="sample_plugin")
    switch_on(territory=territory, plugin="agenda")
    assert not may(territory)


def pages_of(territory, role, action):
    rows = role_group(territory, role).page_permissions.filter(permission__codename=action)
    return set(rows.values_list("page__slug", "page__locale__language_code"))


def test_a_plugins_role_may_do_what_it_says_under_its_index_page_in_every_language():
    territory = make_territory("alpha")
    everywhere = {("annonces", language) for language in ("fr", "en", "ar")}
    assert pages_of(territory, "crier", "add_page") == everywhere
    assert pages_of(territory, "crier", "change_page") == everywhere
    assert pages_of(territory, "crier", "publish_page") == set()


def test_a_plugins_role_may_do_nothing_while_the_plugin_is_closed():
    territory = make_territory("alpha")
    group = role_group(territory, "crier")
    switch_off(territory=territory, plugin="sample_plugin")
    assert not group.permissions.exists() and not group.page_permissions.exists()
    assert not group.collection_permissions.exists()
    switch_on(territory=territory, plugin="sample_plugin")
    assert group.permissions.exists() and group.page_permissions.exists()
    assert group.collection_permissions.exists()
