"""Images, documents, and the collections that keep them apart."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection
from wagtail.test.utils.form_data import streamfield

from .kinds import Kind, Try, opens, shows
from .pages import WORDS, any_of, put_in_body


class MediaKind(Kind):
    space = ""
    block = ""

    def form(self, thing: Model | None, collection: Collection, **values) -> dict:
        return {
            "title": getattr(thing, "title", WORDS),
            "collection": collection.pk,
            "tags": "",
            "description": "",
            **values,
        }

    def list(self, t: Try) -> bool:
        return shows(t.get(f"{self.space}:index_results"), self.thing(t.side))

    def view(self, t: Try) -> bool:
        thing = self.thing(t.side)
        return opens(t.get(f"{self.space}:edit", thing.pk), thing)

    def choose(self, t: Try) -> bool:
        thing = self.thing(t.side)
        if shows(t.get(f"{self.space}_chooser:choose_results"), thing):
            return True
        return t.get(f"{self.space}_chooser:chosen", thing.pk).status_code == 200

    def create(self, t: Try) -> bool:
        # Whoever has one collection is not asked which, and another that is named is not heard.
        kept = self.models[0].objects.filter(collection=t.side.collection)
        before = kept.count()
        form = self.form(None, t.side.collection, file=self.file())
        t.post(f"{self.space}:add", form=form)
        return kept.count() > before

    def edit(self, t: Try) -> bool:
        thing = self.thing(t.side)
        form = self.form(thing, thing.collection, title=WORDS)
        t.post(f"{self.space}:edit", thing.pk, form=form)
        return type(thing).objects.get(pk=thing.pk).title == WORDS

    def delete(self, t: Try) -> bool:
        thing = self.thing(t.side)
        t.post(f"{self.space}:delete", thing.pk, form={})
        return not type(thing).objects.filter(pk=thing.pk).exists()

    def move(self, t: Try) -> bool | None:
        # Each owner has one collection.
        if t.is_own:
            return None
        theirs = self.moved(t, self.thing(t.side), t.here.collection)
        return any_of(theirs, self.moved(t, self.thing(t.here), t.side.collection))

    def moved(self, t: Try, thing: Model, collection: Collection) -> bool:
        t.post(f"{self.space}:edit", thing.pk, form=self.form(thing, collection))
        together = f"?id={thing.pk}"
        app_label, model = thing._meta.app_label, thing._meta.model_name
        t.post(
            "wagtail_bulk_action", app_label, model, "add_to_collection",
            form={"collection": collection.pk}, query=together,
        )  # fmt: skip
        return type(thing).objects.get(pk=thing.pk).collection_id == collection.pk

    def api(self, t: Try) -> bool:
        thing, name = self.thing(t.side), f"{self.block}s"
        if t.get(f"wagtailadmin_api:{name}:detail", thing.pk).status_code == 200:
            return True
        listing = t.get(f"wagtailadmin_api:{name}:listing")
        return listing.status_code == 200 and thing.pk in {
            found["id"] for found in listing.json()["items"]
        }


class ImageKind(MediaKind):
    name, models, space, block = "image", (Image,), "wagtailimages", "image"

    def file(self):
        drawn = get_test_image_file(filename="essai.png")
        return SimpleUploadedFile("essai.png", drawn.file.getvalue(), "image/png")

    def crafted(self, t: Try) -> bool | None:
        pk = str(self.thing(t.side).pk)
        return put_in_body(t, "image", {"image": pk, "alt": "Un marché", "caption": ""})


class DocumentKind(MediaKind):
    name, models, space, block = "document", (Document,), "wagtaildocs", "document"

    def file(self):
        return SimpleUploadedFile("essai.csv", b"a;b", "text/csv")

    def crafted(self, t: Try) -> bool | None:
        files = [("item", {"document": str(self.thing(t.side).pk), "label": ""})]
        return put_in_body(t, "documents", {"title": "", "documents": streamfield(files)})


class CollectionKind(Kind):
    name, models = "collection", (Collection,)
    space = "wagtailadmin_collections"

    def form(self, parent: Collection, name: str = WORDS) -> dict:
        lists = ("collection_permissions", "document_permissions", "image_permissions")
        return {"name": name, "parent": parent.pk} | {
            f"{prefix}-{field}": "0"
            for prefix in lists
            for field in ("TOTAL_FORMS", "INITIAL_FORMS")
        }

    def list(self, t: Try) -> bool:
        return shows(t.get(f"{self.space}:index"), self.thing(t.side))

    def view(self, t: Try) -> bool:
        thing = self.thing(t.side)
        return opens(t.get(f"{self.space}:edit", thing.pk), thing)

    def create(self, t: Try) -> bool:
        thing = self.thing(t.side)
        t.post(f"{self.space}:add", form=self.form(thing))
        return Collection.objects.filter(name=WORDS).exists()

    def edit(self, t: Try) -> bool:
        thing = self.thing(t.side)
        t.post(f"{self.space}:edit", thing.pk, form=self.form(thing.get_parent()))
        return Collection.objects.get(pk=thing.pk).name == WORDS

    def delete(self, t: Try) -> bool:
        # Only what is empty goes.
        empty = Collection.objects.get(pk=self.thing(t.side).pk).add_child(name=WORDS)
        t.post(f"{self.space}:delete", empty.pk, form={})
        return not Collection.objects.filter(pk=empty.pk).exists()

    def crafted(self, t: Try) -> bool:
        """Whether somebody puts an image of one's own in it."""
        return ImageKind().create(t)
