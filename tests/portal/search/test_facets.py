"""What narrows a search and what is counted beside it: one contract, every engine."""

from datetime import UTC, datetime

import pytest

from portal.search.documents import Around
from portal.search.faceting import answers_of, counts, keep_facets
from portal.search.models import DocumentFacet
from portal.search.queries import Asked
from territories.places.distance import Point
from tests.portal.search.documents import make_document, make_documents, titles

pytestmark = pytest.mark.django_db

# A Thursday, ten in the morning in Paris.
THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
HERE = Point(43.57, 1.40)


@pytest.fixture
def sheets(found_by):
    rows = [
        {"title": "Permis A", "kind": "service", "themes": ["mobilite--permis"]},
        {"title": "Permis B", "kind": "service", "themes": ["famille--garde"], "is_free": True},
        {"title": "Permis C", "kind": "event", "themes": ["mobilite--velo"], "is_free": True},
        {"title": "Permis D", "kind": "event", "publics": ["jeunes"], "marks": ["labelled"]},
    ]
    make_documents(None, rows, put_in=found_by)
    return found_by


def facets(engine, text="permis", **asked):
    return engine.search(Asked(text, **asked), 0, 20).facets


class TestCounts:
    @pytest.mark.parametrize("text", ["permis", ""])
    def test_each_value_says_how_many_it_would_find(self, sheets, text):
        found = facets(sheets, text)
        assert found["kind"] == {"service": 2, "event": 2}
        assert found["theme"] == {
            "mobilite": 2, "mobilite--permis": 1, "mobilite--velo": 1,
            "famille": 1, "famille--garde": 1,
        }  # fmt: skip
        assert found["gratuit"] == {"oui": 2} and found["label"] == {"oui": 1}

    @pytest.mark.parametrize("text", ["permis", ""])
    def test_what_is_chosen_narrows_the_other_facets_and_not_its_own(self, sheets, text):
        chosen = {"kind": ["service"], "gratuit": ["oui"]}
        found = sheets.search(Asked(text, chosen=chosen), 0, 20)
        assert (found.total, len(found.ids), found.everything) == (1, 1, 4)
        assert found.facets["kind"] == {"service": 1, "event": 1}
        assert found.facets["gratuit"] == {"oui": 1}
        assert found.facets["theme"] == {"famille": 1, "famille--garde": 1}

    def test_one_of_the_values_of_a_facet_is_enough(self, sheets):
        chosen = {"theme": ["famille", "mobilite--velo"]}
        assert sorted(titles(sheets, "permis", chosen=chosen)) == ["Permis B", "Permis C"]

    def test_what_is_for_everybody_is_for_whoever_asks(self, sheets):
        both = ["tous-publics", "jeunes"]
        make_document(None, "Permis E", publics=both, put_in=sheets)
        assert sorted(titles(sheets, "permis", chosen={"public": ["jeunes"]})) == [
            "Permis D",
            "Permis E",
        ]
        assert facets(sheets)["public"] == {"jeunes": 2, "tous-publics": 1}

    def test_a_value_that_nothing_answers_finds_nothing(self, sheets):
        for chosen in ({"commune": ["31555"]}, {"kind": ["licorne"]}, {"theme": ["mob"]}):
            found = sheets.search(Asked("permis", chosen=chosen), 0, 20)
            assert (found.total, list(found.ids), found.everything) == (0, [], 4)

    def test_nothing_is_counted_for_who_only_wants_the_best(self, sheets):
        found = sheets.search(Asked("permis", is_counted=False), 0, 2)
        assert found.facets == {} and found.total == 4 and len(found.ids) == 2

    def test_places_and_languages_are_facets(self, found_by):
        make_document(
            None, "Permis", put_in=found_by,
            communes=["31555", "2A004"], neighbourhoods=["QN03107M"], languages=["ar", "fr"],
        )  # fmt: skip
        found = facets(found_by)
        assert found["commune"] == {"31555": 1, "2A004": 1}
        assert found["quartier"] == {"QN03107M": 1} and found["langue"] == {"ar": 1, "fr": 1}

    def test_the_portal_counts_its_territories_and_a_territory_sees_its_own(
        self, found_by, alpha, beta
    ):
        make_document(alpha, "Permis", put_in=found_by)
        make_documents(beta, [{"title": "Permis"}] * 2, put_in=found_by)
        assert facets(found_by)["territoire"] == {str(alpha.pk): 1, str(beta.pk): 2}
        assert facets(found_by, territory=alpha)["territoire"] == {str(alpha.pk): 1}
        there = {"territoire": [str(beta.pk)]}
        assert len(titles(found_by, "permis", chosen=there)) == 2
        assert titles(found_by, "permis", alpha, chosen=there) == []

    def test_of_a_long_question_only_what_is_shown_is_counted(self, found_by):
        make_document(None, "Garde d’enfants le dimanche", kind="service", put_in=found_by)
        make_document(None, "Le dimanche du marché", kind="event", put_in=found_by)
        found = found_by.search(Asked("garder mes enfants un dimanche de canicule"), 0, 20)
        assert found.total == found.everything == sum(found.facets["kind"].values())


