"""« Relecture » beside the editor, and the command that reads every published page again."""

from io import StringIO

import pytest
from agenda_factories import make_event
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.urls import reverse
from factories import make_content_page, make_member, make_territory
from matrix.forms import posted
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.images.models import Image
from wagtail.models import Locale

from territories.models import GlossaryEntry, Territory
from territories.proofreading import check
from territories.proofreading.panel import SAID_HERE, leave_to_the_proofreading

PORTAL = {"host": "localhost"}
BODY = [
    ("heading", {"text": "Venir", "level": "h3"}),
    ("text", {"text": '<p>Le GIP vous attend. <a href="/x">Cliquez ici</a></p>'}),
    ("faq", {"title": "Vos questions", "questions": [
        {"question": "Combien ??", "answer": "<p>Rien mardi prochain.</p>"},
    ]}),
    ("contacts", {"people": [{"name": "NADIA BENALI", "phone": "05 36 49 12 00"}]}),
]  # fmt: skip


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug)


@pytest.fixture
def page(alpha):
    return make_content_page(alpha, "Venir", introduction="Appelez ????", body=BODY)


def kinds(page):
    return [finding.kind for finding in check(page)]


def test_every_field_and_block_of_a_page_is_read(page):
    found = {(finding.kind, finding.where, finding.sentence) for finding in check(page)}
    assert found == {
        ("heading-skipped", "Titre", "Venir"),
        ("link-vague", "Texte", "Cliquez ici"),
        ("acronym", "Texte", "GIP"),
        ("punctuation", "Introduction", "Appelez ????"),
        ("punctuation", "Questions fréquentes", "Combien ??"),
        ("date-vague", "Questions fréquentes", "Rien mardi prochain."),
    }


def test_an_event_is_read_for_its_words_and_not_for_its_facts(alpha):
    event = make_event(alpha, "Forum", body="<h3>Le GIP</h3>", place_name="MJC DU MIRAIL")
    event.image = Image(title="Marché")
    assert sorted(kinds(event)) == ["acronym", "alt-missing"]
    event.image_alt = "Trois personnes devant un stand"
    assert kinds(event) == ["acronym"]


def test_the_glossary_of_the_territory_explains(page, alpha):
    GlossaryEntry.objects.create(territory=alpha, code="gip", term="GIP", definition="Un groupe.")
    assert "acronym" not in kinds(page)


def test_a_translation_is_not_read_as_french(page):
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    assert kinds(english) == ["heading-skipped"]


class TestThePanel:
    def edit(self, client, user, page):
        client.force_login(user)
        return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), headers=PORTAL)

    def test_it_says_what_to_mend_and_leads_to_the_field(self, client, page, alpha):
        html = self.edit(client, make_member(alpha), page).content.decode()
        assert 'data-side-panel="proofreading"' in html
        block = page.body[1].id
        assert f'href="#block-{block}-section"' in html
        assert 'href="#id_introduction-label"' in html
        assert 'id="id_introduction-label"' in html
        assert f"{reverse('glossary_entries:add')}?term=GIP" in html
        assert "6 points à revoir" in html

    def test_a_draft_that_saves_itself_is_read_again(self, client, page, alpha):
        form = posted(self.edit(client, make_member(alpha), page).context["form"])
        answer = client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            {**form, "introduction": "Venez !!!"},
            headers={**PORTAL, "accept": "application/json"},
        )
        assert "« Venez !!! »" in answer.json()["html"]
        assert "Appelez" not in answer.json()["html"]

    def test_an_editor_who_keeps_no_glossary_is_not_sent_there(self, client, page, alpha):
        html = self.edit(client, make_member(alpha, "editor"), page).content.decode()
        assert 'data-side-panel="proofreading"' in html
        assert "?term=GIP" not in html

    def test_the_word_is_written_already_in_the_form_of_the_glossary(self, client, alpha):
        client.force_login(make_member(alpha))
        answer = client.get(reverse("glossary_entries:add") + "?term=GIP", headers=PORTAL)
        assert 'value="GIP"' in answer.content.decode()

    def test_a_stranger_is_told_nothing(self, client, page):
        answer = self.edit(client, make_member(Territory.objects.get(slug="beta")), page)
        assert answer.status_code == 302

    def test_it_comes_with_a_new_page_too(self, client, page, alpha):
        client.force_login(make_member(alpha))
        address = reverse(
            "wagtailadmin_pages:add", args=["territories", "contentpage", page.get_parent().pk]
        )
        assert "elle sera relue" in client.get(address, headers=PORTAL).content.decode()

    def test_nothing_is_said_twice_in_the_editor(self):
        here, elsewhere = ContentCheckerItem(in_editor=True), ContentCheckerItem()
        leave_to_the_proofreading(RequestFactory().get("/"), [here, elsewhere], None)
        assert SAID_HERE.isdisjoint(here.axe_run_only)
        assert "link-name" in here.axe_run_only
        assert set(elsewhere.axe_run_only) >= SAID_HERE


def test_the_command_reads_what_is_published_where_it_is_asked(page):
    make_content_page(page.territory, "Brouillon", introduction="Quoi ??", published=False)

    def read(slug):
        out = StringIO()
        call_command("proofread", territory=slug, stdout=out)
        return out.getvalue()

    assert f"alpha · Venir ({page.pk}, fr)" in read("alpha")
    assert "Sigle non expliqué, Texte : « GIP »" in read("alpha")
    assert "Brouillon" not in read("alpha")
    assert "Venir" not in read("beta")
    with pytest.raises(CommandError, match="nulle-part"):
        read("nulle-part")
