"""Not known is not zero; what cannot be is refused, what is unlikely is asked about."""

import pytest
from django.core.exceptions import ValidationError

from labelling.models import INDICATORS, Moment
from labelling.reports.doubts import doubts_about, doubts_about_words
from labelling.reports.figures import LIMITS, check_figures, impossible, read_figure


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        *(("12", 12), ("0", 0), (" 1 200 ", 1200), ("1 200", 1200), ("12.0", 12), ("12,00", 12)),
        *((7, 7), (7.0, 7), ("٣", None), ("1000000", 1_000_000)),
        *((None, None), ("", None), ("  ", None), ("Je ne sais pas", None), ("Inconnu", None)),
        *(
            ("NSP", None),
            ("?", None),
            ("-", None),
            ("—", None),
            ("N/A", None),
            ("non  connu", None),
        ),
        *(("Je\u00a0ne sais pas", None), ("Unknown", None), ("I don’t know", None)),
    ],
)
def test_a_figure_is_read_however_it_is_written(typed, read):
    if typed == "٣":
        with pytest.raises(ValidationError, match="nombre entier"):
            read_figure(typed)
    else:
        assert read_figure(typed) == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        *(("-3", "plus petit que zéro"), ("−3", "plus petit que zéro")),
        *(("12,5", "nombre entier"), ("environ 20", "nombre entier"), ("1e3", "nombre entier")),
        *(("9" * 13, "trop grand"), ("1000001", "trop grand"), (True, "nombre entier")),
    ],
)
def test_what_is_no_figure_is_refused_with_a_sentence(typed, said):
    with pytest.raises(ValidationError, match=said):
        read_figure(typed)


def figures(**known):
    return {**dict.fromkeys(INDICATORS), **known}


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: "+".join(limit.parts))
def test_no_part_is_ever_more_than_the_whole(limit):
    share = dict.fromkeys(limit.parts, 10)
    whole = 10 * len(share)
    assert not list(impossible(figures(**share, **{limit.whole: whole}), Moment.LATER))
    [(name, sentence)] = impossible(figures(**share, **{limit.whole: whole - 1}), Moment.LATER)
    assert name == limit.parts[0]
    assert sentence.count("«") == len(share) + 1 and "Personnes venues" in sentence
    # One part alone, the other not known.
    assert list(impossible(figures(**{limit.parts[0]: 5, limit.whole: 4}), Moment.LATER))


def test_the_sentence_names_both_fields_and_their_figures():
    with pytest.raises(ValidationError) as refused:
        check_figures(figures(women=12, men=10, reached=20), Moment.LATER)
    assert refused.value.messages == [
        "« Femmes » (12) et « Hommes » (10) font 22 : c’est plus que « Personnes venues » (20)."
    ]


def test_what_is_not_known_contradicts_nothing():
    check_figures(figures(women=12, men=10), Moment.LATER)
    check_figures(figures(reached=0), Moment.LATER)
    with pytest.raises(ValidationError):
        check_figures(figures(reached=0, women=1), Moment.LATER)


def test_who_was_hired_is_not_known_just_after():
    with pytest.raises(ValidationError, match="un mois après"):
        check_figures(figures(reached=9, hired=0), Moment.JUST_AFTER)
    check_figures(figures(reached=9, hired=0), Moment.LATER)


@pytest.mark.parametrize(
    ("known", "expected", "said"),
    [
        ({"reached": 210, "hired": 200}, 0, "200 personnes retenues"),
        ({"reached": 40, "in_qpv": 40}, 0, "habitent toutes"),
        ({"reached": 800}, 80, "80 étaient attendues"),
        ({"reached": 100_000}, 0, "c’est beaucoup"),
        ({"directed": 10_000}, 0, "« Orientées vers un conseiller emploi » : 10000"),
        ({"actions": 400}, 0, "plus d’une par jour"),
    ],
)
def test_unlikely_figures_are_asked_about(known, expected, said):
    [doubt] = doubts_about(figures(**known), expected=expected)
    assert said in doubt.sentence


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"reached": 210, "hired": 105}, 0),
        ({"reached": 4, "hired": 4, "in_qpv": 4}, 0),
        ({"reached": 799}, 80),
        ({"in_qpv": 30}, 0),
        ({"actions": 366}, 0),
    ],
)
def test_likely_figures_are_not(known, expected):
    assert not list(doubts_about(figures(**known), expected=expected))


def test_a_figure_that_changes_is_asked_about_again():
    def key(**known):
        return [doubt.key for doubt in doubts_about(figures(**known), expected=0)]

    assert key(reached=210, hired=200) == key(reached=210, hired=200)
    assert key(reached=210, hired=200) != key(reached=210, hired=201)


def test_words_that_name_somebody_are_pointed_at():
    said = {"worked": "Écrivez à lea@exemple.fr", "difficult": "06 39 98 12 34", "advice": "12 000"}
    assert [doubt.sentence.split(" »")[0] for doubt in doubts_about_words(said)] == [
        "« lea@exemple.fr",
        "« 06 39 98 12 34",
    ]
