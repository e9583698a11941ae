"""The pages of figures, their files, and who may read them."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from agenda_factories import make_event
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from factories import make_member
from fontTools.ttLib import TTFont
from openpyxl import load_workbook
from PIL import Image
from practice_factories import make_sheet
from report_rows import write_labels, write_reports, write_territories

from labelling.figures import drawn, paper
from labelling.figures.board import public_board
from labelling.figures.panel import reports_of_the_year
from labelling.models import Label, PracticeSheetPage
from territories.models import Territory
from territories.tenancy.roles import role_group

pytestmark = pytest.mark.django_db
YEAR = "annee=2026"
CHARTS = ("quartier-prioritaire", "mois", "qui", "suites")


# What the admin asks for itself: who somebody is, what they may do, the menu.
FRAME = 14


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The pages offer the years up to this one."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: date(2026, 11, 26))


def fill(territory, *said, first=1):
    event = make_event(territory, f"Forum de {territory.name}")
    days = [date(2026, (first + rank - 1) % 12 + 1, 3) for rank in range(len(said))]
    labels = write_labels(territory, [event] * len(said), days=days)
    write_reports(labels, said)
    return event


@pytest.fixture
def filled(alpha):
    fill(
        alpha,
        {"reached": 213, "women": 120, "men": 91, "in_qpv": 101, "hired": 3, "trained": 9},
        {"reached": 41, "in_qpv": 17},
        {"women": 2},
    )
    return alpha


def read(client, address, host="alpha.localhost", status=200):
    response = client.get(address, headers={"host": host})
    assert response.status_code == status, (address, response.status_code)
    return response.getvalue().decode("utf-8-sig", "replace")


def own(client, territory, role="coordinator"):
    client.force_login(make_member(territory, role, username=f"{role}-{territory}"))
    return f"/admin/label-figures/{territory.slug if territory else 'national'}/"


def test_the_public_reads_rounded_figures_and_no_small_number(client, filled):
    page = read(client, f"/label/chiffres/?{YEAR}")
    assert "<b>255</b>" in page and "254" not in page
    # Computed from what is published: 120 of 255.
    assert "47\xa0%" in page.replace("\u202f", "\xa0")
    assert "moins de 5" in page
    assert "Ces totaux reposent sur 3 bilans sur 3." in page.replace("\xa0", " ")
    # Events one by one are nobody's business.
    assert "Forum" not in page


def test_what_cannot_be_read_in_the_address_is_said(client, filled):
    for query in ("annee=hier", "theme=x", "quartier=%00", "du=x", "annee=2026&annee=1"):
        read(client, f"/label/chiffres/?{query}")
    assert "Ce choix n’existe pas ici" in read(client, "/label/chiffres/?annee=1900")
    for name in ("inconnu.svg", "mois.gif"):
        read(client, f"/label/chiffres/graphique-{name}", status=404)


def test_the_portal_counts_all_territories_and_a_site_its_own(client, filled, beta):
    fill(beta, {"reached": 1000})
    assert "<b>1 255</b>" in read(client, f"/label/chiffres/?{YEAR}", "localhost").replace(
        "\u202f", " "
    ).replace("\xa0", " ")
    assert "<b>255</b>" in read(client, f"/label/chiffres/?{YEAR}")


def test_every_public_file_is_masked(client, filled):
    totals = read(client, f"/label/chiffres/totaux.csv?{YEAR}")
    numbers = {row[3] for row in csv.reader(io.StringIO(totals), delimiter=";")}
    assert "moins de 5" in numbers
    people = {
        row[3]
        for row in csv.reader(io.StringIO(totals), delimiter=";")
        if row[2] in {"Personnes venues", "Retenues", "Personnes"} and row[3].isdigit()
    }
    assert people and all(int(number) % 5 == 0 for number in people)
    book = client.get(f"/label/chiffres/totaux.xlsx?{YEAR}", headers={"host": "alpha.localhost"})
    sheets = load_workbook(io.BytesIO(book.content)).sheetnames
    assert "Bilans" not in sheets and "Tout ce qui est compté" in sheets
    for name in CHARTS:
        svg = read(client, f"/label/chiffres/graphique-{name}.svg?{YEAR}")
        assert svg.startswith("<svg") and ">3<" not in svg and "213" not in svg
    address = f"/label/chiffres/graphique-mois.png?{YEAR}"
    png = client.get(address, headers={"host": "alpha.localhost"})
    assert png.content.startswith(b"\x89PNG") and png["X-Robots-Tag"] == "noindex"


def test_open_data_are_masked_and_say_what_they_rest_on(client, filled, beta):
    fill(beta, {"reached": 30})
    [row] = json.loads(read(client, "/open-data/label-figures.json"))
    assert (row["territoire"], row["annee"], row["labels"], row["bilans"]) == ("alpha", 2026, 2, 3)
    assert (row["personnes_venues"], row["personnes_venues_bilans"], row["part_qpv"]) == (
        255,
        2,
        47,
    )
    assert (row["femmes"], row["emploi"], row["stage"]) == (120, "moins de 5", None)
    everywhere = json.loads(read(client, "/open-data/label-figures.json", "localhost"))
    assert [one["territoire"] for one in everywhere] == ["alpha", "beta"]
    assert "label-figures" in read(client, "/open-data/")


def test_the_home_of_the_admin_counts_the_reports_of_the_year(filled, beta):
    assert reports_of_the_year([filled.pk, beta.pk]) == {filled.pk: 3}


def test_a_coordinator_reads_exact_figures_and_only_their_own(client, filled, beta):
    fill(beta, {"reached": 7777})
    base = own(client, filled)
    page = read(client, f"{base}?{YEAR}", "localhost")
    assert "254" in page and "7777" not in page.replace("\xa0", "").replace("\u202f", "")
    files = ["", "totaux.csv", "totaux.xlsx", "bilans.csv", "rapport.pdf", "graphique-mois.svg"]
    for owner in ("beta", "national", "nulle-part"):
        for file in files:
            read(client, f"/admin/label-figures/{owner}/{file}?{YEAR}", "localhost", 404)
    client.logout()
    for file in files:
        assert client.get(f"{base}{file}", headers={"host": "localhost"}).status_code in {302, 403}


def test_a_reviewer_reads_no_figures(client, filled):
    base = own(client, filled, "label-reviewer")
    read(client, base, "localhost", 404)


def test_the_national_team_compares_the_territories(client, filled, beta):
    fill(beta, {"reached": 7})
    user = User.objects.create_user("equipe", password="secret")
    user.groups.add(role_group(None, "team"))
    client.force_login(user)
    response = client.get("/admin/label-figures/", headers={"host": "localhost"})
    assert response["Location"] == "/admin/label-figures/national/"
    page = read(client, f"/admin/label-figures/national/?{YEAR}", "localhost")
    assert "261" in page and "Alpha" in page and "Beta" in page
    assert "7" in read(client, f"/admin/label-figures/beta/?{YEAR}", "localhost")


def test_the_report_of_the_year_is_a_pdf_exact_or_masked(client, filled, monkeypatch):
    if paper.weasyprint() is None:
        pytest.skip("Pango is not installed")
    # In Arabic its drawings are pictures, which the engine must take: `fail_on_errors`.
    address = f"/ar/label/chiffres/rapport.pdf?{YEAR}"
    public = client.get(address, headers={"host": "alpha.localhost"})
    assert public.content.startswith(b"%PDF")
    assert public["Content-Type"] == "application/pdf"
    # Once through the engine is enough: of the exact one, what it is made of.
    monkeypatch.setattr(paper, "document", lambda html, colour: html.encode())
    base = own(client, filled)
    exact = client.get(f"{base}rapport.pdf?{YEAR}", headers={"host": "localhost"})
    assert "254" in exact.content.decode() and "arrondis à 5" not in exact.content.decode()
    assert "no-store" in exact["Cache-Control"]


def test_the_report_of_the_year_lists_its_practice_sheets(filled, beta):
    at = datetime(2026, 3, 3, tzinfo=UTC)
    for territory, title, day in (
        (filled, "Un café", at),
        (filled, "D’une autre année", at.replace(year=2025)),
        (beta, "D’ailleurs", at),
    ):
        sheet = make_sheet(territory, title, facts={"place": "Maison des projets"})
        PracticeSheetPage.objects.filter(pk=sheet.pk).update(first_published_at=day)
    make_sheet(filled, "Brouillon", published=False)
    html = paper.sheet(board_of(filled))
    assert "Les fiches actions de l’année" in html and "Un café" in html
    assert "Maison des projets" in html
    assert 'href="http://alpha.localhost/fiches-actions/un-cafe/"' in html
    for absent in ("D’une autre année", "D’ailleurs", "Brouillon"):
        assert absent not in html, absent


def test_the_drawings_of_the_report_are_there_in_every_language(filled):
    with override("ar"):
        html = paper.sheet(board_of(filled))
    assert html.count('<img src="data:image/png;base64,') == html.count('class="drawing') >= 3
    assert paper.sheet(board_of(filled)).count("<svg xmlns") >= 3


def test_a_picture_from_right_to_left_begins_on_the_right(filled):
    """And its letters are all there: a box stands for one that the typeface has not."""
    with override("ar"):
        chart = next(one for one in board_of(filled).charts if one.name == "qui")
        svg = drawn.svg_of(chart, ("#562682", "#fea891"), ["قد يُحسب (2 من 3): «أقل من 5»."])
        assert ' direction="rtl" role="img"' in svg
        picture = Image.open(io.BytesIO(drawn.png_of(svg))).convert("L")
    ink = picture.point(lambda level: 255 * (level < 200)).getbbox()
    width, margin = picture.width, drawn.MARGIN * drawn.SCALE
    # What is cut off at the right edge would touch it; what begins at the left would leave a gap.
    assert abs(width - margin - ink[2]) < 2 * drawn.SCALE
    for path in drawn.typefaces():
        known = TTFont(path).getBestCmap()
        assert {ord(one) for one in "Aé5:.«»قدُ"} <= set(known)


def board_of(territory):
    today = date(2026, 11, 26)
    return public_board([territory], {"annee": "2026"}, territory=territory, today=today, base="")


def test_pages_of_figures_cost_the_same_for_few_and_for_many(client, filled, django_user_model):
    places = {
        "/label/chiffres/": "alpha.localhost",
        "/label/chiffres/?annee=2026&theme=": "localhost",
        "/label/chiffres/totaux.csv": "localhost",
        "/admin/label-figures/alpha/": "localhost",
        "/admin/label-figures/national/": "localhost",
        "/admin/label-figures/national/bilans.csv": "localhost",
        "/admin/label-figures/national/totaux.xlsx": "localhost",
    }

    def queries():
        found = {}
        user = django_user_model.objects.get(username="equipe")
        for address, host in places.items():
            client.logout()
            if "/admin/" in address:
                client.force_login(user)
            read(client, address, host)
            with CaptureQueriesContext(connection) as captured:
                read(client, address, host)
            found[address] = len(captured)
        return found

    user = django_user_model.objects.create_user("equipe", password="secret")
    user.groups.add(role_group(None, "team"))
    few = queries()
    event = Label.objects.filter(territory=filled).first().page
    for other in write_territories(7, like=filled):
        labels = write_labels(other, [event] * 5, days=[date(2026, 5, 3)] * 5)
        write_reports(labels, [{"reached": 20 + rank, "in_qpv": 7} for rank in range(5)])
    assert Territory.objects.count() == 8
    many = queries()
    assert many == few
    most = {address: FRAME + 10 if "/admin/" in address else 12 for address in places}
    assert not {address: n for address, n in many.items() if n > most[address]}, many
