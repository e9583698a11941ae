"""Somebody with a telephone in one hand, who knows no address: taps what the screen says.

Counts what it costs: taps, pages, and screens scrolled to reach what is tapped.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

WIDTH, HEIGHT = 375, 740
# The thumb of the hand that holds the telephone reaches the lower third without stretching.
REACH = HEIGHT * 2 / 3


@dataclass
class Resident:
    page: Page
    taps: int = 0
    screens: int = 0

    def opens(self, address: str) -> None:
        self.page.goto(address)

    def sees(self, words: str, *, level: int | None = None) -> None:
        expect(self.page.get_by_role("heading", name=words, level=level).first).to_be_visible()

    def tap(self, target: Locator) -> None:
        self.reach(target)
        target.tap()
        self.taps += 1

    def write(self, field: Locator, words: str) -> None:
        self.tap(field)
        field.fill(words)

    def tap_in_the_bar(self, name: str) -> None:
        """The bar is always there: nothing to scroll."""
        self.bar.get_by_role("link", name=name).tap()
        self.taps += 1

    def reach(self, target: Locator) -> None:
        """Scroll down, a screen at a time, until the whole of the target is above the thumb bar."""
        expect(target).to_be_visible()
        below = self.bottom_of(target) - self.foot()
        if below > 0:
            screens = math.ceil(below / self.foot())
            self.screens += screens
            self.page.mouse.move(WIDTH / 2, HEIGHT / 3)
            self.page.mouse.wheel(0, below)
            expect(target).to_be_in_viewport(ratio=1)

    def bottom_of(self, target: Locator) -> float:
        box = target.bounding_box()
        return box["y"] + box["height"]

    def foot(self) -> float:
        """Where the screen ends: the thumb bar hides what is under it."""
        return self.bar.bounding_box()["y"]

    @property
    def bar(self) -> Locator:
        """The thumb bar, whatever the language it is named in."""
        return self.page.locator("nav.thumb")

    def in_the_main(self, name: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=name).first
