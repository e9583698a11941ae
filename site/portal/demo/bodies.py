"""From the blocks of the data files to the value of a ContentField."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Page

from portal.demo.pictures import draw


class BodyMaker:
    """Makes the bodies of one territory, whose pictures it draws when they are first asked for.

    `private`: where it keeps the documents of the private space, which alone has some.
    """

    def __init__(
        self, territory: dict[str, Any], collection: Collection, private: Collection | None = None
    ) -> None:
        self.territory = territory
        self.collection = collection
        self.private = private
        self.pages: dict[str, Page] = {}
        # By slug, what letters choose among.
        self.events: dict[str, int] = {}
        self.services: dict[str, int] = {}
        # Fixed ids: loading twice changes nothing, and wagtail-localize finds its segments again.
        self.namespace = uuid.uuid5(uuid.NAMESPACE_DNS, territory["hostname"])

    def body(self, owner: str, blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """`owner` names the page: it makes the ids of its blocks its own."""
        made = []
        for position, fact in enumerate(blocks):
            values = {name: value for name, value in fact.items() if name != "type"}
            value = getattr(self, f"_{fact['type']}", dict)(values)
            if value is not None:
                block_id = str(uuid.uuid5(self.namespace, f"{owner}/{position}"))
                made.append({"type": fact["type"], "id": block_id, "value": value})
        return made

    def _items(self, values: Sequence[Any]) -> list[dict[str, Any]]:
        # List items need ids too: without them wagtail-localize silently skips their words.
        return [
            {"type": "item", "id": str(uuid.uuid5(self.namespace, repr(value))), "value": value}
            for value in values
        ]

    def _key_figures(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "figures": self._items(values["figures"])}

    def _chart(self, values: dict[str, Any]) -> dict[str, Any]:
        # A row without a number is one that nobody knows.
        rows = [{"number": None, "is_main": False, **row} for row in values["rows"]]
        return {**values, "rows": self._items(rows)}

    def _steps(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "steps": self._items(values["steps"])}

    def _actions(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "actions": self._items(values["actions"])}

    def _contacts(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "people": self._items(values["people"])}

    def _faq(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "questions": self._items(values["questions"])}

    def _page_list(self, values: dict[str, Any]) -> dict[str, Any] | None:
        chosen = [self.pages[slug].pk for slug in values["pages"] if slug in self.pages]
        return {**values, "pages": self._items(chosen)} if chosen else None

    def _chosen_events(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "events": self._items([self.events[slug] for slug in values["events"]])}

    def _chosen_services(self, values: dict[str, Any]) -> dict[str, Any]:
        chosen = [self.services[slug] for slug in values["services"]]
        return {**values, "services": self._items(chosen)}

    def _image(self, values: dict[str, Any]) -> dict[str, Any]:
        name = values.pop("picture")
        return {**values, "image": self.picture(name, values["alt"]).pk}

    def _documents(self, values: dict[str, Any]) -> dict[str, Any]:
        shown = [
            {"document": self.document(**fact).pk, "label": fact["label"]}
            for fact in values["documents"]
        ]
        return {**values, "documents": self._items(shown)}

    def document(self, file: str, label: str, text: str) -> Document:
        found = Document.objects.filter(collection=self.private, title=label).first()
        return found or Document.objects.create(
            title=label,
            collection=self.private,
            file=ContentFile(f"{text}\n".encode(), name=f"{self.territory['slug']}-{file}"),
        )

    def picture(self, name: str, description: str) -> Image:
        found = Image.objects.filter(collection=self.collection, title=name).first()
        if found:
            if found.description != description:
                Image.objects.filter(pk=found.pk).update(description=description)
            return found
        drawn = draw(name, tuple(self.territory["colours"]), facade=tuple(self.territory["facade"]))
        file = io.BytesIO()
        drawn.save(file, "WEBP", quality=82)
        slug = self.territory["slug"]
        return Image.objects.create(
            title=name,
            description=description,
            collection=self.collection,
            file=ImageFile(file, name=f"{slug}-{name}.webp"),
        )
