"""Reports from a spreadsheet: planned line by line, written once, refused with the column named."""

from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from factories import make_member
from filling_forms import words_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labelling.models import INDICATORS, Report
from labelling.models.reports import HELD, WORDS
from labelling.reports import table
from labelling.reports.importing.cells import read_day, read_figures, read_moment, read_texts
from labelling.reports.importing.reading import read_table
from labelling.reports.importing.running import import_reports, plan_file
from labelling.reports.receiving import keep_report
from territories.importing.plan import Kind
from territories.importing.texts import clean
from territories.spreadsheets.delimited import lines

pytestmark = pytest.mark.django_db

HEADINGS = "numero;moment;jour;personnes_venues;femmes;emploi;a_bien_marche;confirme;criteres_tenus"


def file_of(*rows, headings=HEADINGS):
    return "\n".join([headings, *rows]).encode()


def plan_of(territory, *rows, **kwargs):
    return plan_file(territory=territory, content=file_of(*rows, **kwargs), name="bilans.csv")


def test_a_line_becomes_a_report_and_the_same_file_changes_nothing_more(alpha, label, first):
    content = file_of(f"{label.number};juste après;;42;0;;Bien;")
    assert import_reports(territory=alpha, content=content, name="b.csv").count(Kind.NEW) == 1
    first.refresh_from_db()
    assert (first.reached, first.women, first.men) == (42, 0, None)
    assert first.worked == "Bien" and first.stands and first.received_at
    again = import_reports(territory=alpha, content=content, name="b.csv")
    assert again.count(Kind.UNCHANGED) == 1
    changed = file_of(f"{label.number};juste après;;42;inconnu;;Bien;")
    assert import_reports(territory=alpha, content=changed, name="b.csv").count(Kind.CHANGED) == 1
    first.refresh_from_db()
    assert first.women is None


def test_a_column_that_the_file_has_not_stays_as_it_was(alpha, label, first):
    keep_report(report=first, figures={"reached": 42, "men": 3}, words={"advice": "Tôt"})
    content = file_of(f"{label.number};juste après;43", headings="Numéro;Moment;Personnes venues")
    import_reports(territory=alpha, content=content, name="b.csv")
    first.refresh_from_db()
    assert (first.reached, first.men, first.advice) == (43, 3, "Tôt")


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("X-1;juste après;;3;;;;", "numero", "pas de label à ce numéro"),
        ("{n};bientôt;;3;;;;", "moment", "« juste après » ou « un mois après »"),
        ("{n};juste après;31/02/2026;3;;;;", "jour", "comme 31/03/2026"),
        ("{n};juste après;2090-01-01;3;;;;", "jour", "pas encore venu"),
        ("{n};juste après;2020-01-01;3;;;;", "jour", "pas de séance ce jour-là"),
        ("{n};juste après;;beaucoup;;;;", "personnes_venues", "nombre entier"),
        ("{n};juste après;;-3;;;;", "personnes_venues", "plus petit que zéro"),
        ("{n};juste après;;=1+1;;;;", "personnes_venues", "nombre entier"),
        ("{n};juste après;;3;4;;;", "femmes", "« Personnes venues » (3)"),
        ("{n};juste après;;3;;1;;", "emploi", "un mois après"),
        ("{n};un mois après;;210;;200;;", "confirme", "écrivez « oui »"),
        ("{n};juste après;;900;;;;", "confirme", "80 étaient attendues"),
        ("{n};juste après;;3;;;lea@exemple.fr;", "confirme", "ressemble à une adresse"),
        ("{n};juste après;;3;;;;;Gratuit | Ailleurs", "criteres_tenus", "n’est pas un critère"),
    ],
)
def test_a_line_that_is_not_right_is_refused_with_its_column(alpha, label, row, column, said):
    [refused] = plan_of(alpha, row.format(n=label.number)).rows
    assert refused.kind == Kind.REFUSED
    assert f"colonne « {column} »" in refused.reason and said in refused.reason
    assert "ligne 2" in str(refused.name)


def test_an_unlikely_figure_is_taken_when_the_file_says_it_is_right(alpha, label, later):
    content = file_of(f"{label.number};un mois après;;210;;200;;oui")
    import_reports(territory=alpha, content=content, name="b.csv")
    later.refresh_from_db()
    assert later.hired == 200 and len(later.confirmed) == 1


