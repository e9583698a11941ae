import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.wording.folding import LONGEST_QUERY, clean, fold, words
from portal.search.wording.places import forget_places, places_of, whole_of
from portal.search.wording.question import Part, Wording, wording
from portal.search.wording.stems import prepare, stem
from portal.search.wording.synonyms import phrase_of, read
from territories.places.models import Neighbourhood
from tests.factories import make_territory


@pytest.mark.parametrize(
    "alike",
    [
        "atelier ateliers Ateliers ATELIER",
        "école ecole écoles ECOLE",
        "conseiller conseillers conseillère conseillères conseillere",
        "formation formations",
        "emploi emplois",
        "permis permi",
        "métier métiers metier",
        "mobilité mobilités mobilite",
        "français française françaises francais",
        "réfugié réfugiée réfugiés réfugiées",
        "médiateur médiatrice médiatrices",
        "coiffeur coiffeuse coiffeuses",
        "animal animaux",
        "social sociale sociaux sociales",
        "lieu lieux",
        "bureau bureaux",
        "œuvre oeuvre œuvres",
        "ouvrier ouvrière ouvrières",
        "technicien technicienne",
        "workshop workshops",
    ],
)
def test_forms_of_one_word_have_one_stem(alike):
    assert len({prepare(word) for word in alike.split()}) == 1


@pytest.mark.parametrize(
    "alike",
    [
        "عمل العمل للعمل والعمل لعملي",
        "وظيفة الوظيفة والوظيفة",
        "الفرنسية فرنسية بالفرنسية",
        "طفل طفلي لطفلي الطفل",
        "مساعدة المساعدة ومساعدة مساعدتي",
        "بطاقة البطاقة بطاقات بطاقتي",
        "لغة اللغة",
    ],
)
def test_forms_of_one_arabic_word_have_one_stem(alike):
    assert len({prepare(word) for word in alike.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("permis", "permanence"), ("cv", "cva"), ("bus", "but"), ("stage", "étage")),
        *(("rsa", "rse"), ("france", "français"), ("فرنسا", "فرنسية")),
    ],
)
def test_different_words_keep_different_stems(one, other):
    assert prepare(one) != prepare(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’école", ["ecole"]),
        ("L'école d‘ici, qu’on aime", ["ecole", "ici", "on", "aime"]),
        ("aujourd’hui", ["aujourd", "hui"]),
        ("auto-école", ["auto", "ecole"]),
        ("Cœur d’Œuvre", ["coeur", "oeuvre"]),
        ("C.A.F. et R.S.A", ["caf", "et", "rsa"]),
        ("100 % gratuit_", ["100", "gratuit"]),
        ("مُساعدة", ["مساعدة"]),
        ("", []),
    ],
)
def test_words_are_folded_and_lose_their_elisions(text, expected):
    assert words(text) == expected


@pytest.mark.django_db
def test_empty_words_are_dropped_from_a_question_that_holds_others():
    assert wording("je cherche une formation").stems == (stem("formation"),)
    assert wording("la").stems == ("la",)


@pytest.mark.django_db
def test_a_word_of_asking_stays_in_a_phrase_that_means_something():
    lists = read({"towards": [{"said": ["reprendre un travail"], "means": ["retour à l’emploi"]}]})

    def parts(question: str) -> list[tuple[str, ...]]:
        return [part.stems for part in wording(question, synonyms=lists).parts]

    assert parts("je veux reprendre le travail") == [("reprendr", "travail")]
    assert parts("reprendre la couture, un travail") == [("coutur",), ("travail",)]


@pytest.mark.django_db
def test_a_small_word_in_the_midst_does_not_break_a_phrase():
    lists = read({"towards": [{"said": ["ouvrir un restaurant"], "means": ["création"]}]})

    def parts(question: str) -> list[tuple[str, ...]]:
        return [part.stems for part in wording(question, synonyms=lists).parts]

    assert parts("ouvrir un petit restaurant") == [("ouvr", "restaur")]
    # Elsewhere it tells what it says.
    assert parts("un petit restaurant") == [("petit",), ("restaur",)]
    assert parts("ouvrir petit") == [("ouvr",), ("petit",)]


@pytest.mark.django_db
def test_a_question_of_signs_alone_asks_for_nothing():
    for question in ("", "   ", "\0", "\"'*()", "-–—", "«»", "_ _"):
        assert not wording(question)


def test_a_question_is_cut_after_two_hundred_characters():
    assert len(clean("é" * 10_000, LONGEST_QUERY)) == LONGEST_QUERY


@given(st.text())
def test_any_text_becomes_words_that_hold_letters_and_figures_only(text):
    assert "\0" not in clean(text)
    for word in prepare(text).split():
        assert word == "".join(character for character in word if character.isalnum())
        assert fold(word) == word


