"""The name that is asked and written, and the indexes that stand behind it one after the other."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from .clients import Client, Unfit
from .mapping import FINGERPRINT, OURS, SETTINGS, is_ours

# Nobody waits for what the indexer writes.
WRITING_PATIENCE = 15


class Indexes:
    def __init__(self, client: Client) -> None:
        self.client = client
        self.family = f"{client.prefix}-documents"
        # An index that another version of the code has made is none of ours.
        self.alias = f"{self.family}-{FINGERPRINT}"

    def check(self) -> None:
        """Raises what keeps the engine from answering."""
        found = self.client.ask("GET", f"/{self.alias}/_mapping")
        if len(found) != 1 or not all(map(self._is_ours, found)):
            raise Unfit(f"{self.alias} stands for {', '.join(found)}, which is none of ours")
        ((index, about),) = found.items()
        if not is_ours(about["mappings"]):
            raise Unfit(f"the index {index} is not made as this version makes it")

    def current(self) -> str:
        """The one that answers."""
        return ", ".join(self.client.ask("GET", f"/_alias/{self.alias}"))

    def _is_ours(self, index: str) -> bool:
        return index.startswith(f"{self.alias}-")

    def begin(self) -> tuple[str, datetime, int]:
        """A new index: its name, when it was begun, and the last row that it holds."""
        began = timezone.now()
        index = f"{self.alias}-{today()}-{uuid.uuid4().hex[:8]}"
        body = {"settings": SETTINGS, "mappings": OURS}
        self.client.ask("PUT", f"/{index}", body, timeout=WRITING_PATIENCE)
        return index, began, 0

    def half_made(self) -> tuple[str, datetime, int] | None:
        """The same of the one that an interrupted rebuilding has left."""
        for index, is_answering in self.all().items():
            if is_answering or not self._is_ours(index):
                continue
            settings = self.client.ask("GET", f"/{index}/_settings")[index]["settings"]["index"]
            began = datetime.fromtimestamp(int(settings["creation_date"]) / 1000, UTC)
            self.client.ask("POST", f"/{index}/_refresh", timeout=WRITING_PATIENCE)
            query = {"size": 1, "sort": [{"pk": "desc"}]}
            hits = self.client.ask("POST", f"/{index}/_search", query)["hits"]["hits"]
            return index, began, hits[0]["sort"][0] if hits else 0
        return None

    def all(self) -> dict[str, bool]:
        """Those of this installation, whatever version has made them, and whether they answer."""
        found = self.client.ask("GET", f"/{self.family}-*/_alias")
        return {name: bool(about["aliases"]) for name, about in found.items()}

    def answer_from(self, index: str) -> None:
        self.client.ask("POST", f"/{index}/_refresh", timeout=WRITING_PATIENCE)
        actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": self.alias}}]
        for name, is_answering in self.all().items():
            if name == index:
                continue
            if name == self.alias or (is_answering and name.startswith(f"{self.family}-")):
                actions.append({"remove_index": {"index": name}})
            elif is_answering:  # somebody else's, to which our name was given
                actions.append({"remove": {"index": name, "alias": self.alias}})
        self.client.ask("POST", "/_aliases", {"actions": actions}, timeout=WRITING_PATIENCE)

    def clear_away(self) -> None:
        """What interrupted rebuildings have left; one that goes on now has begun today."""
        for name, is_answering in self.all().items():
            begun = name.removeprefix(f"{self.family}-").split("-")[1:2]
            if not is_answering and begun and begun[0] < today():
                self.client.ask("DELETE", f"/{name}", timeout=WRITING_PATIENCE)


def today() -> str:
    return timezone.now().strftime("%Y%m%d")