def test_sessions_and_a_total_are_not_both_taken(alpha, action):
    report = action.reports.get(moment="just_after")
    days = sorted({one.start.date() for one in action.page.specific.occurrences.all()})[:2]
    rows = [f"{action.number};juste après;{day};5;;;;" for day in days]
    total = f"{action.number};juste après;;11;;;;"
    kinds = [row.kind for row in plan_of(alpha, *rows, total).rows]
    assert kinds == [Kind.NEW, Kind.NEW, Kind.REFUSED]
    import_reports(territory=alpha, content=file_of(*rows, rows[0]), name="b.csv")
    assert sorted(Report.objects.standing().values_list("happened_on", "reached")) == [
        (day, 5) for day in days
    ]
    [refused] = plan_of(alpha, total).rows
    assert "jamais les deux" in refused.reason
    keep_report(report=report, figures={"reached": 11})
    assert plan_of(alpha, rows[0]).rows[0].kind == Kind.REFUSED


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        *(
            ("Juste après", "just_after"),
            ("JUSTE  APRES", "just_after"),
            ("juste-après", "just_after"),
        ),
        *(
            ("juste\u00a0apre\u0300s", "just_after"),
            ("just_after", "just_after"),
            (1, "just_after"),
        ),
        *(("Just after", "just_after"), ("بعد الانتهاء مباشرة", "just_after")),
        *(("1 mois après", "later"), ("un mois après ou plus", "later"), ("Plus tard", "later")),
        *(("One month later", "later"), ("a month after or later", "later"), ("LATER", "later")),
    ],
)
def test_a_date_of_a_report_is_read_however_it_is_written(words, moment):
    assert read_moment(words) == moment


def test_other_words_name_columns_criteria_and_agreement(alpha, label, later, mandatory):
    """English, what the fields are called, other capitals and spaces."""
    names = f"{mandatory[0].name.upper()}|  {mandatory[1].name} "
    content = file_of(
        f"{label.number};A month later;;210;200;{names};Yes",
        headings="Number;When;Day;Reached;Retenues pour un emploi;Criteria held;CONFIRMED",
    )
    plan = import_reports(territory=alpha, content=content, name="b.csv")
    assert plan.count(Kind.NEW) == 1 and not plan.notes, [row.reason for row in plan.rows]
    later.refresh_from_db()
    assert (later.reached, later.hired) == (210, 200) and later.confirmed
    assert later.criteria_held == sorted(one.pk for one in mandatory[:2])
    content = file_of(f"{label.number};later;NONE", headings="numero;moment;criteres_tenus")
    import_reports(territory=alpha, content=content, name="b.csv")
    later.refresh_from_db()
    assert later.criteria_held == []


@pytest.mark.parametrize("typed", ["31-03-2026", "31 / 3 / 2026", "31.03.2026", "2026-03-31"])
def test_a_day_is_read_however_it_is_written(typed):
    assert read_day(typed) == date(2026, 3, 31)


def exported():
    names = [column.name for column in table.COLUMNS]
    return "".join(lines(names, table.cells(table.rows(Report.objects.all())))).encode()


def test_what_was_exported_comes_back_as_it_was(alpha, label, first, later, action, mandatory):
    """Hostile words, zeros, what is not known, sessions, criteria: some, none, no answer."""
    held = sorted(one.pk for one in mandatory[:2])
    keep_report(
        report=first,
        figures={**dict.fromkeys(INDICATORS), "reached": 42, "women": 0},
        words={
            "worked": '=HYPERLINK("x")\n\'+1; "oui"',
            "difficult": "'",
            "advice": "@x",
            HELD: held,
        },
    )
    keep_report(report=later, figures={"reached": 41, "hired": 2}, words={HELD: []})
    days = sorted({one.start.date() for one in action.page.specific.occurrences.all()})[:2]
    keep_report(
        report=action.reports.get(moment="just_after"),
        sessions={days[0]: {"reached": 0}, days[1]: {"women": 3}},
    )
    said = ("stands", *WORDS, HELD, *INDICATORS)
    fields = ("label", "moment", "happened_on", *said)
    before = list(Report.objects.order_by("label", "moment", "happened_on").values_list(*fields))
    content = exported()
    plan = import_reports(territory=alpha, content=content, name="b.csv")
    assert {row.kind for row in plan.rows} == {Kind.UNCHANGED}, [row.reason for row in plan.rows]
    # And into reports that nobody has filled in yet.
    Report.objects.exclude(happened_on=None).delete()
    blank = {**dict.fromkeys(INDICATORS), "received_at": None, "saved_at": None, "stands": False}
    Report.objects.update(**blank, worked="", difficult="", advice="", criteria_held=None)
    plan = import_reports(territory=alpha, content=content, name="b.csv")
    assert not plan.count(Kind.REFUSED), [row.reason for row in plan.rows]
    after = list(Report.objects.order_by("label", "moment", "happened_on").values_list(*fields))
    assert after == before
    assert exported() == content


