"""A new territory with the structure and the pages of another, as drafts to be rewritten.

Taken: the published pages of text, in every language, the draft of the home, the open plugins with
their index pages as provisioning makes them, and the images those pages show. Left: whatever
speaks of one place alone. Events, actors, services, letters, labels and figures are of their town;
private pages and blocks of people or of figures too; legal pages name a publisher; documents hold
words that nobody would read again. Names, colours and contacts are the new territory's to give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page

from territories.frame import LEGAL_SLUGS
from territories.pages.index import IndexPage
from territories.plugins.registry import plugin_of
from territories.provisioning.create import Plan

from . import form
from .media import media_rows
from .naming import MEDIA, Names
from .pages import page_rows
from .planning import ImportPlan, check, creation_order, find_run, keys_of, renewed_keys
from .renaming import GONE, Rename, field_of, rename_fields

if TYPE_CHECKING:
    from territories.models import Territory

UNPUBLISHED = {
    **dict.fromkeys(("go_live_at", "expire_at", "first_published_at", "last_published_at")),
    "live": False,
    "expired": False,
    "has_unpublished_changes": True,
}


class Images(Rename):
    """Notes the images that rows name; what is no image and no page goes."""

    def __init__(self) -> None:
        self.named: dict[str, None] = {}

    def __call__(self, model: type[Model], value: Any) -> Any:
        kinds = [kind for media, kind in MEDIA.items() if issubclass(model, media)]
        if "document" in kinds:
            return GONE
        if kinds:
            self.named[value] = None
        return value


class Original:
    """Reads the territory to be cloned as an import reads an archive."""

    parts: Mapping[str, str] = {}

    def __init__(self, territory: Territory, made: Plan) -> None:
        self.territory = territory
        self.made = made
        self.fingerprint = f"clone of {territory.slug}"[:64]
        self.names = Names(territory)
        self.images = Images()
        self.stand_ins: dict[str, tuple[type[Page], str]] = {}
        self.pages = list(self._read())
        self.files: dict[str, Any] = {}
        self.media = list(self._read_media())
        self.manifest = {
            "territory": {"slug": territory.slug},
            "counts": {form.PAGES: len(self.pages), form.MEDIA: len(self.media)},
        }

    def _read(self) -> Iterator[dict[str, Any]]:
        kept = set()
        for row in page_rows(self.territory, self.names):
            model = apps.get_model(row["type"])
            if issubclass(model, IndexPage):
                self.stand_ins[row["key"]] = model, row["fields"]["slug"]
            elif row["parent"] is None or (row["parent"] in kept and is_taken(row, model)):
                kept.add(row["key"])
                yield self._as_draft(row, model)

    def _as_draft(self, row: Mapping[str, Any], model: type[Page]) -> dict[str, Any]:
        said = {**row["fields"], **UNPUBLISHED}
        for name, value in said.items():
            stream = field_of(model, name)
            if isinstance(stream, StreamField):
                said[name] = [block for block in value if travels(stream, block)]
        said = rename_fields(model, said, self.images)
        fields = said
        if row["parent"] is None:
            # The home is published already, empty: what the other says waits as its draft.
            said |= {"live": True, "title": self.made.name, "draft_title": self.made.name}
            names = ("title", "draft_title", "slug", "show_in_menus", "live")
            fields = {name: said[name] for name in names} | {"has_unpublished_changes": True}
        revision = {
            "created_at": timezone.now().isoformat(),
            "approved_go_live_at": None,
            "is_latest": True,
            "is_live": False,
            "fields": said,
        }
        return {**row, "fields": fields, "revisions": [revision], "restrictions": []}

    def _read_media(self) -> Iterator[dict[str, Any]]:
        for medium, row in media_rows(self.names):
            if row["key"] in self.images.named:
                self.files[row["file"]] = medium.file
                yield {**row, "collection": []}

    @cached_property
    def types(self) -> dict[str, type[Page]]:
        types = {row["key"]: apps.get_model(row["type"]) for row in self.pages}
        return types | {key: model for key, (model, _slug) in self.stand_ins.items()}

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        yield from {form.PAGES: self.pages, form.MEDIA: self.media}.get(name, ())

    def json(self, name: str) -> dict[str, Any]:
        communes = [code.partition(":") for code in self.made.communes]
        return {
            "fields": {"name": self.made.name},
            "communes": [
                {"code": code, "name": name or code, "latitude": None, "longitude": None}
                for code, _colon, name in communes
            ],
            "neighbourhoods": [],
            "collections": [],
            "plugins": [{"plugin": plugin, "is_on": True} for plugin in self.made.plugins],
        }

    def open(self, name: str) -> Any:
        stored = self.files[name]
        return stored.storage.open(stored.name, "rb")


def is_taken(row: Mapping[str, Any], model: type[Page]) -> bool:
    fields = row["fields"]
    return (
        not plugin_of(model)
        and fields["live"]
        and not row["restrictions"]
        and fields["slug"] not in LEGAL_SLUGS
    )


def travels(stream: StreamField, block: Mapping[str, Any]) -> bool:
    known = stream.stream_block.child_blocks.get(block["type"])
    return known is not None and not getattr(known, "is_of_one_place", False)


def plan_clone(
    territory: Territory,
    *,
    slug: str,
    name: str,
    hostname: str,
    communes: Sequence[str],
    port: int,
) -> ImportPlan:
    """What `applying.carry_out` is to do; raises BadArchive when it cannot be done."""
    made = Plan(
        slug=slug,
        name=name,
        hostname=hostname.lower(),
        port=port,
        communes=communes,
        plugins=sorted(territory.switches.filter(is_on=True).values_list("plugin", flat=True)),
    )
    source = Original(territory, made)
    run = find_run(source, slug)
    if run is None:
        check(made)
    return ImportPlan(
        source=source,
        types=source.types,
        provisioning=made,
        order=creation_order(source, source.types),
        renewed=run.renewed if run else renewed_keys(keys_of(source.types)),
        run=run,
        stand_ins=source.stand_ins,
        is_whole=False,
        action="territories.clone",
        original=territory.name,
    )
