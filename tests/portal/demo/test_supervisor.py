"""`make demo` ends everything it started, whatever ends first."""

import os
import signal
import socket
import time

import pytest
from django.core.management.base import CommandError

from portal.demo.accounts import ACCOUNTS
from portal.demo.management.commands.demo import Command
from portal.demo.supervisor import ChildEnded, Supervisor
from territories.plugins.registry import contributions


@pytest.fixture
def supervisor(monkeypatch):
    # The test database lives in this process' memory: closing its connection would lose it.
    monkeypatch.setattr("portal.demo.supervisor.connections.close_all", lambda: None)
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    supervisor = Supervisor()
    yield supervisor
    supervisor.end()
    for number, handler in kept.items():
        signal.signal(number, handler)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_grandchildren_end_with_their_group(supervisor, tmp_path):
    written = tmp_path / "grandchild"

    def parent():
        if (pid := os.fork()) > 0:
            written.write_text(str(pid))
        time.sleep(60)

    supervisor.start("parent", parent)
    supervisor.wait(until=lambda: written.exists() and written.read_text())
    grandchild = int(written.read_text())
    assert is_alive(grandchild)
    supervisor.end()
    deadline = time.monotonic() + 5
    while is_alive(grandchild) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(grandchild)


def test_a_child_that_dies_is_named_with_its_code(supervisor):
    supervisor.start("serveur", lambda: time.sleep(60))
    supervisor.start("tâches de fond", lambda: os._exit(3))
    with pytest.raises(ChildEnded) as ended:
        supervisor.wait()
    assert (ended.value.name, ended.value.code) == ("tâches de fond", 3)


def test_a_child_killed_by_a_signal_gives_the_code_that_a_shell_shows(supervisor):
    supervisor.start("serveur", lambda: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(ChildEnded) as ended:
        supervisor.wait()
    assert ended.value.code == 128 + signal.SIGKILL


def test_a_child_that_should_end_well_may_end(supervisor):
    supervisor.start("collectstatic", lambda: None)
    supervisor.finish("collectstatic")
    assert supervisor.children == {}


def test_a_taken_port_is_said_in_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Le port {port} est déjà pris"):
            Command().refuse_taken_port(port)


def test_every_demo_territory_has_a_coordinator_and_an_editor():
    roles = [account.role for account in ACCOUNTS]
    assert roles.count("coordination") == roles.count("rédaction") == 3
    assert len({account.username for account in ACCOUNTS}) == len(ACCOUNTS)


def test_every_demo_account_but_the_superusers_is_in_the_group_of_a_role():
    known = {role.code for _plugin, role in contributions("ROLES")}
    groups = [account.group for account in ACCOUNTS if account.group]
    assert len(groups) == len(ACCOUNTS) - 1
    assert {group.partition(": ")[2] for group in groups} == known - {"crier"}, (
        "crier is the sample's"
    )
