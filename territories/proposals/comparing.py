"""A proposal beside the page as it is now: what would change, and where it meets other changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.compare import TextDiff, diff_text
from wagtail.models import Page

from .models import Proposal
from .sheets import kind_of
from .values import Values, Words, label_of, values_of

# Longer texts are compared word by word; a short value is read whole.
SHORT = 40


@dataclass(frozen=True)
class Other:
    """What another waiting proposal wants of the same field."""

    proposal: Proposal
    words: str


@dataclass(frozen=True)
class Comparison:
    """One field. `live` and `draft`: its words now; `draft` is the page's last revision.

    `is_conflict`: taking it over would undo what somebody else did, or wants to do.
    """

    name: str
    label: str
    before: str
    live: str
    draft: str
    after: str
    is_changed: bool
    is_done: bool
    is_conflict: bool
    others: Sequence[Other]

    @property
    def difference(self) -> SafeString:
        """From the words now to the words offered, with what goes and what comes."""
        if max(len(self.draft), len(self.after)) <= SHORT and "\n" not in self.draft + self.after:
            parts = [("deletion", self.draft), ("addition", self.after)]
            difference = TextDiff([part for part in parts if part[1]], " ").to_html()
        else:
            difference = diff_text(self.draft, self.after).to_html()
        return mark_safe(difference.replace("\n", "<br>"))


class Review:
    """A proposal and its page, read once. `page` is the specific page, locked where it matters."""

    def __init__(self, proposal: Proposal, page: Page) -> None:
        self.proposal = proposal
        self.page = page
        kind = kind_of(page)
        offered = kind.proposable.fields if kind else ()
        self.names = [name for name in offered if name in proposal.changes]

    @cached_property
    def draft_page(self) -> Page:
        """The last revision, whether it waits for publication or not."""
        return self.page.get_latest_revision_as_object()

    @property
    def has_open_draft(self) -> bool:
        """Whether the page holds changes of a coordinator's that are not published."""
        return self.page.has_unpublished_changes or not self.page.live

    @cached_property
    def live(self) -> Values:
        return values_of(self.page, self.names)

    @cached_property
    def draft(self) -> Values:
        if self.draft_page is self.page:
            return self.live
        return values_of(self.draft_page, self.names)

    @cached_property
    def others(self) -> list[Proposal]:
        """The other proposals that wait for the same page."""
        found = Proposal.objects.waiting().filter(page=self.page.pk).exclude(pk=self.proposal.pk)
        return list(found.select_related("user").order_by("created_at", "pk"))

    def after(self, names: Collection[str]) -> Values:
        """What is offered, of some fields."""
        return {name: self.proposal.changes[name]["after"] for name in self.names if name in names}

    def is_changed(self, name: str) -> bool:
        """Whether the page holds another value, published or in a draft, than when it was offered.

        What has become the value offered is no change that could be lost.
        """
        before, after = (self.proposal.changes[name][key] for key in ("before", "after"))
        return any(value not in (before, after) for value in (self.live[name], self.draft[name]))

    def is_done(self, name: str) -> bool:
        return self.draft[name] == self.proposal.changes[name]["after"]

    def rivals(self, name: str) -> list[Proposal]:
        after = self.proposal.changes[name]["after"]
        return [
            other
            for other in self.others
            if name in other.changes and other.changes[name]["after"] != after
        ]

    @cached_property
    def conflicts(self) -> set[str]:
        return {
            name
            for name in self.names
            if not self.is_done(name) and (self.is_changed(name) or self.rivals(name))
        }

    @cached_property
    def fields(self) -> list[Comparison]:
        changes = self.proposal.changes
        wanted = [
            {name: other.changes[name]["after"] for name in self.names if name in other.changes}
            for other in self.others
        ]
        own = [{name: changes[name][key] for name in self.names} for key in ("before", "after")]
        zone = self.page.territory.zone
        words = Words(type(self.page), zone, [self.live, self.draft, *own, *wanted])
        return [
            Comparison(
                name,
                label_of(type(self.page), name),
                words.say(name, changes[name]["before"]),
                words.say(name, self.live[name]),
                words.say(name, self.draft[name]),
                words.say(name, changes[name]["after"]),
                self.is_changed(name),
                self.is_done(name),
                name in self.conflicts,
                [
                    Other(other, words.say(name, other.changes[name]["after"]))
                    for other in self.rivals(name)
                ],
            )
            for name in self.names
        ]

    @cached_property
    def digest(self) -> str:
        """Of all that a decision rests on: it is another one as soon as anything moves."""
        seen: list[Any] = [
            self.proposal.state,
            self.has_open_draft,
            self.live,
            self.draft,
            {name: [other.pk for other in self.rivals(name)] for name in self.names},
        ]
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
