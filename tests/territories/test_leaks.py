"""A contract: nothing that one territory alone has shows to the people of another in the admin.

Addresses come from Django's resolver, so that a new one fails until `tests/leaks/table.py` says
what it may show. Things of Beta's bear a token; Alpha's people ask for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.db import connection
from django.urls import reverse
from factories import make_member, make_territory
from leaks.addresses import patterns
from leaks.beta import TOKEN, fill, keys_of, make_beta
from leaks.state import state_of_the_base
from leaks.table import TABLE, THINGS
from leaks.visits import HARMLESS, HIDDEN, NATIONAL, REFUSED
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from written_once import NO_WRITES

from territories.plugins.registry import contributions

pytestmark = [pytest.mark.django_db, pytest.mark.wagtail_indexes, pytest.mark.slow]
PORTAL = {"host": "localhost"}
NO = {302, 403, 404, 405}
CLASSES = {HIDDEN, REFUSED, NATIONAL, HARMLESS}
ROLES = [role.code for _plugin, role in contributions("ROLES") if not role.national]


def is_shadow(name: str) -> bool:
    """A guard stands at the very address of a view of Wagtail's: its name leads to both."""
    return (
        name.startswith("admin/")
        and name not in TABLE
        and name in {route for other, route in patterns() if other != name}
    )


def test_each_address_of_the_admin_is_classified():
    found = {name for name, _route in patterns() if not is_shadow(name)}
    unknown = sorted(found - set(TABLE))
    assert not unknown, (
        "Say in tests/leaks/table.py what these may show to the people of another territory, "
        f"and guard them in territories/tenancy/ when they show more: {unknown}"
    )
    assert not sorted(set(TABLE) - found), "These addresses are gone: drop them from the table."
    assert {visit.expected for visit in TABLE.values()} == CLASSES


def addresses(things: dict[str, int]) -> Iterator[tuple[str, str, dict]]:
    """Name, address and what to post, for each address called with Beta's things."""
    for name, route in patterns():
        visit = TABLE.get(name)
        if visit is None:
            continue
        if name == "wagtail_bulk_action":
            yield from bulk_actions(name, things)
            continue
        asked = re.findall(r"<(?:\w+:)?(\w+)>", route)
        values = {}
        for argument in asked:
            word = visit.things.get(argument, THINGS.get(argument, argument))
            values[argument] = things.get(word, word)
        path = (
            "/admin/rien/"
            if "^." in name
            else f"/{name}"
            if "/" in name
            else reverse(name, kwargs=values)
        )
        form = {key: value.format(**things) for key, value in visit.form.items()}
        for query in visit.queries:
            yield name, f"{path}?{query.format(**things)}", form


def bulk_actions(name: str, things: dict[str, int]) -> Iterator[tuple[str, str, dict]]:
    bulk_action_registry._scan_for_bulk_actions()
    of_model = {"page": "draft", "image": "image", "document": "document", "user": "member"}
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            thing = things[of_model.get(model, "grid")]
            for action in actions:
                path = reverse(name, args=[app, model, action])
                yield name, f"{path}?id={thing}", {}
                yield name, f"{path}?id=all&childOf={things['agenda']}", {}
                yield name, f"{path}?id=all", {}


def shown(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return unquote(f"{response.headers} {body.decode(errors='replace')}").lower()


class Watch:
    """Whether anything was written to the base: where nothing was, nothing has changed."""

    def __init__(self) -> None:
        self.has_written = False

    def __call__(self, execute, sql, params, many, context):
        self.has_written |= not sql.startswith(NO_WRITES)
        return execute(sql, params, many, context)


@pytest.fixture
def ask(client):
    """Ask as somebody of Alpha's; errors of the server are answers like others."""
    client.raise_request_exception = False

    def log_in(alpha, role):
        client.force_login(make_member(alpha, role))
        session = client.cookies["sessionid"].value

        def ask(method, address, form=None):
            # One of the addresses logs out.
            client.cookies["sessionid"] = session
            return getattr(client, method)(address, form, headers=PORTAL)

        return ask

    return log_in


def tells(name: str, address: str, response) -> list[str]:
    """What is wrong with an answer, in words."""
    said = f"{name} {address} answers {response.status_code}"
    text = shown(response)
    wrong = [
        f"{said} and shows {text[max(0, found.start() - 60) : found.end() + 60]!r}"
        for found in [re.search(f"{TOKEN}|beta: ", text)]
        if found
    ]
    if response.get("Location", "").startswith("/admin/login/"):
        wrong.append(f"{said} that nobody is logged in")
    if response.status_code >= 500 and name != "wagtailadmin_error_test":
        wrong.append(said)
    return wrong


@pytest.mark.parametrize("role", ROLES)
def test_the_people_of_alpha_see_nothing_of_beta_and_change_nothing_there(ask, role):
    alpha = make_territory("alpha")
    fill(alpha, "alpha")
    # Last, since a report shows the latest of each type.
    beta = make_beta()
    ask = ask(alpha, role)
    before = state_of_the_base()
    wrong = []
    for name, address, form in addresses(keys_of(beta)):
        expected = TABLE[name].expected
        # All that one may touch is one's own to change.
        may_change_own = "id=all" in address and "childOf" not in address
        with connection.execute_wrapper(watch := Watch()):
            answers = [ask("get", address)]
            if (expected in {REFUSED, NATIONAL} or "id=" in address) and not may_change_own:
                answers.append(ask("post", address, form))
        if watch.has_written and (after := state_of_the_base()) != before:
            changed = [key for key in before if before[key] != after[key]]
            wrong.append(f"{name} {address} changed {changed}")
            before = after
        for response in answers:
            wrong += tells(name, address, response)
            if expected in {REFUSED, NATIONAL} and response.status_code not in NO:
                wrong.append(f"{name} {address}: {response.status_code}, {expected} was expected")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("role", ["coordinator", "editor"])
def test_nothing_of_beta_shows_beside_the_things_of_alpha(ask, role):
    alpha = make_territory("alpha")
    make_beta()
    own = fill(alpha, "alpha")
    ask = ask(alpha, role)
    wrong = []
    for name, address, _form in addresses(keys_of(own)):
        wrong += tells(name, address, ask("get", address))
    assert not wrong, "\n" + "\n".join(wrong)
