"""What may be tried on the pages of each type."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from newsletter.models import NewsletterPage
from territories.models import ContentPage
from territories.pages.homes import HomePage

from .forms import NO_COMMENTS, posted
from .ground import ONLY_IN_TESTS, Side
from .kinds import Kind, Try, shows

WORDS = "essai de la matrice"
SLUG = "essai-de-la-matrice"


def fresh(page: Page) -> Page:
    return type(page).objects.get(pk=page.pk)


def form_of(t: Try, page: Page, *, as_new: bool = False, **values) -> dict:
    """The edit form of a page, as somebody has it who may do everything."""
    key = (page.pk, as_new)
    if key not in t.ground.forms:
        page = fresh(page).get_latest_revision_as_object()
        form_class = page.get_edit_handler().get_form_class()
        form = form_class(instance=page, parent_page=page.get_parent().specific, for_user=None)
        t.ground.forms[key] = posted(form, as_new=as_new) | NO_COMMENTS
    return {**t.ground.forms[key], **values}


def place_of(t: Try, page: Page, side: Side) -> Page | None:
    """The first of its `places`, looked for once: nobody who tries leaves anything behind."""
    key = (page.pk, side.home.pk)
    if key not in t.ground.places:
        t.ground.places[key] = next(places(page, side), None)
    return t.ground.places[key]


def places(page: Page, side: Side) -> Iterator[Page]:
    """Where the types of pages and their addresses would let it stand, on that side."""
    above = Page.objects.filter(path__startswith=side.home.path)
    if side.territory is not None:
        homes = type(side.home).objects.filter(territory=side.territory)
        above = Page.objects.none()
        for home in homes:
            above |= Page.objects.filter(path__startswith=home.path)
    for found in above.order_by("path"):
        elsewhere = not found.path.startswith(page.path) and not page.is_child_of(found)
        if (
            elsewhere
            and page.specific.can_move_to(found.specific)
            and Page._slug_is_available(page.slug, found, page=page)
        ):
            yield found


class PageKind(Kind):
    def __init__(self, model: type[Page]) -> None:
        self.model = model
        self.name = model.__name__
        self.models = (model,)
        self.printed = model._meta.app_label != ONLY_IN_TESTS

    def thing(self, side: Side) -> Page | None:
        return side.pages[self.model]

    def page(self, t: Try) -> Page:
        return fresh(self.thing(t.side))

    def list(self, t: Try) -> bool:
        page = self.page(t)
        if isinstance(page, HomePage):
            answer = t.look("wagtailadmin_explore_results", page.pk)
            return answer.status_code == 200 and answer.context["parent_page"].pk == page.pk
        return shows(t.look("wagtailadmin_explore_results", page.get_parent().pk), page)

    def view(self, t: Try) -> bool:
        page = self.page(t)
        return any(
            t.get(f"wagtailadmin_pages:{name}", page.pk).status_code == 200
            for name in ("history", "view_draft", "edit")
        )

    def choose(self, t: Try) -> bool:
        page = self.page(t)
        if shows(t.look("wagtailadmin_choose_page_child", page.get_parent().pk), page):
            return True
        answer = t.get("wagtailadmin_choose_page_chosen_multiple", query=f"?id={page.pk}")
        return f'"id": {page.pk}' in answer.content.decode()

    def create(self, t: Try) -> bool | None:
        page = self.page(t)
        parent = page.get_parent().specific
        form = form_of(t, page, as_new=True, title=WORDS, slug=SLUG)
        if self.model.max_count_per_parent:
            page.delete()
        if not self.model.can_create_at(parent):
            return None
        before = self.model.objects.count()
        meta = self.model._meta
        t.post("wagtailadmin_pages:add", meta.app_label, meta.model_name, parent.pk, form=form)
        return self.model.objects.count() > before

    def edit(self, t: Try) -> bool:
        page = self.page(t)
        t.post("wagtailadmin_pages:edit", page.pk, form=form_of(t, page, title=WORDS))
        return fresh(page).get_latest_revision_as_object().title == WORDS

    def publish(self, t: Try) -> bool:
        page = self.page(t)
        Page.objects.filter(pk=page.pk).update(live=False)
        form = form_of(t, page, **{"action-publish": "1"})
        t.post("wagtailadmin_pages:edit", page.pk, form=form)
        return fresh(page).live

    def unpublish(self, t: Try) -> bool:
        page = self.page(t)
        Page.objects.filter(pk=page.pk).update(live=True)
        t.post("wagtailadmin_pages:unpublish", page.pk, form={})
        return not fresh(page).live

    def delete(self, t: Try) -> bool:
        page = self.page(t)
        t.post("wagtailadmin_pages:delete", page.pk, form={"confirm-site-name": page.title})
        return not Page.objects.filter(pk=page.pk).exists()

    def move(self, t: Try) -> bool | None:
        if t.is_own:
            return self.moved(t, t.here, t.here)
        return any_of(self.moved(t, t.side, t.here), self.moved(t, t.here, t.side))

    def moved(self, t: Try, source: Side, target: Side) -> bool | None:
        page = self.thing(source) and fresh(self.thing(source))
        place = page and place_of(t, page, target)
        if not place:
            return None
        t.post("wagtailadmin_pages:move_confirm", page.pk, place.pk, form={})
        return fresh(page).get_parent().pk == place.pk

    def copy(self, t: Try) -> bool | None:
        if t.is_own:
            return self.copied(t, t.here, t.here)
        return any_of(self.copied(t, t.side, t.here), self.copied(t, t.here, t.side))

    def copied(self, t: Try, source: Side, target: Side) -> bool | None:
        page = self.thing(source)
        parents = [found for found in [self.thing(target)] if found]
        parent = parents[0].get_parent() if parents else None
        if page is None or parent is None or not self.model.can_create_at(parent.specific):
            return None
        form = {"new_title": WORDS, "new_slug": SLUG, "new_parent_page": parent.pk}
        t.post("wagtailadmin_pages:copy", page.pk, form=form)
        return Page.objects.child_of(parent).filter(slug=SLUG).exists()

    def api(self, t: Try) -> bool:
        page = self.page(t)
        alone = t.get("wagtailadmin_api:pages:detail", page.pk)
        if alone.status_code == 200 and alone.json()["id"] == page.pk:
            return True
        listing = t.look("wagtailadmin_api:pages:listing", query="?limit=20&order=-id&fields=_,id")
        return listing.status_code == 200 and page.pk in {
            found["id"] for found in listing.json()["items"]
        }

    def crafted(self, t: Try) -> bool | None:
        """Whether a page of one's own may lead to it."""
        pages = [("item", str(self.page(t).pk))]
        return put_in_body(t, "page_list", {"title": "", "pages": streamfield(pages)})


def put_in_body(t: Try, block: str, value: dict) -> bool | None:
    """Whether the body of a page of one's own takes the block: of the first that one may edit."""
    body = nested_form_data({"body": streamfield([(block, value)])})
    for model in (ContentPage, NewsletterPage):
        if own := t.here.pages[model]:
            before = body_of(own)
            answer = t.post("wagtailadmin_pages:edit", own.pk, form={**form_of(t, own), **body})
            if body_of(own) != before:
                return True
            if answer.status_code == 200:
                return False
    return False


def body_of(page: Page) -> list[dict]:
    """As it was last saved, published or not."""
    return list(fresh(page).get_latest_revision_as_object().body.raw_data)


def any_of(*outcomes: bool | None) -> bool | None:
    known = [outcome for outcome in outcomes if outcome is not None]
    return any(known) if known else None
