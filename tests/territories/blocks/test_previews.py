"""The list of blocks says what each is for and shows what it looks like, in the site's own look."""

import re

import pytest
from django.test import Client
from factories import make_member, make_territory
from wagtail.blocks import StreamBlock

from territories.models import ContentPage

BODY = ContentPage._meta.get_field("body").stream_block
NAMES = list(BODY.child_blocks)


@pytest.fixture(scope="module")
def editor(undone_after_the_module):
    make_territory("beta", plugins=[])
    return make_member(make_territory("alpha"), "editor")


@pytest.fixture
def preview(editor, db):
    browser = Client(headers={"host": "localhost"})
    browser.force_login(editor)

    def preview(name):
        block = BODY.child_blocks[name]
        return browser.get("/admin/block-preview/", {"id": block.definition_prefix})

    return preview


@pytest.mark.parametrize("name", NAMES)
def test_every_block_says_what_it_is_for_and_shows_itself(preview, name):
    block = BODY.child_blocks[name]
    assert str(block.get_description()), f"{name}: give its Meta a description"
    assert block.is_previewable
    assert hasattr(block.meta, "preview_value") or hasattr(block.meta, "preview_template"), (
        f"{name}: give its Meta a preview_value"
    )
    shown = preview(name)
    assert shown.status_code == 200
    html = shown.content.decode()
    assert "portal/css/tokens" in html and "/apparence/alpha." in html
    assert 'data-territory="alpha"' in html and "<script" not in html
    body = html.split("<main")[1]
    assert "&lt;" not in body
    assert len(re.sub(r"<[^>]*>|\s", "", body)) > 10
    assert shown["X-Frame-Options"] == "SAMEORIGIN"


def test_what_is_shown_comes_in_the_language_of_the_editor(preview):
    assert "Venez comme vous êtes" in preview("text").content.decode()


def test_a_list_that_is_empty_says_that_it_fills_itself(preview):
    assert "ce bloc se remplit tout seul" in preview("upcoming_events").content.decode()


def children_of(block, name):
    for child_name, child in getattr(block, "child_blocks", {}).items():
        yield f"{name}.{child_name}", child
        yield from children_of(child, f"{name}.{child_name}")
    if hasattr(block, "child_block") and not isinstance(block, StreamBlock):
        yield from children_of(block.child_block, name)


# Their label says all.
OBVIOUS = re.compile(
    r"\.(title|text|name|role|phone|figures|people|documents|document|questions|answer|image|count"
    r"|page|pages|who|rows|captions_language|steps|actions|shape|kind)$|^greeting\."
)


def test_what_is_not_obvious_has_a_help_text():
    silent = [
        name
        for block_name in NAMES
        for name, child in children_of(BODY.child_blocks[block_name], block_name)
        if not str(getattr(child.field, "help_text", "") if hasattr(child, "field") else
                   getattr(child.meta, "help_text", "") or "")
        and not OBVIOUS.search(name)
    ]  # fmt: skip
    assert silent == []
