"""The lists of `data/synonyms/`, and how a question is cut along them."""

import tomllib

from portal.search.wording.folding import GRAMMAR, words
from portal.search.wording.question import without_asking
from portal.search.wording.stems import prepare
from portal.search.wording.synonyms import FOLDER, national, phrase_of, read

LISTS = {
    "same": [{"words": ["emploi", "travail"], "said": ["boulot"]}],
    "towards": [{"said": ["vélo"], "means": ["mobilité"]}],
    "protected": ["Cité de l’emploi"],
}


def ways(question: str) -> dict[str, list[str]]:
    cut = read(LISTS).cut(prepare(question).split())
    return {" ".join(phrase): [" ".join(way) for way in found] for phrase, found in cut}


def test_words_of_a_group_stand_for_one_another_and_what_is_said_for_them():
    assert ways("emploi") == {"emploi": ["travail"]}
    assert ways("boulot") == {"boulot": ["emploi", "travail"]}


def test_a_direction_is_never_taken_the_other_way():
    assert ways("vélo") == {"velo": ["mobilit"]}
    assert ways("mobilité") == {"mobilit": []}


def test_a_protected_name_stays_whole_whatever_its_small_words():
    assert ways("la cité d’emploi") == {"cite emploi": []}
    assert ways("cité et emplois durables") == {"cite emploi": [], "durabl": []}


def test_slang_means_all_that_its_plain_word_does_and_nothing_of_what_else_is_said():
    lists = {
        "same": [{"words": ["emploi", "travail"]}],
        "towards": [{"said": ["perdre mon travail"], "means": ["licenciement"]}],
        "instead": [{"said": ["taf", "turbin"], "of": "travail"}],
    }
    found = read(lists)
    assert found.meanings[("taf",)] == (("travail",), ("emploi",))
    assert ("taf",) not in found.meanings[("travail",)]
    assert found.of(phrase_of("perdre mon taf")) == (
        phrase_of("perdre mon travail"),
        phrase_of("licenciement"),
    )
    assert found.of(phrase_of("trouver un taf")) is None


def test_a_protected_name_is_not_said_in_slang():
    found = read(
        {"protected": ["maison du travail"], "instead": [{"said": ["taf"], "of": "travail"}]}
    )
    assert found.of(phrase_of("maison du travail")) == ()
    assert found.of(phrase_of("maison du taf")) is None


def test_what_is_in_no_list_stands_for_itself():
    assert ways("couture emploi") == {"coutur": [], "emploi": ["travail"]}


def test_everyday_words_are_known_and_stand_for_nothing():
    found = read({"everyday": "météo œuf"})
    assert found.everyday == {"meteo", "oeuf"}
    assert not found.meanings and not found.words


def test_the_lists_of_the_site_hold_no_empty_phrase_and_nothing_that_stands_for_itself():
    meanings = national().meanings
    assert len(meanings) > 400
    for phrase, found in meanings.items():
        assert phrase and all(found), phrase
        assert phrase not in found, phrase


def test_the_lists_of_the_site_hold_nothing_that_loses_a_word_when_it_is_asked():
    lists = [tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.toml")]
    groups = [group for one in lists for name in ("same", "towards") for group in one.get(name, ())]
    assert len(groups) > 200
    for one in (one for group in groups for one in group.get("said", ())):
        telling = [word for word in words(one) if word not in GRAMMAR]
        assert len(telling) < 2 or list(without_asking(telling, national())) == telling, one


def test_what_costs_nothing_to_confuse_is_kept_apart():
    """Buses are no cars, a residence permit no driving licence."""
    meanings = national().meanings
    assert phrase_of("voiture") not in meanings[phrase_of("bus")]
    assert meanings[phrase_of("permis de séjour")]
    assert phrase_of("permis de conduire") not in meanings[phrase_of("permis de séjour")]
