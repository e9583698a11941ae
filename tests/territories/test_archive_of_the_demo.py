"""A whole territory, as people write one, and any page that the editor could save."""

from datetime import date
from io import StringIO

import pytest
from archive_tools import bring_in, contents, erase, export
from django.core.management import call_command
from factories import make_content_page, make_territory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsroom.models import SuccessStoryPage
from portal.demo.loading import load
from territories.models import ContentPage, Territory

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_territory_of_the_demo_goes_and_comes_back_whole(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    call_command("create_portal", hostname="localhost", stdout=StringIO())
    for _step in load(today=date(2026, 11, 25), port=8000, slugs=["grand-mirail"]):
        pass
    territory = Territory.objects.get()
    summary = export(territory, tmp_path / "gone.zip")
    assert not summary.lost
    assert summary.counts["pages.jsonl"] > 200 and summary.counts["media.jsonl"] >= 7
    before = contents(tmp_path / "gone.zip")
    erase(territory)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    territory, plan = bring_in(tmp_path / "gone.zip")
    assert not plan.left
    export(territory, tmp_path / "back.zip")
    after = contents(tmp_path / "back.zip")
    for name in before:
        assert without_stories(after[name]) == without_stories(before[name]), name
    # The consents stayed behind: a story waits for its own.
    stories = SuccessStoryPage.objects.filter(territory=territory)
    assert stories and not stories.live().exists()


def without_stories(rows):
    if not isinstance(rows, list):
        return rows
    return [row for row in rows if row.get("type") != "newsroom.SuccessStoryPage"]


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>&\"'"), max_size=40
)
texts = st.builds("<p>{}</p>".format, words)
blocks = st.one_of(
    st.builds(lambda text: ("text", {"text": text}), texts),
    st.builds(lambda text: ("heading", {"text": f"x{text}", "level": "h2"}), words),
    st.builds(lambda a, b: ("callout", {"kind": "warn", "title": a, "text": b}), words, texts),
    st.builds(
        lambda a, b: ("faq", {"title": a, "questions": [{"question": f"{b}?", "answer": a}]}),
        words,
        texts.map(lambda text: text[:40]),
    ),
    st.just(("page_list", {"title": "", "pages": "all"})),
)
pages = st.lists(
    st.fixed_dictionaries(
        {
            "title": words.filter(str.strip),
            "published": st.booleans(),
            "show_in_menus": st.booleans(),
            "body": st.lists(blocks, max_size=4),
            "draft": st.none() | words.filter(str.strip),
        }
    ),
    max_size=4,
)


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pages=pages)
def test_whatever_is_written_comes_back_the_same(pages, tmp_path_factory, django_db_blocker):
    folder = tmp_path_factory.mktemp("archive")
    territory = Territory.objects.filter(slug="alpha").first()
    territory = territory or make_territory("alpha", plugins=[])
    made = []
    for number, facts in enumerate(pages):
        body = [
            (kind, {**value, "pages": made} if value.get("pages") else value)
            for kind, value in facts["body"]
            if made or not value.get("pages")
        ]
        page = make_content_page(
            territory,
            title=facts["title"],
            slug=f"page-{number}",
            show_in_menus=facts["show_in_menus"],
            published=facts["published"],
            body=body,
        )
        if facts["draft"]:
            page.title = facts["draft"]
            page.save_revision()
        made.append(page)
    export(territory, folder / "gone.zip")
    erase(territory)
    territory, _plan = bring_in(folder / "gone.zip")
    export(territory, folder / "back.zip")
    assert contents(folder / "back.zip") == contents(folder / "gone.zip")
    for page in ContentPage.objects.filter(territory=territory, slug__startswith="page-"):
        page.delete()
