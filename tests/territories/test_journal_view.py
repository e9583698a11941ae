"""The journal in the admin: each reads one's own territories', filters it and takes it away."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from factories import home_of, make_content_page, make_member, make_territory
from wagtail.models import Comment

from territories.audit.recording import record
from territories.models import JournalEntry
from territories.spreadsheets.delimited import SEPARATOR
from territories.tenancy.roles import role_group

HOST = {"host": "localhost"}


@pytest.fixture
def alpha(db):
    return unwritten("alpha")


@pytest.fixture
def beta(alpha):
    return unwritten("beta")


def unwritten(slug: str):
    """A territory whose journal does not say yet that it was made."""
    territory = make_territory(slug)
    JournalEntry.objects.all().delete()
    return territory


@pytest.fixture
def read(client):
    def fetch(reader, **asked):
        client.force_login(reader)
        return client.get(reverse("territories_journal"), asked, headers=HOST)

    return fetch


def did(territory, user, label: str, action: str = "wagtail.create", **more) -> JournalEntry:
    return JournalEntry.objects.create(
        territory=territory,
        user=user,
        label=label,
        action=action,
        timestamp=more.pop("timestamp", timezone.now()),
        content_type=more.pop("kind", None) or ContentType.objects.get_for_model(User),
        object_id=more.pop("object_id", "1"),
        **more,
    )


def labels(response) -> list[str]:
    assert response.status_code == 200
    return [entry.label for entry in response.context["object_list"]]


def rows(response) -> list[dict]:
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:]), delimiter=SEPARATOR))


def test_a_coordinator_reads_the_journal_of_ones_own_territory_alone(alpha, beta, read):
    user = make_member(alpha)
    for territory in (alpha, beta, None):
        did(territory, user, f"Chose de {territory}")
    assert labels(read(user)) == ["Chose de Alpha"]


def test_a_person_of_two_territories_reads_both_and_filters(alpha, beta, read):
    user = make_member(alpha)
    user.groups.add(role_group(beta, "coordinator"))
    did(alpha, user, "Chose d’Alpha")
    did(beta, user, "Chose de Beta")
    assert labels(read(user)) == ["Chose de Beta", "Chose d’Alpha"]
    assert labels(read(user, territory=beta.pk)) == ["Chose de Beta"]


def test_the_national_team_reads_all_and_what_belongs_to_no_territory(alpha, beta, read):
    team = make_member(None, "team", username="team")
    for territory in (alpha, beta, None):
        did(territory, team, f"Chose de {territory}")
    assert len(labels(read(team))) == 3
    assert labels(read(team, territory=beta.pk)) == ["Chose de Beta"]
    assert labels(read(team, territory="null")) == ["Chose de None"]


@pytest.mark.parametrize("role", ["editor", "label-reviewer", "newsletter-editor"])
def test_the_others_read_none(alpha, read, role):
    user = make_member(alpha, role)
    did(alpha, user, "Chose d’Alpha")
    assert read(user).status_code == 302
    assert read(user, export="csv").status_code == 302
    shown = read(user).wsgi_request
    assert shown.path == reverse("territories_journal")


def test_nobody_who_is_not_logged_in_reads_it(alpha, client):
    answer = client.get(reverse("territories_journal"), headers=HOST)
    assert answer.status_code == 302 and "/login/" in answer.url


def test_filters_name_only_those_who_acted_here(alpha, beta, read):
    user, stranger = make_member(alpha), make_member(beta, username="etrangere")
    silent = make_member(alpha, "editor", username="silencieux")
    did(alpha, user, "Chose d’Alpha")
    did(beta, stranger, "Chose de Beta", "people.invite")
    response = read(user)
    fields = response.context["filters"].form.fields
    assert list(fields["user"].queryset) == [user]
    assert [code for code, _label in fields["action"].choices] == ["wagtail.create"]
    assert "territory" not in fields
    for name in (stranger.username, silent.username, "Beta"):
        assert name not in response.content.decode()


def test_asking_for_a_stranger_by_number_tells_nothing(alpha, beta, read):
    user, stranger = make_member(alpha), make_member(beta, username="etrangere")
    did(alpha, user, "Chose d’Alpha")
    did(beta, stranger, "Chose de Beta")
    for asked in ({"user": stranger.pk}, {"territory": beta.pk}, {"action": "people.invite"}):
        shown = read(user, **asked)
        assert "etrangere" not in shown.content.decode() and "Beta" not in shown.content.decode()


def test_it_is_filtered_by_person_action_kind_name_and_day(alpha, read):
    user, other = make_member(alpha), make_member(alpha, "editor")
    page = make_content_page(alpha, "Une page", published=False)
    kind = ContentType.objects.get_for_model(page)
    old = timezone.now() - timedelta(days=40)
    did(alpha, user, "Une page", "wagtail.edit", kind=kind, object_id=str(page.pk))
    did(alpha, other, "Quelqu’un", "people.join", timestamp=old)
    assert labels(read(user, user=other.pk)) == ["Quelqu’un"]
    assert labels(read(user, action="wagtail.edit")) == ["Une page"]
    assert labels(read(user, content_type=kind.pk)) == ["Une page"]
    assert labels(read(user, label="quelqu")) == ["Quelqu’un"]
    last_month = {"timestamp_to": (timezone.localdate() - timedelta(days=30)).isoformat()}
    assert labels(read(user, **last_month)) == ["Quelqu’un"]
    assert labels(read(user, user=user.pk, action="people.join")) == []


def test_nonsense_in_a_filter_is_said_and_gives_no_file(alpha, read):
    user = make_member(alpha)
    did(alpha, user, "Chose")
    nonsense = {"timestamp_from": "hier", "user": "x"}
    assert read(user, **nonsense).status_code == 200
    answer = read(user, export="csv", **nonsense)
    assert answer.status_code == 400 and answer["Content-Type"].startswith("text/html")
    assert read(user, p="dernière").status_code == 200


def test_the_file_says_what_the_list_says(alpha, beta, read):
    user = make_member(alpha)
    User.objects.filter(pk=user.pk).update(first_name="Sam", last_name="Petit")
    record(territory=alpha, action="plugins.open", user=user, plugin="Agenda; et « plus »")
    did(beta, user, "Chose de Beta")
    did(alpha, user, "Autre", "wagtail.edit")
    response = read(user, export="csv", action="plugins.open")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert ".csv" in response["Content-Disposition"]
    (row,) = rows(response)
    assert row["Qui"] == "Sam Petit" and row["Territoire"] == "Alpha"
    assert row["Fait quoi"] == "Module ouvert : Agenda; et « plus »"
    assert row["Quand"].startswith(timezone.localdate().isoformat())


def test_a_title_that_is_a_formula_commands_nothing(alpha, read):
    user = make_member(alpha)
    title = '=HYPERLINK("https://mal.example";"Cliquez")'
    did(alpha, user, title)
    (row,) = rows(read(user, export="csv"))
    assert row["Sur quoi"] == f"'{title}"


def test_a_deleted_page_is_named_without_a_link_and_a_living_one_with(alpha, read):
    user = make_member(alpha)
    page = make_content_page(alpha, "Vivante", published=False)
    gone = make_content_page(alpha, "Disparue", published=False)
    for one in (page, gone):
        one.save_revision(user=user, log_action=True)
    number = gone.pk
    gone.delete(user=user)
    shown = read(user).content.decode()
    assert "Disparue" in shown
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown
    assert reverse("wagtailadmin_pages:edit", args=[number]) not in shown


def test_a_comment_is_told_even_when_its_page_is_gone(alpha, read):
    user = make_member(alpha)
    page = make_content_page(alpha, "Commentée", published=False)
    comment = Comment.objects.create(page=page, user=user, text="Hum", contentpath="title")
    comment.log_create(page_revision=page.latest_revision, user=user)
    assert "Hum" in read(user).content.decode()
    page.delete(user=user)
    assert read(user).status_code == 200
    assert len(rows(read(user, export="csv"))) == 2


def test_what_a_person_who_left_did_is_still_there(alpha, read):
    user, left = make_member(alpha), make_member(alpha, "editor")
    did(alpha, left, "Chose")
    left.delete()
    assert labels(read(user)) == ["Chose"]


def test_the_journal_is_in_the_menu_of_those_who_read_it(alpha, client):
    for role, is_there in (("coordinator", True), ("editor", False)):
        client.force_login(make_member(alpha, role))
        menu = client.get(reverse("wagtailadmin_home"), headers=HOST).content.decode()
        assert (reverse("territories_journal") in menu) == is_there
        assert reverse("wagtailadmin_reports:site_history") not in menu


@pytest.mark.django_db
def test_wagtails_own_history_of_all_territories_is_closed(alpha, client):
    client.force_login(make_member(alpha))
    for name in ("site_history", "site_history_results"):
        address = reverse(f"wagtailadmin_reports:{name}")
        assert client.get(address, headers=HOST).status_code == 302


def test_it_costs_the_same_for_many_lines_and_many_territories(alpha, client, read):
    user, team = make_member(alpha), make_member(None, "team", username="team")
    home = home_of(alpha)
    kind = ContentType.objects.get_for_model(home)

    def cost(reader, **asked) -> int:
        read(reader, **asked)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(reverse("territories_journal"), asked, headers=HOST)
            if answer.streaming:
                list(answer.streaming_content)
        return len(captured)

    def fill(territory, number: int) -> None:
        for rank in range(number):
            more = {"kind": kind, "object_id": str(home.pk)} if rank % 2 else {}
            did(territory, user, f"Chose {rank}", **more)

    fill(alpha, 4)
    few = [cost(user), cost(user, export="csv"), cost(team), cost(team, export="csv")]
    fill(alpha, 46)
    for slug in ("beta", "gamma", "delta"):
        fill(make_territory(slug), 10)
    assert [cost(user), cost(user, export="csv"), cost(team), cost(team, export="csv")] == few
    assert max(few) <= 30
