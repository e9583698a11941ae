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

from labelling.models import INDICATORS, Report
from labelling.reports import table
from labelling.reports.receiving import keep_report
from resources_directory.members import add_partner
from territories.audit.models import JournalEntry

pytestmark = pytest.mark.django_db

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


def test_the_list_costs_the_same_for_three_reports_as_for_thirty(
    coordinator, label, first, django_assert_max_num_queries
):
    coordinator.get(LIST)
    # The frame and the menu take most of them.
    with CaptureQueriesContext(connection) as few:
        coordinator.get(LIST)
    row = dict.fromkeys(INDICATORS)
    keep_report(report=first, figures={**row, "reached": 3})
    for number in range(5):
        other = label.__class__.objects.get(pk=label.pk)
        other.pk, other.number = None, f"X-{number}"
        other.save()
        for moment in ("just_after", "later"):
            Report.objects.create(
                label=other, territory=label.territory, moment=moment, due_on=first.due_on
            )
    with django_assert_max_num_queries(len(few)):
        coordinator.get(LIST)
