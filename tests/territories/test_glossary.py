"""Words kept once, by the national team and by each territory for itself."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import make_content_page, make_member, make_territory
from wagtail.models import Locale

from territories.archive.parts import erase_parts, export_parts, restore_parts
from territories.glossary.loading import entries_file, load_entries
from territories.glossary.words import words_of
from territories.models import GlossaryEntry, JournalEntry

pytestmark = pytest.mark.django_db
PORTAL, ALPHA, BETA = ({"host": f"{name}localhost"} for name in ("", "alpha.", "beta."))
QPV_PAGE = [("text", {"text": "<p>Un QPV, puis un autre QPV.</p>"})]


def own(territory, term="QPV", definition="Notre quartier.", **fields):
    return GlossaryEntry.objects.create(
        territory=territory, code=term.lower(), term=term, definition=definition, **fields
    )


def meanings(territory=None, language="fr"):
    key = territory and territory.pk
    return {word.code: word.definition for word in words_of(key, language)}


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug)


class TestTheFile:
    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_each_word_has_a_short_meaning_in_each_language(self, language):
        assert 40 <= len(entries_file()) <= 60
        for fact in entries_file():
            said = fact["translations"][language]
            assert said["words"].strip()
            assert 0 < len(said["definition"]) <= 300
            assert 0 < len(fact["definition"]) <= 300

    def test_no_two_words_are_written_alike(self):
        forms = [form for fact in entries_file() for form in {fact["term"], *fact["spellings"]}]
        assert len(forms) == len(set(forms))

    def test_it_is_loaded_once_and_what_the_team_wrote_is_kept(self):
        entry = GlossaryEntry.objects.get(territory=None, code="qpv")
        entry.definition, entry.translations = "Dit autrement.", {"en": {}}
        entry.save()
        assert load_entries() == (0, 1)
        assert load_entries() == (0, 0)
        entry.refresh_from_db()
        assert entry.definition == "Dit autrement."
        assert entry.translations["en"] == {}
        assert entry.translations["ar"]["definition"]


class TestWordsOfASite:
    def test_a_territory_replaces_adds_and_hides_for_itself_alone(self, alpha):
        own(alpha)
        own(alpha, "CLE", "Un comité.")
        own(alpha, "RSA", is_retired=True)
        assert meanings(alpha)["qpv"] == "Notre quartier."
        assert meanings(alpha)["cle"] == "Un comité."
        assert "rsa" not in meanings(alpha)
        assert meanings()["qpv"] != "Notre quartier."
        assert "cle" not in meanings()
        assert "rsa" in meanings()

    def test_they_cost_one_query_then_none_and_follow_a_change(
        self, alpha, django_assert_num_queries, django_capture_on_commit_callbacks
    ):
        cache.clear()
        with django_assert_num_queries(1):
            assert meanings(alpha)
        with django_assert_num_queries(0):
            assert meanings(alpha)
        with django_capture_on_commit_callbacks(execute=True):
            entry = own(alpha)
        assert meanings(alpha)["qpv"] == "Notre quartier."
        with django_capture_on_commit_callbacks(execute=True):
            entry.delete()
            GlossaryEntry.objects.get(code="qpv").delete()
        assert "qpv" not in meanings(alpha)

    def test_without_a_translation_the_meaning_is_french(self, alpha):
        own(alpha, "CLE", "Un comité.")
        found = {word.code: word for word in words_of(alpha.pk, "ar")}
        assert (found["cle"].language, found["cle"].definition) == ("fr", "Un comité.")
        assert found["qpv"].language == "ar"

    def test_it_travels_and_is_erased(self, alpha):
        own(alpha, "CLE", "Un comité.", translations={"en": {"definition": "A committee."}})
        archive = {"territories.glossary": export_parts(alpha)["territories.glossary"]}
        assert erase_parts(alpha)["territories.glossary"] == 1
        assert GlossaryEntry.objects.filter(territory=None).count() == len(entries_file())
        for _twice in range(2):
            restore_parts(alpha, archive)
        assert GlossaryEntry.objects.get(territory=alpha).translations["en"]


class TestPublicPages:
    def test_the_glossary_of_each_site_in_each_language(self, client, alpha):
        own(alpha, "CLE", "Un comité.")
        html = client.get("/glossaire/", headers=ALPHA).content.decode()
        assert 'id="cle"' in html
        assert 'href="#lettre-q"' in html
        assert 'id="lettre-q"' in html
        assert 'id="cle"' not in client.get("/glossaire/", headers=PORTAL).content.decode()
        arabic = client.get("/ar/glossaire/", headers=ALPHA).content.decode()
        assert "حي ذو أولوية" in arabic
        assert '<dd lang="fr" dir="ltr"><p>Un comité.' in arabic
        assert "minimum income" in client.get("/en/glossaire/", headers=PORTAL).content.decode()

    def test_a_page_explains_the_first_of_each_word_at_its_foot(self, client, alpha):
        make_content_page(alpha, "Le QPV", introduction="Vivre en QPV.", body=QPV_PAGE)
        html = client.get("/le-qpv/", headers=ALPHA).content.decode()
        assert html.count('class="term"') == 1
        assert '<p class="lead">Vivre en <a class="term" id="vu-qpv" href="#mot-qpv"' in html
        assert html.count('id="mot-qpv"') == html.count('id="sens-qpv"') == 1
        assert html.index('id="mot-qpv"') < html.index("</main>")
        assert "<script>" not in html

    def test_a_page_without_such_words_has_no_list_of_them(self, client, alpha):
        make_content_page(alpha, "Bonjour", introduction="Rien de compliqué.")
        assert "mots-de-la-page" not in client.get("/bonjour/", headers=ALPHA).content.decode()

    def test_a_territorys_meaning_is_read_there_alone(self, client, alpha, beta):
        own(beta)
        for territory, host in ((alpha, ALPHA), (beta, BETA)):
            make_content_page(territory, "Page", introduction="Vivre en QPV.")
            html = client.get("/page/", headers=host).content.decode()
            assert ("Notre quartier." in html) == (territory == beta)

    def test_a_translated_page_is_explained_in_its_own_language(self, client, alpha):
        page = make_content_page(alpha, "Page", introduction="Vivre en QPV.")
        english = page.copy_for_translation(Locale.objects.get(language_code="en"))
        english.introduction = "Living in a priority neighbourhood (QPV), en QPV."
        english.save_revision().publish()
        html = client.get("/en/page/", headers=ALPHA).content.decode()
        assert 'aria-describedby="sens-qpv">priority neighbourhood</a> (QPV)' in html
        assert "have a low income" in html
        # Not translated in Arabic: the French page, with the French meaning, which says so.
        html = client.get("/ar/page/", headers=ALPHA).content.decode()
        assert 'aria-describedby="sens-qpv">QPV</a>' in html
        assert '<p id="sens-qpv" lang="fr" dir="ltr">' in html

    def test_it_costs_a_page_one_query_at_most(self, client, alpha):
        make_content_page(alpha, "Page", introduction="Vivre en QPV avec le RSA.", body=QPV_PAGE)
        cache.clear()
        with CaptureQueriesContext(connection) as cold:
            client.get("/page/", headers=ALPHA)
        assert sum("glossaryentry" in query["sql"] for query in cold) == 1
        with CaptureQueriesContext(connection) as warm:
            client.get("/page/", headers=ALPHA)
        assert not any("glossaryentry" in query["sql"] for query in warm)
        assert len(warm) <= 15


class TestTheAdmin:
    FORM = {"term": "Clé", "definition": "Un comité local."}

    def save(self, client, user, address="glossary_entries:add", *args, **form):
        client.force_login(user)
        path = reverse(address, args=args)
        return client.post(path, {**self.FORM, **form}, headers=PORTAL)

    def test_a_coordinator_keeps_the_words_of_their_territory(self, client, alpha):
        user = make_member(alpha)
        self.save(client, user, territory=alpha.pk)
        entry = GlossaryEntry.objects.get(territory=alpha)
        assert (entry.code, entry.term) == ("cle", "Clé")
        self.save(
            client, user, "glossary_entries:edit", entry.pk, term="Clés", territory=alpha.pk,
            words_en="a key", definition_en="A committee.",
        )  # fmt: skip
        entry.refresh_from_db()
        assert (entry.code, entry.term) == ("cle", "Clés")
        assert entry.translations["en"] == {"words": "a key", "definition": "A committee."}
        assert JournalEntry.objects.filter(territory=alpha, user=user).count() == 2
        listed = client.get(reverse("glossary_entries:index"), headers=PORTAL).content.decode()
        assert "Clés" in listed
        assert "RSA" not in listed, "the national ones are the national team's"

    def test_a_stranger_finds_changes_and_adds_nothing(self, client, alpha, beta):
        entry = own(alpha)
        national = GlossaryEntry.objects.get(territory=None, code="rsa")
        user = make_member(beta)
        for target in (entry, national):
            for view in ("edit", "delete", "history"):
                answer = self.save(client, user, f"glossary_entries:{view}", target.pk)
                assert answer.status_code == 404
        for owner in (alpha.pk, ""):
            answer = self.save(client, user, territory=owner)
            assert "territory" in answer.context["form"].errors
        assert self.save(client, make_member(beta, "editor")).status_code == 302
        assert not GlossaryEntry.objects.filter(code="cle").exists()
        client.logout()
        assert client.get(reverse("glossary_entries:index"), headers=PORTAL).status_code == 302

    def test_the_national_team_keeps_those_of_france_and_retires_them(self, client, alpha):
        team = make_member(None, "team", username="team")
        assert self.save(client, team).status_code == 302
        entry = GlossaryEntry.objects.get(code="cle")
        assert entry.territory is None
        self.save(client, team, "glossary_entries:delete", entry.pk)
        self.save(client, team, "glossary_entries:edit", entry.pk, is_retired="on")
        assert "cle" not in meanings(alpha)

    @pytest.mark.parametrize(
        ("form", "field"),
        [
            ({"term": "qpv"}, "term"),
            ({"term": "…"}, "term"),
            ({"definition": "x" * 301}, "definition"),
            ({"words_ar": "مفتاح"}, "definition_ar"),
        ],
    )
    def test_a_mistake_is_said_at_its_field(self, client, alpha, form, field):
        answer = self.save(client, make_member(None, "team", username="team"), **form)
        assert field in answer.context["form"].errors
        assert answer.status_code == 200
