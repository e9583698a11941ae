"""What stands in a reader's way: each rule with what it finds and what it lets pass."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territories.proofreading.checking import check_passages
from territories.proofreading.findings import KINDS
from territories.proofreading.in_french import reading_level
from territories.proofreading.passages import Heading, Passage, Picture, of_html, of_plain
from territories.proofreading.sentences import sentences, syllables, words

TWENTY_ONE = "Nous " + "marchons ensemble vers le marché puis " * 3 + "nous rentrons."
EASY = "Venez mardi. C’est gratuit. On boit un café. Vous parlez avec trois patrons du quartier. "
HARD = (
    "La mobilisation interinstitutionnelle des professionnels favorise la sécurisation des "
    "parcours individualisés préalablement identifiés. "
)


def kinds(passage, language="fr", known=()):
    passages = passage if isinstance(passage, list) else [passage]
    return [one.kind for one in check_passages(passages, language=language, known=known)]


def html(text):
    return of_html(text, "Texte", "a")


def plain(text):
    return of_plain(text, "Texte", "a")


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        (html('<p><a href="/a">Cliquez ici</a></p>'), ["link-vague"]),
        (html('<p><a href="/a">ici</a></p>'), ["link-vague"]),
        (html('<p><a linktype="page" id="3">En savoir plus…</a></p>'), ["link-vague"]),
        (html('<p><a href="/a"> </a></p>'), ["link-vague"]),
        (html('<p><a href="/a">Plus d\'informations</a></p>'), ["link-vague"]),
        (html('<p><a href="/a">Les horaires du bus</a></p>'), []),
        (html('<p><a href="/a">Le café d’ici</a></p>'), []),
        (html('<p><a href="/a">https://example.org/a</a></p>'), ["link-bare"]),
        (plain("Voyez www.example.org/dossier."), ["link-bare"]),
        (plain("Le site example.org dit tout."), []),
        (html('<p><a href="/a">Le plan</a> <a href="/b">Le plan</a></p>'), ["link-twice"]),
        (html('<p><a href="/a">Le plan</a> <a href="/a">Le plan</a></p>'), []),
        ([html('<a href="/a">Le plan</a>'), html('<a href="/b">le plan</a>')], ["link-twice"]),
        (Passage("Image", "a", pictures=[Picture("", "Marché")]), ["alt-missing"]),
        (html('<embed embedtype="image" id="1" alt="">'), ["alt-missing"]),
        (Passage("Image", "a", pictures=[Picture("IMG_2034.jpg", "")]), ["alt-useless"]),
        (Passage("Image", "a", pictures=[Picture("Une photo", "")]), ["alt-useless"]),
        (Passage("Image", "a", pictures=[Picture("Le marché " * 16, "")]), ["alt-useless"]),
        (Passage("Image", "a", pictures=[Picture("Deux femmes au marché", "")]), []),
        (Passage("Titre", "a", headings=[Heading(3, "Venir")]), ["heading-skipped"]),
        (Passage("Titre", "a", headings=[Heading(2, " ")]), ["heading-empty"]),
        (html("<h3></h3>"), ["heading-empty"]),
        (Passage("Titre", "a", headings=[Heading(2, "Venir"), Heading(3, "En bus")]), []),
        ([Passage("Titre", "a", headings=[Heading(2, "Venir")]), html("<h3>En bus</h3>")], []),
        ([Passage("Titre", "a", headings=[Heading(2, "Venir")]), html("<h4>En bus</h4>")],
         ["heading-skipped"]),
        (of_html("<h3>En bus</h3>", "En détail", "a", above=2), []),
        (plain(TWENTY_ONE), ["sentence-long"]),
        (plain(TWENTY_ONE.replace("Nous ", "", 1)), []),
        (plain("Appelez le 05 36 49 12 12 " + "et " * 13), ["phone"]),
        (html("<ul><li>" + "</li><li>".join(["dix mots"] * 30) + "</li></ul>"), []),
        (plain("Oui, oui. " * 41), ["paragraph-long"]),
        (plain("Le GIP décide."), ["acronym"]),
        (plain("L’ANRU et l'ANRU, du GIP."), ["acronym", "acronym"]),
        (plain("Le GIP (groupement d’intérêt public) décide."), []),
        (plain("Le groupement d’intérêt public (GIP) décide. Le GIP vote."), []),
        (plain("Votre CV, au XXIe siècle, Louis XIV, par SMS, niveau A2, QP031007"), []),
        (plain("Écrivez à Contact@GIP.fr"), []),
        (plain("INSCRIPTION OBLIGATOIRE"), ["capitals"]),
        (plain("Le forum est OBLIGATOIRE"), ["capitals"]),
        (plain("NE PAS ENTRER"), ["capitals"]),
        (plain("Le GEIQ BTP recrute"), ["acronym", "acronym"]),
        (plain("Vous venez ?!"), ["punctuation"]),
        (plain("Venez !!"), ["punctuation"]),
        (plain("Et puis....."), ["punctuation"]),
        (plain("Vous venez ? Oui ! Et puis…"), []),
        (plain("Rendez-vous mardi prochain"), ["date-vague"]),
        (plain("La semaine prochaine, on ferme"), ["date-vague"]),
        (plain("Mardi 3 mars, puis les mardis"), []),
        (html("<p>Appelez le 05 36 49 12 00.</p>"), ["phone"]),
        (html('<p><a href="tel:+33536491200">05 36 49 12 00</a></p>'), []),
        (html("<table><tr><td>9 h</td></tr></table>"), ["table-header"]),
        (html("<table><tr><th>Heure</th></tr></table>"), []),
        (Passage("Documents", "a", documents=["prog_mars-v2.pdf"]), ["document-name"]),
        (Passage("Documents", "a", documents=["Programme de mars"]), []),
        (plain(HARD * 6), ["reading-level"]),
        (plain(EASY * 4), []),
    ],
)  # fmt: skip
def test_a_rule_finds_what_is_to_mend_and_nothing_else(passage, found):
    assert kinds(passage) == found


def test_each_kind_is_proven_above():
    (cases,) = [
        mark.args[1]
        for mark in test_a_rule_finds_what_is_to_mend_and_nothing_else.pytestmark
        if mark.name == "parametrize"
    ]
    assert {kind for _passage, found in cases for kind in found} == set(KINDS)


def test_what_the_glossary_explains_is_explained():
    assert kinds(plain("Le GIP décide."), known={"GIP"}) == []


def test_a_page_of_another_language_is_read_for_what_depends_on_none():
    text = '<p>The GIP! INSCRIPTION OBLIGATOIRE mardi prochain. <a href="/a">ici</a></p><h4>A</h4>'
    assert kinds(html(text + f"<p>{TWENTY_ONE}</p>"), language="en") == ["heading-skipped"]


def test_a_finding_leads_to_its_field_and_quotes_the_words():
    (one,) = check_passages([of_plain(TWENTY_ONE, "Introduction", "panel-introduction")])
    assert (one.where, one.anchor) == ("Introduction", "panel-introduction")
    assert one.sentence == TWENTY_ONE
    assert one.advice.startswith("21 mots.")
    assert str(one.label) == "Phrase longue"


def test_sentences_and_words_are_counted_as_they_are_read():
    assert sentences("Voyez M. Dupont. Il répond ! « Oui. » Le 3.5 aussi") == [
        "Voyez M. Dupont.", "Il répond !", "« Oui. »", "Le 3.5 aussi",
    ]  # fmt: skip
    assert len(words("L’emploi, un rendez-vous au 05 36 49 12 00")) == 5


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("le", 1), ("aide", 1), ("tables", 1), ("langue", 1), ("école", 2), ("quartier", 2),
        ("guichet", 2), ("maïs", 2), ("théâtre", 2), ("famille", 2), ("employeur", 3),
        ("association", 4), ("réalité", 4), ("rendez-vous", 3), ("œuvre", 1),
    ],
)  # fmt: skip
def test_syllables_are_those_one_says(word, number):
    assert syllables(word) == number


def test_how_a_text_reads_is_said_in_words():
    assert reading_level([EASY * 4]) == "easy"
    assert reading_level([HARD * 6]) == "hard"
    assert reading_level([EASY]) == ""


ANYTHING = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<a href='", "'>", "</a>", "<h3>", "</h3>", "<h9>", "<table>", "<th>",
         "<![", "<!--", "-->", "<?", "&#", "&amp;", "<embed embedtype='image' alt=", "<", ">",
         "05 36 49 12 00",
         "GIP", "(", ")", " ", "\n", ".", "?", "M.", "é", "https://"]
    )
    | st.text(max_size=8)
).map("".join)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(ANYTHING)
def test_whatever_was_typed_is_read_without_a_mistake(text):
    for passage in (html(text), plain(text)):
        for one in check_passages([passage]):
            assert one.kind in KINDS
            assert one.advice


def test_a_long_page_is_read_in_a_blink():
    body = [html(f"<h3>Titre</h3><p>{EASY}</p><ul><li>{TWENTY_ONE}</li></ul>") for _ in range(60)]
    before = process_time()
    check_passages(body)
    assert process_time() - before < 0.5
