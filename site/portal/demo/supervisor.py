"""Starts processes, watches them, and ends every one of them, whatever ends first.

Processes are forked from this one, which has imported the whole site already: a start costs one
import instead of three.
"""

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

from django.db import connections

SECONDS_TO_END = 6
SECONDS_BETWEEN_LOOKS = 0.1
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1


class ChildEnded(Exception):
    """A process that should have lasted has ended, or one that should end well has failed."""

    def __init__(self, name: str, code: int):
        super().__init__(name, code)
        self.name = name
        # A process killed by a signal has a negative code; a shell shows 128 + signal.
        self.code = code if code >= 0 else 128 - code


def stop_on_signals() -> None:
    """SIGTERM and a closed terminal end the demo as Ctrl-C does."""

    def interrupt(number, frame):
        raise KeyboardInterrupt

    for number in SIGNALS:
        signal.signal(number, interrupt)


def _become_child(task: Callable[[], object]) -> None:
    # A group of its own: Ctrl-C reaches the supervisor alone, which then ends the whole group,
    # grandchildren included.
    os.setsid()
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        # Even when the supervisor is killed outright, nothing stays behind.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    task()


@dataclass
class Supervisor:
    children: dict[str, BaseProcess] = field(default_factory=dict)

    def start(self, name: str, task: Callable[[], object]) -> BaseProcess:
        # A connection shared by two processes corrupts an SQLite database.
        connections.close_all()
        fork = multiprocessing.get_context("fork")
        child = fork.Process(target=_become_child, args=(task,), name=name)
        child.start()
        self.children[name] = child
        return child

    def check(self) -> None:
        for name, child in self.children.items():
            if child.exitcode is not None:
                raise ChildEnded(name, child.exitcode)

    def finish(self, name: str) -> None:
        """Wait for a child that is expected to end by itself, and well."""
        child = self.children[name]
        child.join()
        if child.exitcode:
            raise ChildEnded(name, child.exitcode)
        del self.children[name]

    def wait(self, until: Callable[[], bool] = lambda: False) -> None:
        """Until the condition holds, or for ever; raises ChildEnded when a child ends."""
        while not until():
            self.check()
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def end(self) -> None:
        """End every group, politely first. A second Ctrl-C must not leave an orphan behind."""
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < deadline and self._alive():
            time.sleep(0.05)
        self._signal(signal.SIGKILL)
        for child in self.children.values():
            child.join()

    def _signal(self, number: signal.Signals) -> None:
        for child in self.children.values():
            # A group outlives its leader as long as one of its processes does. Before the child
            # has made its group, the group does not exist: then the child alone is meant.
            try:
                os.killpg(child.pid, number)
            except ProcessLookupError:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, number)

    def _alive(self) -> bool:
        alive = False
        for child in self.children.values():
            alive = alive or child.exitcode is None
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, 0)
                alive = True
        return alive
