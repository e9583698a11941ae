"""« Bilans » in the admin: one's own territories alone, the same form, a partner's own."""

import csv
import io

import pytest
from agenda_factories import make_actor
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import make_member
from filling_forms import typed, words_of
from report_rows import write_labels, write_reports, write_territories

from labelling.models import Report
from labelling.reports import table
from labelling.reports.expecting import expect_missing_reports
from labelling.reports.receiving import keep_report
from resources_directory.members import add_partner
from territories.audit.models import JournalEntry

pytestmark = pytest.mark.django_db

# What the admin asks for itself: who somebody is, what they may do, the menu.
FRAME = 16
LIST, EXPORT = (reverse(f"label_reports:{name}") for name in ("index", "export"))


def page_of(report):
    return reverse("label_reports:fill", args=[report.pk])


def signed_in(user):
    browser = Client(headers={"host": "localhost"})
    browser.force_login(user)
    return browser


@pytest.fixture
def coordinator(alpha):
    return signed_in(make_member(alpha))


def test_the_coordination_fills_it_in_with_the_same_form(coordinator, first):
    shown = coordinator.get(page_of(first))
    form = shown.context["form"]
    assert "hired" not in form.fields
    answer = coordinator.post(page_of(first), {**typed(form), "reached": "12", "young": "0"})
    assert answer.status_code == 302
    first.refresh_from_db()
    assert (first.reached, first.young, first.men) == (12, 0, None) and first.user
    assert JournalEntry.objects.filter(action="labelling.report").count() == 1
    refused = coordinator.post(page_of(first), {**typed(form), "reached": "3", "young": "4"})
    assert refused.status_code == 422 and "c’est plus que" in words_of(refused)


def test_the_list_narrows_by_state_and_says_it(coordinator, first, later):
    keep_report(report=first, figures={"reached": 12})
    later.__class__.objects.filter(pk=later.pk).update(due_on="2020-01-01")

    def numbers(query):
        found = coordinator.get(f"{LIST}?{query}").context["object_list"]
        return [report.pk for report in found]

    assert set(numbers("")) == {first.pk, later.pk}
    assert numbers("state=received") == [first.pk]
    assert numbers("state=late") == numbers("state=waiting") == [later.pk]
    assert numbers("moment=later") == [later.pk]
    assert coordinator.get(f"{LIST}?state=x").status_code < 500
    home = words_of(coordinator.get(reverse("wagtailadmin_home")))
    assert "Bilans attendus" in home and "Forum" in home


def test_strangers_read_and_change_nothing(first, beta, alpha):
    keep_report(report=first, figures={"reached": 12}, words={"worked": "zibeline"})
    stranger = signed_in(make_member(beta))
    assert stranger.get(page_of(first)).status_code == 404
    assert stranger.post(page_of(first), {"reached": "1"}).status_code == 404
    assert not stranger.get(LIST).context["object_list"]
    exported = b"".join(stranger.get(EXPORT).streaming_content).decode()
    assert "zibeline" not in exported and "Forum" not in exported
    assert Client(headers={"host": "localhost"}).get(page_of(first)).status_code == 302
    # An editor reads, and changes nothing.
    editor = signed_in(make_member(alpha, "editor"))
    shown = editor.get(page_of(first))
    assert "zibeline" in words_of(shown) and b"<textarea" not in shown.content
    assert editor.post(page_of(first), {"reached": "1"}).status_code == 403
    first.refresh_from_db()
    assert first.reached == 12


def test_a_partner_fills_in_the_reports_of_its_own_actor_alone(first, label, alpha):
    actor = make_actor(alpha, "Tremplin")
    partner = make_member(alpha, "partner")
    browser = signed_in(partner)
    assert browser.get(page_of(first)).status_code == 404
    event = label.page.specific
    event.organiser = actor
    event.save()
    add_partner(actor=actor, user=partner)
    form = browser.get(page_of(first)).context["form"]
    assert browser.post(page_of(first), {**typed(form), "reached": "9"}).status_code == 302
    first.refresh_from_db()
    assert first.reached == 9
    # The list of a whole territory is not a partner's.
    assert browser.get(LIST).status_code == 302


def test_the_export_says_what_is_not_known_with_an_empty_cell(coordinator, first, later):
    keep_report(report=first, figures={"reached": 12, "young": 0}, words={"worked": "=1+1"})
    answer = coordinator.get(EXPORT)
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert list(rows[0]) == [column.name for column in table.COLUMNS]
    one = next(row for row in rows if row["recu_le"])
    assert (one["personnes_venues"], one["moins_de_25_ans"], one["femmes"]) == ("12", "0", "")
    assert one["compte"] == "oui" and one["a_bien_marche"] == "'=1+1"
    assert len(rows) == 2


def test_the_list_costs_the_same_for_few_and_for_many(alpha, label, first):
    """Beside the frame and the menu: how many, which ones, and the territories to choose from."""
    team = make_member(None, "team", username="equipe")
    own = make_member(alpha)

    def queries():
        found = []
        for user, query in ((team, ""), (own, ""), (own, "?state=late&moment=later")):
            browser = signed_in(user)
            browser.get(LIST + query)
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(LIST + query).status_code == 200
            found.append(len(captured))
        return found

    few = queries()
    for other in write_territories(7, like=alpha):
        labels = write_labels(other, [label.page] * 7, days=[first.due_on] * 7)
        write_reports(labels, [{"reached": 3}, None] * 3 + [None])
    write_labels(alpha, [label.page] * 5, days=[first.due_on] * 5)
    expect_missing_reports()
    assert Report.objects.filter(territory=alpha).count() == 12
    assert queries() == few
    assert max(few) <= FRAME + 3, few
