"""The last practice sheets in a letter and in a body: those anybody may read, of the territory."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_page, make_territory
from practice_factories import make_sheet

from labelling.practice.blocks import PracticeSheetsBlock
from newsletter.models import NewsletterIndexPage, NewsletterPage
from newsletter.rendering.letter import render_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheets(alpha, beta):
    make_sheet(alpha, "Un forum & un café", summary="On se rencontre <ici>.")
    make_sheet(alpha, "Un match de quartier")
    make_sheet(alpha, "Un brouillon", published=False)
    make_sheet(beta, "Cuisiner ensemble")


def titles(territory, **value):
    block = PracticeSheetsBlock()
    context = block.get_context(block.to_python({"count": 3, **value}), {"territory": territory})
    return [item.shown.title for item in context["lines"]]


def test_the_newest_sheets_of_the_territory_are_shown(sheets, alpha, beta):
    assert titles(alpha) == ["Un match de quartier", "Un forum & un café"]
    assert titles(alpha, count=1) == ["Un match de quartier"]
    assert titles(beta) == ["Cuisiner ensemble"]
    # The portal shows those of all.
    assert len(titles(None)) == 3


def test_the_next_letter_is_filled_once_a_sheet_was_published(sheets, alpha):
    block = PracticeSheetsBlock()
    yesterday = timezone.now() - timedelta(days=1)
    assert block.new_since(alpha, yesterday) == {
        "title": "De nouvelles fiches actions",
        "count": 2,
        "since": timezone.localdate(yesterday),
    }
    assert block.new_since(alpha, timezone.now() + timedelta(hours=1)) is None


def test_a_letter_holds_them_with_their_address(sheets):
    gamma = make_territory("gamma", plugins=["labelling", "newsletter"])
    make_sheet(gamma, "Un forum & un café", summary="On se rencontre <ici>.")
    make_sheet(gamma, "Un brouillon", published=False)
    index = NewsletterIndexPage.objects.in_territory(gamma).records().get()
    body = [("practice_sheets", {"title": "Ce qui a marché ici", "count": 3})]
    letter = make_page(index, NewsletterPage(title="La lettre", body=body))
    html = render_letter(letter).html
    assert "Ce qui a marché ici" in html
    assert 'href="http://gamma.localhost/fiches-actions/un-forum-un-cafe/"' in html
    # What somebody wrote is text.
    assert "Un forum &amp; un café" in html and "&lt;ici&gt;" in html
    assert "Un brouillon" not in html and "Cuisiner ensemble" not in html


def test_without_any_sheet_nothing_is_said(alpha):
    block = PracticeSheetsBlock()
    value = block.to_python({"title": "Ce qui a marché ici", "count": 3})
    assert "Ce qui a marché ici" not in block.render(value, {"territory": alpha})
