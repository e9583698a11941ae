"""Long work says how far it is: a bar on a terminal, a line for each step elsewhere."""

from __future__ import annotations

WIDTH = 24


class Progress:
    def __init__(self, stream) -> None:
        self.stream = stream
        self.is_terminal = bool(getattr(stream, "isatty", lambda: False)())
        self.step = ""

    def show(self, name: str, done: int, total: int) -> None:
        if not self.is_terminal:
            if done >= total:
                self.stream.write(f"  {name} : {done}")
            return
        if self.step and self.step != name:
            self.stream.write("")
        self.step = name
        filled = WIDTH * min(done, total) // max(total, 1)
        bar = "█" * filled + "·" * (WIDTH - filled)
        self.stream.write(f"\r  {bar} {name} : {done} / {total}", ending="")

    def end(self) -> None:
        if self.is_terminal and self.step:
            self.stream.write("")
