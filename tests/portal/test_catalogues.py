"""Every word of the interface in every language of the site, found in the code and compiled."""

import gettext
from collections import defaultdict
from pathlib import Path

import django
import pytest
import wagtail
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import gettext as translated
from django.utils.translation import ngettext, override, pgettext

from portal.languages import catalogues

LANGUAGES = catalogues.languages()
every_room = pytest.mark.parametrize("room", catalogues.rooms())
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_language
@every_room
def test_catalogues_are_in_line_with_the_code_and_complete(room, language):
    catalogue = catalogues.in_line(room, language)
    po, mo = catalogues.written(catalogue)
    path = catalogues.po_file(room, language)
    advice = "Run: manage.py catalogues, then translate what is empty."
    assert path.read_bytes() == po, advice
    assert path.with_suffix(".mo").read_bytes() == mo, advice
    assert [message.id for message in catalogues.lacking(catalogue)] == [], advice
    errors = [(message.id, error) for message in catalogue for error in message.check(catalogue)]
    assert errors == []


@every_language
def test_what_several_rooms_say_is_translated_once(language):
    # Django merges the catalogues: the words of one room would show in all of them.
    found = defaultdict(set)
    for room in catalogues.rooms():
        for message in catalogues.read(room, language):
            if message.id:
                found[message.id, message.context].add(message.string)
    assert {key: words for key, words in found.items() if len(words) > 1} == {}


def their_words(language: str) -> dict[str, str]:
    """What Django and Wagtail say in a language, by their English messages."""
    found = {}
    folders = [Path(django.__file__).parent, Path(wagtail.__file__).parent]
    for folder in folders:
        for path in folder.rglob(f"locale/{language}/LC_MESSAGES/django.mo"):
            with path.open("rb") as file:
                found |= gettext.GNUTranslations(file)._catalog
    return {words: said for words, said in found.items() if isinstance(words, str)}


def test_no_french_message_is_a_message_of_wagtail_that_means_something_else():
    # « Plus » is more in French and a sign in English: with one name for both, our word would
    # show in Wagtail's French, or Wagtail's in ours.
    french = their_words("fr")
    ours = {
        message.id
        for room in catalogues.rooms()
        for message in catalogues.messages(room)
        if isinstance(message.id, str) and not message.context
    }
    assert {words: french[words] for words in ours & french.keys() if french[words] != words} == {}


class TestExtraction:
    """A room of one Python file and one template."""

    @pytest.fixture
    def room(self, tmp_path, monkeypatch):
        (tmp_path / "templates").mkdir()
        (tmp_path / "migrations").mkdir()
        (tmp_path / "migrations" / "0001.py").write_text("_('dans une migration')")
        (tmp_path / "words.py").write_text(
            "_('un mot')\nngettext('%(n)d jour', '%(n)d jours', n)\n"
            "# Translators: de la porte\npgettext('entrée', 'marche')\n"
        )
        (tmp_path / "templates" / "page.html").write_text(
            "<p>\n  {% translate 'une page' %}\n {% blocktranslate count n=2 trimmed %}\n"
            "     {{ n }} page\n   {% plural %}\n {{ n }} pages\n {% endblocktranslate %}</p>"
        )
        monkeypatch.setattr(catalogues, "folder_of", lambda label: tmp_path)
        return tmp_path

    def test_words_of_code_and_templates_are_found_those_of_migrations_are_not(self, room):
        found = {message.id for message in catalogues.messages("room")}
        assert found == {
            "un mot",
            ("%(n)d jour", "%(n)d jours"),
            "marche",
            "une page",
            ("%(n)s page", "%(n)s pages"),
        }

    def test_words_already_written_are_kept_and_those_gone_from_the_code_leave(self, room, capsys):
        call_command("catalogues", "room")
        path = catalogues.po_file("room", "en")
        said = path.read_text().replace(
            'msgid "un mot"\nmsgstr ""', 'msgid "un mot"\nmsgstr "a word"'
        )
        path.write_text(said)
        (room / "templates" / "page.html").unlink()
        call_command("catalogues", "room", dry_run=True)
        assert path.read_text() == said
        call_command("catalogues", "room")
        assert "a word" in path.read_text() and "une page" not in path.read_text()
        assert "Translators: de la porte" in path.read_text()
        assert "3 messages, 2 à traduire" in capsys.readouterr().out

    def test_written_twice_it_is_the_same_file(self, room):
        call_command("catalogues", "room")
        first = catalogues.po_file("room", "ar").read_bytes()
        call_command("catalogues", "room")
        assert catalogues.po_file("room", "ar").read_bytes() == first

    def test_an_unknown_room_is_named(self):
        with pytest.raises(CommandError, match="« nowhere » n’est pas une application installée"):
            call_command("catalogues", "nowhere")


@every_language
def test_the_site_reads_them(language):
    with override(language):
        assert translated("Chercher") != "Chercher"
        assert pgettext("un seul", "Rendez-vous") != translated("Rendez-vous")


def test_arabic_counts_in_six_ways():
    with override("ar"):
        said = {
            ngettext("%(count)d aide", "%(count)d aides", number) % {"count": number}
            for number in (1, 2, 3, 11, 100)
        }
    assert len(said) == 5


def test_every_language_of_the_site_has_catalogues():
    assert {code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES} == {"fr", *LANGUAGES}
