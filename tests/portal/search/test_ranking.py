"""The order of what was found, whichever engine has found it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.search import ranking
from portal.search.engines import Found, engine
from portal.search.models import SearchDocument
from portal.search.queries import Asked
from portal.search.ranking.spread import spread
from portal.search.wording.places import forget_places
from territories.places.models import Neighbourhood
from tests.portal.search.documents import make_documents, titles


class Ranked:
    def search(self, asked, start, stop) -> Found:
        return ranking.find(asked, start, stop)


@pytest.fixture
def found(alpha):
    """The titles of what answers, among rows made of these facts."""

    def ask(question: str, *rows: dict | str, **asked) -> list[str]:
        make_documents(alpha, [row if isinstance(row, dict) else {"title": row} for row in rows])
        return titles(Ranked(), question, alpha, **asked)

    return ask


class TestWords:
    def test_a_rare_word_tells_more_than_one_that_all_documents_hold(self, found):
        often = [f"Atelier du lundi {number}" for number in range(8)]
        assert found("atelier couture", *often, "Couture")[0] == "Couture"

    def test_what_answers_all_of_the_question_comes_before_what_answers_some(self, found):
        rows = [
            {"title": "Permis, permis, permis"},
            {"title": "Une aide", "summary": "Pour payer le permis", "body": "Une bourse."},
        ]
        assert found("bourse permis", *rows)[0] == "Une aide"

    def test_words_side_by_side_come_before_words_apart(self, found):
        rows = ["Un emploi et un vélo de couleur", "Café emploi", "Emploi autour d’un café"]
        assert found("café emploi", *rows)[0] == "Café emploi"

    def test_the_words_of_a_known_phrase_mean_less_where_they_stand_apart(self, found):
        rows = [
            {"title": "Apprendre la couture", "summary": "L’atelier se tient en français."},
            {"title": "Au café", "summary": "Pour apprendre le français."},
        ]
        assert found("apprendre le français", *rows)[0] == "Au café"

    def test_its_own_words_come_before_what_else_says_it(self, found):
        rows = ["Un cours pour apprendre à conduire une auto-école", "Le permis de conduire"]
        assert found("permis de conduire", *rows)[0] == "Le permis de conduire"

    def test_what_is_looked_for_tells_more_than_where_or_when(self, found, alpha):
        place = Neighbourhood.objects.create(commune=alpha.communes.first(), name="Chemin Vert")
        alpha.neighbourhoods.add(place)
        forget_places()
        rows = [
            {"title": "Chemin Vert, le Chemin Vert : chaque lundi", "summary": "Le lundi."},
            {"title": "Du sport", "words": "Chemin Vert"},
            {"title": "Un sport ailleurs"},
            *({"title": f"Lundi {number}"} for number in range(4)),
        ]
        assert found("sport Chemin Vert lundi", *rows)[0] == "Du sport"

    def test_a_word_that_is_not_finished_is_looked_for(self, found):
        rows = [{"title": "Lundi", "body": "On coud."}, "Couture"]
        assert found("cout", *rows, is_unfinished=True) == ["Couture"]


class TestWhatHelps:
    def test_what_is_marked_comes_a_little_before(self, found):
        rows = [{"title": "Couture"}, {"title": "Couture ", "marks": ["labelled"]}]
        assert found("couture", *rows) == ["Couture ", "Couture"]

    def test_what_helps_comes_before_what_tells_of_it(self, found):
        rows = [
            {"title": "Couture : le récit", "kind": "page"},
            {"title": "Couture : l’atelier", "kind": "service"},
        ]
        assert found("couture", *rows) == ["Couture : l’atelier", "Couture : le récit"]

    def test_who_may_be_asked_comes_a_little_before(self, found):
        rows = [{"title": "Couture", "kind": "service"}, {"title": "Couture ", "kind": "actor"}]
        assert found("couture", *rows) == ["Couture ", "Couture"]

    def test_what_is_there_any_day_comes_before_what_is_there_on_one(self, found):
        soon = timezone.now() + timedelta(days=2)
        rows = [{"title": "Couture", "next_date": soon, "last_date": soon}, {"title": "Couture "}]
        assert found("couture", *rows) == ["Couture ", "Couture"]

    def test_what_is_soon_comes_before_what_is_far_away(self, found):
        now = timezone.now()
        rows = [
            {"title": "Couture", "next_date": now + timedelta(days=200)},
            {"title": "Couture", "next_date": now + timedelta(days=2)},
        ]
        for row in rows:
            row["last_date"] = row["next_date"]
        found("couture", *rows)
        ids = ranking.find(Asked("couture"), 0, 20).ids
        dates = SearchDocument.objects.in_bulk(ids)
        assert [dates[pk].next_date for pk in ids] == [now + timedelta(days=d) for d in (2, 200)]

    def test_what_was_confirmed_lately_comes_before_what_was_long_ago(self, found):
        today = timezone.now().date()
        rows = [
            {"title": "Couture", "confirmed_on": today - timedelta(days=800), "place": "Ancien"},
            {"title": "Couture", "confirmed_on": today, "place": "Récent"},
        ]
        found("couture", *rows)
        ids = ranking.find(Asked("couture"), 0, 20).ids
        assert SearchDocument.objects.get(pk=ids[0]).place == "Récent"

    def test_what_is_past_stays_last_however_well_it_answers(self, found):
        over = timezone.now() - timedelta(days=3)
        rows = [
            {"title": "Couture, couture", "last_date": over},
            {"title": "Un atelier", "body": "De la couture."},
        ]
        assert found("couture", *rows, with_past=True)[-1] == "Couture, couture"


class TestSlices:
    @pytest.fixture
    def many(self, alpha):
        rows = [{"title": f"Couture {n}", "body": "couture " * (n % 7)} for n in range(130)]
        make_documents(alpha, rows)

    def test_nothing_is_lost_or_shown_twice(self, many, alpha):
        asked = Asked("couture", alpha)
        pages = [ranking.find(asked, start, start + 20).ids for start in range(0, 140, 20)]
        assert [len(page) for page in pages] == [20, 20, 20, 20, 20, 20, 10]
        assert len({pk for page in pages for pk in page}) == 130

    def test_a_slice_may_be_cut_anywhere(self, many, alpha):
        asked = Asked("couture", alpha)
        whole = [*ranking.find(asked, 0, 60).ids, *ranking.find(asked, 60, 120).ids]
        assert list(ranking.find(asked, 50, 110).ids) == whole[50:110]
        assert ranking.find(asked, 500, 520).ids == []

    def test_the_engine_is_asked_once_wherever_a_slice_is_cut(self, many, alpha, monkeypatch):
        search, asked = type(engine()).search, []

        def once(self, question, start, stop):
            asked.append((start, stop))
            return search(self, question, start, stop)

        monkeypatch.setattr(type(engine()), "search", once)
        assert len(ranking.find(Asked("couture", alpha), 50, 100).ids) == 50
        assert len(ranking.find(Asked("couture", alpha), 120, 140).ids) == 10
        assert asked == [(0, 120), (120, 180)]

    def test_the_order_is_that_of_no_engine(self, many, alpha, monkeypatch):
        asked = Asked("couture", alpha)
        best = list(ranking.find(asked, 0, 60).ids)
        search = type(engine()).search

        def turned_over(self, asked, start, stop):
            found = search(self, asked, start, stop)
            return replace(found, ids=found.ids[::-1])

        monkeypatch.setattr(type(engine()), "search", turned_over)
        assert list(ranking.find(asked, 0, 60).ids) == best


class TestSpread:
    MOBILITY, HEALTH = ["mobilite--preparer-un-permis"], ["sante--addictions"]

    def families(self, alpha, question="atelier", territory=True, **asked) -> list[str]:
        ids = ranking.find(Asked(question, alpha if territory else None, **asked), 0, 20).ids
        rows = SearchDocument.objects.in_bulk(ids)
        return [rows[pk].themes[0].split("--")[0] for pk in ids]

    def test_one_theme_takes_half_of_a_page_while_others_answer_as_well(self, alpha):
        rows = [{"title": f"Atelier {n:02}", "themes": self.MOBILITY} for n in range(15)]
        rows += [{"title": f"Atelier {n}", "themes": self.HEALTH} for n in range(90, 96)]
        make_documents(alpha, rows)
        found = self.families(alpha)
        assert found[:10].count("mobilite") == found[:10].count("sante") == 5
        assert len(found) == 20

    def test_it_takes_the_whole_of_it_where_it_was_chosen(self, alpha):
        rows = [{"title": f"Atelier {n:02}", "themes": self.MOBILITY} for n in range(15)]
        rows += [{"title": f"Atelier {n}", "themes": self.HEALTH} for n in range(90, 96)]
        make_documents(alpha, rows)
        chosen = Asked("atelier", alpha, chosen={"theme": ("mobilite",)})
        ids = list(range(15))
        assert not ranking.is_spread(chosen, ids)
        assert ranking.is_spread(replace(chosen, chosen={}), ids)
        assert not ranking.is_spread(replace(chosen, chosen={}), ids[:10])

    def test_what_answers_much_worse_does_not_come_up(self):
        worth = dict.fromkeys(range(10), 1.0) | dict.fromkeys(range(10, 20), 0.5)
        about = {pk: ["a"] for pk in range(10)} | {pk: ["b"] for pk in range(10, 20)}
        assert spread(list(range(20)), worth, about) == list(range(20))

    def test_what_comes_down_comes_back_soon(self):
        worth = dict.fromkeys(range(40), 1.0)
        about = {pk: ["a"] for pk in range(20)} | {pk: [pk] for pk in range(20, 40)}
        mixed = spread(list(range(10)) + list(range(20, 40)) + list(range(10, 20)), worth, about)
        assert sorted(mixed) == list(range(40))
        assert max(mixed.index(pk) - pk for pk in range(10)) <= 5
        assert all(sum(pk < 20 for pk in mixed[at : at + 10]) <= 5 for at in range(15))