@pytest.mark.django_db
@settings(deadline=None)
@given(st.text())
def test_preparing_twice_the_same_text_gives_the_same_words(text):
    assert prepare(text) == prepare(text)
    assert wording(text) == wording(clean(text, LONGEST_QUERY))


@pytest.mark.django_db
class TestWhatNarrows:
    """« When », « how much » and « where » tell less than what is looked for."""

    def parts(self, question: str, **known) -> list[tuple[str, ...]]:
        return [part.stems for part in wording(question, **known).parts]

    def test_it_is_left_out_when_nobody_has_what_the_question_is_about(self):
        assert self.parts("netflix gratuit demain") == [("netflix",)]
        assert self.parts("crèche gratuite") == [("crech",), ("gratuit",)]

    def test_it_is_looked_for_when_nothing_else_is_asked(self):
        assert self.parts("gratuit demain") == [("gratuit",), ("demain",)]

    def test_what_all_of_the_site_is_about_narrows_what_else_is_asked(self):
        def wanted(question, **known):
            return [part.stems for part in wording(question, **known).wanted]

        assert wanted("couture après le travail") == [("coutur",)]
        assert wanted("couture sans travail") == [("coutur",), ("san", "travail")]
        assert wanted("travail") == [("travail",)]
        assert wanted("travail gratuit") == [("travail",)]
        assert wanted("emploi Lormont", places={("lormont",)}) == [("emploi",), ("lormont",)]

    def test_the_name_of_a_place_is_one_part(self):
        places = {("grac", "dieu")}
        found = wording("crèche à la Grâce de Dieu", places=places).parts
        assert [(part.stems, part.is_place) for part in found] == [
            (("crech",), False),
            (("grac", "dieu"), True),
        ]

    def test_the_name_of_the_whole_territory_only_narrows(self):
        known = {"places": {("caen",), ("lormont",)}, "whole": {("caen", "mer"), ("caen",)}}
        found = wording("avocat à Caen", **known)
        assert [part.stems for part in found.parts] == [("avocat",), ("caen",)]
        assert [part.stems for part in found.wanted] == [("avocat",)]
        assert len(wording("vélo Caen la mer", **known).wanted) == 1
        assert len(wording("avocat Lormont", **known).wanted) == 2
        assert wording("Caen", **known).wanted

    def test_a_word_that_means_something_else_is_no_place(self):
        assert not wording("permis", places={("perm",)}).parts[0].is_place


class TestWhatAnswersSomeOfIt:
    def test_what_stands_for_a_phrase_answers_each_of_its_words(self):
        part = Part(("titr", "sejour"), (("etrang",), ("prefectur",)))
        assert [one.stems for one in part.loosened()] == [("titr",), ("sejour",)]
        assert all(one.others == part.others for one in part.loosened())

    def test_half_the_words_of_a_phrase_are_not_enough_when_nothing_else_is_asked(self):
        part = Part(("titr", "sejour"), (("etrang",),))
        assert len(Wording((part,)).loose_parts) == 3
        assert len(Wording((part, Part(("expir",)))).loose_parts) == 3

    def test_a_protected_name_is_one_thing(self):
        part = Part(("cite", "emploi"))
        assert list(part.loosened()) == [part]


@pytest.mark.django_db
class TestPlaces:
    def test_a_territory_goes_by_its_name_and_by_the_town_it_is_named_after(self):
        communes = ["14118:Caen", "14167:Colombelles"]
        alpha = make_territory("alpha", name="Caen la mer", communes=communes)
        forget_places()
        assert whole_of(alpha, places_of(alpha)) == {phrase_of("Caen la mer"), phrase_of("Caen")}
        assert whole_of(None, places_of(None)) == frozenset()

    def test_they_are_those_of_the_territory_and_of_all_on_the_portal(self):
        alpha = make_territory("alpha", communes=["14327:Hérouville-Saint-Clair"])
        make_territory("beta", communes=["31555:Toulouse"])
        forget_places()
        assert places_of(alpha) == {phrase_of("Hérouville Saint-Clair"), phrase_of("Hérouville")}
        assert places_of(None) > places_of(alpha)
        assert phrase_of("Toulouse") in places_of(None)

    def test_a_neighbourhood_goes_by_each_of_its_names(self):
        alpha = make_territory("alpha", communes=["14327:Hérouville"])
        commune = alpha.communes.get()
        name = "Les Belles Portes et la Grande Delle"
        alpha.neighbourhoods.add(Neighbourhood.objects.create(commune=commune, name=name))
        forget_places()
        assert {phrase_of("Belles Portes"), phrase_of("Grande Delle")} <= places_of(alpha)
