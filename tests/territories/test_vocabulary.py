"""Governed words in every language of the site."""

import pytest
from django.conf import settings
from django.utils.translation import override

from territories.models import Term
from territories.vocabulary.families import families
from territories.vocabulary.loading import load_terms, terms_file, words_files
from territories.vocabulary.words import words_of

PORTAL = {"host": "localhost"}
OTHER_LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_every_term_but_the_proper_names_of_networks_has_words(language):
    words = words_files()[language]
    for fact in terms_file()["terms"]:
        if fact["kind"] != Term.Kind.NETWORK:
            assert words[fact["kind"]][fact["code"]].strip(), (language, fact["code"])


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_no_words_are_left_of_a_term_that_is_gone(language):
    known = {(fact["kind"], fact["code"]) for fact in terms_file()["terms"]}
    for kind, words in words_files()[language].items():
        assert {(kind, code) for code in words} <= known


@pytest.mark.django_db
class TestWords:
    @pytest.fixture
    def term(self):
        term = Term.objects.get(kind="theme-category", code="mobilite")
        term.translations = {"en": "Get around", "ar": ""}
        term.save()
        return term

    def test_they_follow_the_visitors_language_and_fall_back_to_french(self, term):
        assert term.words == term.resident_label
        with override("en"):
            assert term.words == str(term) == "Get around"
        with override("ar"):
            assert term.words == term.resident_label

    def test_families_kept_in_the_cache_speak_every_language(self, term):
        assert families()["mobilite"].words == term.resident_label
        with override("en"):
            assert families()["mobilite"].words == "Get around"

    def test_lists_read_them_in_their_own_query(self, term, django_assert_num_queries):
        theme = Term.objects.filter(parent=term).first()
        for language in ("fr", "en", "ar"):
            with override(language), django_assert_num_queries(1):
                found = Term.objects.filter(pk=theme.pk).annotate(said=words_of("parent")).get()
            assert found.said == {"en": "Get around"}.get(language, term.resident_label)

    def test_a_new_language_is_filled_in_and_what_was_written_or_emptied_is_kept(self, term):
        term.translations = {"en": ""}
        term.save()
        load_terms()
        term.refresh_from_db()
        assert term.translations["en"] == ""
        assert term.translations["ar"] == words_files()["ar"]["theme-category"]["mobilite"]
        assert load_terms() == (0, 0)

    def test_the_national_team_writes_them_in_fields_of_their_own(self, term, client, admin_user):
        client.force_login(admin_user)
        address = f"/admin/snippets/territories/term/edit/{term.pk}/"
        form = client.get(address, headers=PORTAL).context["form"]
        assert form["words_en"].value() == "Get around"
        response = client.post(
            address,
            {
                "resident_label": term.resident_label,
                "words_en": "Drive and move",
                "words_ar": "التنقل",
                "icon": term.icon,
                "position": term.position,
            },
            headers=PORTAL,
        )
        assert response.status_code == 302, response.context["form"].errors
        term.refresh_from_db()
        assert term.translations == {"en": "Drive and move", "ar": "التنقل"}
