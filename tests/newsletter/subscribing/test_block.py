"""The way to the form, on pages that hold no form: they are cached, and have no cookie."""

import pytest
from factories import make_content_page, make_page

from newsletter.models import NewsletterIndexPage, NewsletterPage
from newsletter.rendering.letter import render_letter
from territories.plugins.switching import switch_off

from .conftest import ADDRESS, words

pytestmark = pytest.mark.django_db
BLOCK = [("subscribe", {"title": "Notre lettre", "text": "Une fois par mois."})]


def test_a_page_leads_to_the_form(visitor, alpha):
    page = make_content_page(alpha, "Une page", slug="une-page", body=BLOCK)
    answer = visitor.opens(page.get_url())
    assert "Notre lettre" in words(answer) and f'href="{ADDRESS}"' in words(answer)
    assert not answer.cookies


def test_the_portal_has_no_form_to_lead_to(client):
    from factories import make_portal

    make_portal()
    make_content_page(None, "Une page", slug="une-page", body=BLOCK)
    assert "Notre lettre" not in words(client.get("/une-page/"))


def test_where_the_plugin_is_closed_the_block_is_empty(visitor, alpha):
    page = make_content_page(alpha, "Une page", slug="une-page", body=BLOCK)
    switch_off(territory=alpha, plugin="newsletter")
    assert "Notre lettre" not in words(visitor.opens(page.get_url()))


def test_letters_lead_to_the_form_and_the_mail_says_nothing_of_it(visitor, alpha):
    index = NewsletterIndexPage.objects.in_territory(alpha).records().get()
    letter = make_page(index, NewsletterPage(title="Lettre", slug="lettre", body=BLOCK))
    for address in ("/lettres/", "/lettres/lettre/"):
        assert f'href="{ADDRESS}"' in words(visitor.opens(address))
    assert "Notre lettre" not in str(render_letter(letter))
