"""Buttons that ring, write or go; steps; words of people."""

import pytest
from factories import make_content_page, make_territory
from wagtail.blocks.struct_block import StructBlockValidationError

from territories.blocks.content import QuoteBlock
from territories.blocks.guiding import ActionBlock, ActionsBlock, StepsBlock
from territories.blocks.mail import render_mail

pytestmark = pytest.mark.django_db


def buttons(*actions):
    block = ActionsBlock()
    return block, block.to_python({"actions": [{"kind": "ring", **one} for one in actions]})


def test_a_button_rings_writes_or_goes():
    territory = make_territory("alpha", plugins=[])
    territory.contact_phone = "05 61 00 00 00"
    page = make_content_page(territory, "Le permis", slug="le-permis")
    block, value = buttons(
        {},
        {"kind": "write"},
        {"kind": "go", "words": "Voir les aides au permis", "page": page.pk},
    )
    html = block.render(value, {"territory": territory})
    assert 'href="tel:+33561000000"' in html and "Appeler le" in html
    assert 'href="http://alpha.localhost/contact/"' in html and "Nous écrire" in html
    assert "le-permis/" in html and "Voir les aides au permis" in html
    mjml = render_mail(block, value, {"territory": territory})
    assert "http://alpha.localhost/le-permis/" in mjml and "tel:+33561000000" in mjml
    page.unpublish()
    block, value = buttons({"kind": "go", "words": "Voir", "page": page.pk})
    assert block.render(value, {"territory": territory}).strip() == ""


def test_a_button_that_would_lead_nowhere_is_not_shown():
    block, value = buttons({}, {"kind": "write"})
    assert block.render(value, {}).strip() == ""


@pytest.mark.parametrize(
    ("action", "field"),
    [
        ({"kind": "go", "words": "Voir"}, "page"),
        ({"kind": "go", "url": "https://exemple.fr/"}, "words"),
        ({"kind": "ring", "phone": "appelez"}, "phone"),
    ],
)
def test_a_button_that_does_nothing_is_refused(action, field):
    block = ActionBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(action))
    assert field in refused.value.block_errors


def test_steps_are_a_numbered_list_and_words_have_their_author():
    block = StepsBlock()
    value = block.to_python(
        {
            "title": "Comment ça se passe",
            "steps": [
                {"title": "Vous appelez", "text": ""},
                {"title": "Nadia rappelle", "text": "<p>Ou Karim</p>"},
            ],
        }
    )
    html = block.render(value, {})
    assert '<ol class="steps">' in html and html.count("<li>") == 2 and "<h3>" in html
    quote = QuoteBlock()
    value = quote.to_python({"text": "J’ai eu\npeur.", "who": "Samira", "role": "habitante"})
    html = quote.render(value, {})
    assert "<blockquote>" in html and "Samira" in html and "« " not in html and "«" in html
