"""What is typed in the admin, on top of the lists of the site."""

import pytest
from django.core.exceptions import ValidationError

from portal.search.models import Synonym
from portal.search.vocabulary.lines import Line, expressions, put_together
from portal.search.wording.question import wording
from portal.search.wording.synonyms import national, read

BASE = read({"towards": [{"said": ["vélo"], "means": ["mobilité", "transport"]}]})


def ways(question: str, *lines: tuple[str, str, str]) -> list[list[str]]:
    synonyms = put_together(BASE, [Line(*line) for line in lines])
    asked = wording(question, synonyms=synonyms)
    return [[" ".join(phrase) for phrase in part.others] for part in asked.parts]


def test_several_ways_of_saying_it_are_parted_by_commas():
    assert expressions(" boulot,taf ;  petit  job،عمل,, ") == ["boulot", "taf", "petit job", "عمل"]


@pytest.mark.django_db
class TestWhatItMeans:
    def test_one_way_is_one_way(self):
        line = ("towards", "gazole, gasoil", "carburant")
        assert ways("gazole", line) == ways("gasoil", line) == [["carbur"]]
        assert ways("carburant", line) == [[]]

    def test_both_ways_are_both_ways(self):
        line = ("same", "gazole", "carburant")
        assert ways("gazole", line) == [["carbur"]] and ways("carburant", line) == [["gazol"]]

    def test_it_is_added_to_what_the_site_knows(self):
        assert ways("vélo", ("towards", "vélo", "sport")) == [["mobilit", "transport", "sport"]]

    def test_a_link_of_the_site_is_undone_and_the_others_stay(self):
        assert ways("vélo", ("never", "vélo", "mobilité")) == [["transport"]]
        assert ways("gazole", ("never", "gazole", "mobilité")) == [[]]

    def test_a_name_stays_whole(self):
        assert ways("La Maison du vélo, un matin") == [[], ["mobilit", "transport"], []]
        assert ways("La Maison du vélo, un matin", ("name", "Maison du vélo", "")) == [[], []]

    def test_the_last_line_has_the_last_word(self):
        undone = ("never", "vélo", "mobilité")
        assert ways("vélo", undone, ("towards", "vélo", "mobilité")) == [["transport", "mobilit"]]

    def test_a_word_that_is_typed_in_the_admin_is_no_mistake(self):
        line = ("towards", "embloi", "stage")
        assert wording("embloi").meant == "emploi"
        for typed in ("embloi", "embloIs"):
            synonyms = put_together(national(), [Line(*line)])
            assert wording(typed, synonyms=synonyms).meant == ""


@pytest.mark.django_db
class TestWhatMayBeTyped:
    @pytest.mark.parametrize(
        ("said", "link", "means", "field", "sentence"),
        [
            ("", "towards", "emploi", "said", "champ"),
            (" , ", "towards", "emploi", "said", "par exemple : boulot"),
            ("gazole", "towards", "", "means", "par exemple : emploi"),
            ("de la", "towards", "emploi", "said", "« de la » ne dit rien"),
            ("gazole", "same", "avec", "means", "« avec » ne dit rien"),
            ("un deux trois quatre cinq six sept", "towards", "emploi", "said", "6 mots"),
            ("x" * 301, "towards", "emploi", "said", "300"),
            (",".join(f"mot{number}" for number in range(11)), "same", "emploi", "said", "10"),
            ("gazole, gazoles", "same", "les gazoles", "means", "des deux côtés"),
            ("Maison du vélo", "name", "vélo", "means", "videz ce champ"),
            ("boulot", "towards", "emploi", "said", "le sait déjà"),
            ("Cité de l’emploi", "name", "", "said", "le sait déjà"),
            ("gazole", "never", "emploi", "means", "rien à défaire"),
        ],
    )
    def test_a_mistake_is_said_at_its_field(self, said, link, means, field, sentence):
        with pytest.raises(ValidationError) as found:
            Synonym(said=said, link=link, means=means).full_clean()
        (words,) = found.value.message_dict[field]
        assert sentence in words

    @pytest.mark.parametrize(
        ("said", "link", "means"),
        [
            ("gazole, gasoil", "towards", "carburant"),
            ("boulot", "never", "emploi"),
            ("boulot, zigouille", "towards", "emploi"),
            ("وقود", "same", "carburant"),
            ("Maison du vélo", "name", ""),
        ],
    )
    def test_what_makes_sense_is_kept_and_may_be_kept_again(self, said, link, means):
        synonym = Synonym(said=said, link=link, means=means)
        synonym.full_clean()
        synonym.save()
        synonym.full_clean()
        with pytest.raises(ValidationError):
            Synonym(said=said, link=link, means=means).full_clean()

    def test_a_territory_need_not_say_what_france_says(self, alpha, beta, say):
        say("gazole", "carburant")
        say("taxi", "voiture de luxe", territory=beta)
        with pytest.raises(ValidationError, match="le sait déjà"):
            Synonym(said="gazole", means="carburant", territory=alpha).full_clean()
        Synonym(said="gazole", link="never", means="carburant", territory=alpha).full_clean()
        Synonym(said="taxi", means="voiture de luxe", territory=alpha).full_clean()