TEXT = st.text(alphabet=st.sampled_from("aé=+-@';\"\n\t ,|#€0"), max_size=12)
FIGURE = st.none() | st.integers(0, 1_000_000)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries(dict.fromkeys(INDICATORS, FIGURE)),
    st.fixed_dictionaries(dict.fromkeys(WORDS, TEXT)),
)
def test_whatever_a_report_holds_a_file_gives_it_back(figures, words):
    row = {column.name: "" for column in table.COLUMNS}
    row |= {table.NUMBER: "A-2026-001", table.MOMENT: "juste après"}
    row |= {table.FIGURES[name]: figure for name, figure in figures.items()}
    row |= {table.TEXTS[name]: text for name, text in words.items()}
    content = "".join(lines(list(row), table.cells([row]))).encode()
    [line] = read_table(content, "b.csv").lines
    assert read_figures(line.values) == figures
    assert read_texts(line.values) == {name: clean(text) for name, text in words.items()}


def test_the_command_says_its_plan_and_what_it_did(alpha, label, first, tmp_path):
    path = tmp_path / "bilans.csv"
    path.write_bytes(file_of(f"{label.number};juste après;;42;;;;", "X;juste après;;1;;;;"))

    def run(*options):
        out = StringIO()
        call_command("import_reports", str(path), "--territory=alpha", *options, stdout=out)
        return out.getvalue().splitlines()

    said = run("--dry-run")
    assert said[0].startswith(f"nouveau   « {label.number} »") and "refusé    « X »" in said[1]
    assert not Report.objects.received().exists()
    assert run()[0] == "  bilans : 1"
    assert Report.objects.received().count() == 1
    with pytest.raises(CommandError, match="Territoire inconnu"):
        call_command("import_reports", str(path), "--territory=x")
    path.write_bytes(b"a;b\n1;2")
    with pytest.raises(CommandError, match="nomme ses colonnes"):
        run()


def test_the_model_is_filled_in_and_sent_back_in_the_admin(alpha, beta, label, first):
    browser = Client(headers={"host": "localhost"})
    browser.force_login(make_member(alpha))
    book = openpyxl.load_workbook(BytesIO(browser.get(reverse("label_reports:template")).content))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    awaited = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[:2] for row in awaited] == [
        [label.number, "juste après"],
        [label.number, "un mois après"],
    ]
    sheet.cell(2, headings.index("personnes_venues") + 1).value = 42
    written = BytesIO()
    book.save(written)

    def send(territory=alpha, **typed):
        file = SimpleUploadedFile("bilans.xlsx", written.getvalue())
        data = {"territory": territory.pk, "file": file, **typed}
        return browser.post(reverse("label_reports:import"), data)

    assert "nouveaux : 1" in words_of(send(only_look="on"))
    assert not Report.objects.received().exists()
    assert "nouveaux : 1" in words_of(send())
    first.refresh_from_db()
    assert first.reached == 42
    assert send(territory=beta).status_code == 422
    stranger = Client(headers={"host": "localhost"})
    stranger.force_login(make_member(alpha, "editor"))
    assert stranger.get(reverse("label_reports:import")).status_code == 302


def test_a_file_that_is_none_is_refused_with_a_sentence(alpha):
    from territories.importing.records import BadFile

    for content, said in (
        (b"", "vide"),
        (b"PK\x03\x04" + b"x" * 30, "ne se lit pas"),
        (b"\xd0\xcf\x11\xe0", "ancien format"),
    ):
        with pytest.raises(BadFile, match=said):
            plan_file(territory=alpha, content=content, name="b")
