"""What is kept of searches in vain: never who, and words only once they are common."""

from collections import Counter
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.search.insight import counting
from portal.search.insight.counting import READABLE_FROM, Ending, count_search, digest_of
from portal.search.insight.dealing import deal_with, deal_with_words
from portal.search.insight.forgetting import forget_searches
from portal.search.insight.readable import folded_words, readable_text
from portal.search.models import SearchTally, TallyKey, UnmetSearch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def room_for_new_words():
    cache.clear()


def search(text, times=1, *, territory=None, language="fr", ending=Ending.NOTHING):
    for _time in range(times):
        count_search(territory=territory, language=language, text=text, ending=ending)


def everything_kept() -> str:
    rows = [
        *TallyKey.objects.values_list(),
        *SearchTally.objects.values_list(),
        *UnmetSearch.objects.values_list(),
    ]
    return " ".join(str(value) for row in rows for value in row)


WORDS = st.sampled_from(["Zoé Martin", "zoe  martin", "Pénurie", "pelle", "06 39 98 12 61", "الحي"])
SEARCHES = st.lists(st.tuples(WORDS | st.text(max_size=8), st.sampled_from(Ending)), max_size=40)


class TestPlainWords:
    @settings(deadline=None, max_examples=25)
    @given(SEARCHES)
    @example([("Zoé Martin", Ending.NOTHING)] * 4 + [("zoe martin", Ending.OPENED)] * 9)
    @example([("Zoé Martin", Ending.LEFT)] * 5)
    def test_no_words_searched_for_less_than_five_times_in_vain_are_kept(self, searches):
        for model in (TallyKey, SearchTally, UnmetSearch):
            model.objects.all().delete()
        cache.clear()
        for text, ending in searches:
            search(text, ending=ending)
        in_vain = Counter(
            folded_words(text) for text, ending in searches if ending is not Ending.OPENED
        )
        rare = {words for words, times in in_vain.items() if times < READABLE_FROM}
        for kept in UnmetSearch.objects.all():
            assert folded_words(kept.text) == kept.folded and kept.folded not in rare
            assert in_vain[kept.folded] == kept.times >= READABLE_FROM
        for words in rare:
            assert len(words) < 4 or words not in everything_kept().casefold()
        counted = sum(times for words, times in in_vain.items() if words)
        assert SearchTally.objects.in_vain() + UnmetSearch.objects.in_vain() == counted

    def test_the_fifth_time_they_are_with_all_that_was_counted(self, alpha):
        search("Garde d’enfants", 2, territory=alpha)
        search("garde d'ENFANTS", 2, territory=alpha, ending=Ending.LEFT)
        search("garde d'enfants", 3, territory=alpha, ending=Ending.OPENED)
        assert not UnmetSearch.objects.exists()
        search("garde d’enfants !", 2, territory=alpha)
        found = UnmetSearch.objects.get()
        assert (found.text, found.territory, found.language) == ("garde d’enfants !", alpha, "fr")
        assert (found.without_result, found.without_click, found.opened) == (4, 2, 3)
        assert not SearchTally.objects.exists()

    def test_each_territory_and_language_counts_for_itself(self, alpha, beta):
        for territory in (alpha, beta, None):
            for language in ("fr", "ar"):
                search("permis", 4, territory=territory, language=language)
        assert not UnmetSearch.objects.exists()
        assert SearchTally.objects.values("digest").distinct().count() == 6

    @pytest.mark.parametrize(
        "text",
        [
            "nour@example.org", "nour (at) example.org", "06 39 98 12 61", "+33639981261",
            "06.39.98/12-61", "né le 12/03/85", "siret 00000000000026", "http://exemple.fr",
            "www.exemple.fr", "nour arobase exemple", "０６３９９８１２６１", "٠٦٣٩٩٨",
        ],
    )  # fmt: skip
    def test_what_may_say_who_somebody_is_is_never_readable(self, text):
        assert readable_text(text) == ""
        search(text, 9)
        assert not UnmetSearch.objects.exists()
        assert SearchTally.objects.in_vain() == 9

    def test_they_are_clean_and_not_too_long(self):
        assert readable_text(" RSA\x00 31000\n aide ") == "rsa 31000 aide"
        assert len(readable_text("mot " * 50)) == 80 and readable_text("mot " * 50).endswith("mot…")

    def test_nothing_and_what_folds_without_end_is_not_counted(self):
        for text in ("", " ", "?!", "\ufdfa" * 100):
            search(text)
        assert not SearchTally.objects.exists()


class TestTheKey:
    def test_it_changes_with_the_month_and_the_old_one_is_destroyed(self):
        with time_machine.travel("2026-03-31 12:00+02:00", tick=False):
            search("permis", 4)
            march = digest_of("permis", territory=None, language="fr", month=date(2026, 3, 1))
            secret = TallyKey.objects.get().secret
        with time_machine.travel("2026-04-01 12:00+02:00", tick=False):
            search("permis", 4)
            assert secret not in everything_kept()
            assert not UnmetSearch.objects.exists(), "eight times, under two keys"
            assert SearchTally.objects.exclude(digest=march).count() == 1

    def test_a_month_that_is_over_is_one_number(self, alpha):
        with time_machine.travel("2026-03-31 12:00+02:00", tick=False):
            for text in ("permis", "velo", "taxi"):
                search(text, 2, territory=alpha)
        for _twice in range(2):
            with time_machine.travel("2026-04-02 12:00+02:00", tick=False):
                forget_searches()
        left = SearchTally.objects.get()
        assert (left.digest, left.without_result, left.territory) == ("", 6, alpha)
        assert not TallyKey.objects.exists()

    def test_what_is_old_is_erased(self):
        with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
            search("permis", 5)
            search("taxi")
        with time_machine.travel("2026-08-20 12:00+02:00", tick=False):
            forget_searches()
            assert (UnmetSearch.objects.count(), SearchTally.objects.count()) == (1, 1)
        with time_machine.travel("2026-09-05 12:00+02:00", tick=False):
            forget_searches()
            assert not UnmetSearch.objects.exists() and not SearchTally.objects.exists()


def test_a_flood_fills_nothing_and_what_is_known_goes_on_counting(monkeypatch, alpha):
    monkeypatch.setattr(counting, "NEW_A_DAY", 3)
    for number in range(9):
        search(f"nouveau {number}", territory=alpha)
    search("nouveau 1", territory=alpha)
    search("ailleurs")
    assert SearchTally.objects.filter(territory=alpha).count() == 3
    assert SearchTally.objects.in_vain() == 5


def test_what_is_dealt_with_comes_back_when_nobody_finds_it_later():
    with time_machine.travel("2026-03-03 12:00+01:00", tick=False):
        search("permis", 5)
        deal_with(UnmetSearch.objects.all())
        search("permis")
        assert not UnmetSearch.objects.filter(UnmetSearch.OPEN).exists()
    with time_machine.travel("2026-03-11 12:00+01:00", tick=False):
        search("permis", ending=Ending.OPENED)
        assert not UnmetSearch.objects.get().is_open
        search("permis", ending=Ending.LEFT)
        found = UnmetSearch.objects.get(UnmetSearch.OPEN)
        assert found.is_open and found.last_week == date(2026, 3, 9)


def test_a_synonym_deals_with_what_it_answers(alpha, beta):
    for territory in (alpha, beta):
        search("Gazole", 5, territory=territory)
    assert deal_with_words(said=["gasoil", "gazole"], territory=alpha) == 1
    assert UnmetSearch.objects.get(territory=beta).is_open
    assert deal_with_words(said=["gazole"], territory=None) == 2
