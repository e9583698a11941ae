"""Starts processes, watches them, and ends every one of them, whatever ends first."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

SECONDS_TO_END = 6
SECONDS_BETWEEN_LOOKS = 0.2
PR_SET_PDEATHSIG = 1


class ChildEnded(Exception):
    """A process that should have lasted has ended."""

    def __init__(self, name: str, code: int):
        super().__init__(name, code)
        self.name = name
        # A process killed by a signal has a negative code; a shell shows 128 + signal.
        self.code = code if code >= 0 else 128 - code


def stop_on_signals() -> None:
    """SIGTERM and a closed terminal end the demo as Ctrl-C does."""

    def interrupt(signum, frame):
        raise KeyboardInterrupt

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), interrupt)


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux, a child gets SIGTERM even when the supervisor itself is killed outright."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Supervisor:
    environment: Mapping[str, str] = field(default_factory=dict)
    children: dict[str, subprocess.Popen] = field(default_factory=dict)

    def start(self, name: str, command: Sequence[str]) -> subprocess.Popen:
        # A group of its own: Ctrl-C reaches the supervisor alone, which then ends the group,
        # grandchildren included.
        child = subprocess.Popen(  # noqa: S603 - commands are written in the demo command
            command,
            env={**os.environ, **self.environment},
            start_new_session=True,
            preexec_fn=_end_with_parent(),
        )
        self.children[name] = child
        return child

    def check(self) -> None:
        for name, child in self.children.items():
            if (code := child.poll()) is not None:
                raise ChildEnded(name, code)

    def finish(self, name: str) -> None:
        """Wait for a child that is expected to end by itself, and well."""
        code = self.children.pop(name).wait()
        if code:
            raise ChildEnded(name, code)

    def wait(self, until: Callable[[], bool] = lambda: False) -> None:
        """Until the condition holds, or for ever; raises ChildEnded when a child ends."""
        while not until():
            self.check()
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def end(self) -> None:
        """End every group, politely first. A second Ctrl-C must not leave an orphan behind."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < deadline and self._alive():
            time.sleep(0.05)
        self._signal(signal.SIGKILL)
        for child in self.children.values():
            child.wait()

    def _signal(self, number: signal.Signals) -> None:
        for child in self.children.values():
            # A group outlives its leader as long as one of its processes does.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, number)

    def _alive(self) -> bool:
        alive = False
        for child in self.children.values():
            child.poll()
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, 0)
                alive = True
        return alive