class TestPeriods:
    @pytest.fixture
    def events(self, found_by):
        dated = {
            "Permis jeudi": ["2026-11-26"],
            "Permis samedi": ["2026-11-28", "2026-12-05"],
            "Permis décembre": ["2026-12-20"],
        }
        for title, days in dated.items():
            date = datetime.fromisoformat(f"{days[0]}T18:00:00+00:00")
            make_document(None, title, days=days, next_date=date, last_date=date, put_in=found_by)
        make_document(None, "Permis sans date", put_in=found_by)
        return found_by

    @pytest.mark.parametrize(
        ("period", "expected"),
        [
            ("aujourdhui", ["Permis jeudi"]),
            ("semaine", ["Permis jeudi", "Permis samedi"]),
            ("week-end", ["Permis samedi"]),
            ("mois-prochain", ["Permis décembre", "Permis samedi"]),
        ],
    )
    def test_any_day_of_a_record_may_fall_in_a_period(self, events, period, expected):
        chosen = {"periode": [period]}
        assert sorted(titles(events, "permis", chosen=chosen, now=THURSDAY)) == expected
        assert facets(events, now=THURSDAY)["periode"][period] == len(expected)

    def test_it_is_the_day_where_it_is_asked(self, found_by, alpha):
        alpha.time_zone = "Pacific/Noumea"
        alpha.save()
        make_document(
            alpha, "Permis", days=["2026-11-27"], next_date=THURSDAY, last_date=THURSDAY,
            put_in=found_by,
        )  # fmt: skip
        late = THURSDAY.replace(hour=20)  # already Friday
        chosen = {"periode": ["aujourdhui"]}
        assert titles(found_by, "permis", alpha, chosen=chosen, now=late) == ["Permis"]


class TestNear:
    @pytest.fixture
    def places(self, found_by):
        for title, north in (("Permis loin", 0.2), ("Permis là", 0.015), ("Permis ici", 0.0)):
            make_document(
                None, title, latitude=HERE.latitude + north, longitude=1.40, put_in=found_by
            )
        make_document(None, "Permis nulle part", put_in=found_by)
        return found_by

    @pytest.mark.parametrize("text", ["permis", ""])
    def test_what_is_near_comes_alone_the_nearest_first(self, places, text):
        around = Around(HERE, 2)
        assert titles(places, text, around=around) == ["Permis ici", "Permis là"]
        assert facets(places, text, around=around)["kind"] == {"page": 2}

    def test_a_wider_radius_finds_more(self, places):
        assert len(titles(places, "permis", around=Around(HERE, 50))) == 3


class TestKeeping:
    def test_answers_are_written_once_and_follow_the_row(self):
        document = make_document(None, "Permis", themes=["mobilite--permis"], is_free=True)
        kept = DocumentFacet.objects.filter(document=document)

        def answers():
            return set(kept.values_list("value__facet", "value__value"))

        assert ("theme", "mobilite") in answers() and ("gratuit", "oui") in answers()
        before = set(kept.values_list("pk", flat=True))
        keep_facets([document])
        assert set(kept.values_list("pk", flat=True)) == before
        document.themes, document.is_free = [], None
        keep_facets([document])
        assert answers() == {("kind", "page")}
        document.is_withdrawn = True
        keep_facets([document])
        assert answers() == set()

    def test_many_rows_cost_no_more_queries_than_one(self, django_assert_max_num_queries):
        rows = make_documents(None, [{"title": "Permis", "themes": ["a--b"]}] * 30)
        DocumentFacet.objects.all().delete()
        with django_assert_max_num_queries(6):
            keep_facets(rows)

    def test_a_document_for_all_counts_once(self):
        row = make_document(None, "Permis", publics=["jeunes", "tous-publics"])
        assert answers_of(row)["public"] == ["tous-publics"]
        assert counts({("public", "tous-publics"): 2, ("public", "jeunes"): 1}) == {
            "public": {"tous-publics": 2, "jeunes": 3}
        }
