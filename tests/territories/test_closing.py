"""An archived territory: nothing of it to be seen, nothing of it lost."""

from datetime import timedelta
from io import StringIO

import pytest
from agenda_factories import make_event
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from factories import make_content_page, make_member, make_territory
from wagtail.documents.models import Document

from portal.search.indexing import index_waiting, mark_everything
from territories.archive.closing import archive_territory, bring_back
from territories.models import JournalEntry
from territories.tenancy.rights import find_collection, plan_rights, standing_rights
from territories.tenancy.roles import group_prefix, territories_where

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    return make_territory("alpha", name="Grand Alpha")


@pytest.fixture
def beta():
    return make_territory("beta", name="Grand Beta")


def read(client, path, host):
    return client.get(path, headers={"host": host})


def test_every_address_of_an_archived_territory_says_kindly_that_it_is_closed(client, alpha):
    make_content_page(alpha, title="Le marché", slug="le-marche")
    assert read(client, "/le-marche/", "alpha.localhost").status_code == 200
    archive_territory(territory=alpha)
    for path in (
        *("/", "/le-marche/", "/en/le-marche/", "/nulle-part/", "/recherche/", "/agenda/"),
        *("/agenda/calendrier.ics", "/open-data/", "/api/v1/search/", "/admin/login/"),
    ):
        response = read(client, path, "alpha.localhost")
        html = response.content.decode()
        assert response.status_code == 410, path
        closed = "This site is closed." if path.startswith("/en/") else "Ce site est fermé."
        assert closed in html and "Grand Alpha" in html, path
        assert 'href="http://localhost/"' in html, path
        assert "Le marché" not in html, path
        assert response["X-Robots-Tag"] == "noindex" and response["Cache-Control"] == "no-store"
    assert client.post("/", headers={"host": "alpha.localhost"}).status_code == 410
    assert read(client, "/healthz", "alpha.localhost").status_code == 200


def test_an_archived_territory_is_gone_from_the_portal_and_from_its_siblings(client, alpha, beta):
    make_event(alpha, title="Forum des métiers")
    make_event(beta, title="Café des voisins")
    seen_from = [
        ("localhost", "/"),
        ("localhost", "/agenda/"),
        ("localhost", "/agenda/calendrier.ics"),
        ("localhost", "/open-data/evenements.json"),
        ("localhost", "/api/v1/search/?q=forum"),
        ("beta.localhost", "/"),
    ]
    before = [read_whole(client, path, host) for host, path in seen_from]
    assert any("Forum des métiers" in text for text in before)
    assert all("alpha" in text.lower() for text in (before[0], before[-1]))
    archive_territory(territory=alpha)
    for (host, path), text in zip(seen_from, before, strict=True):
        now = read_whole(client, path, host)
        assert "Forum des métiers" not in now and "alpha" not in now.lower(), (host, path)
        assert ("Café des voisins" in now) == ("Café des voisins" in text), (host, path)


def read_whole(client, path, host):
    response = read(client, path, host)
    assert response.status_code == 200, (host, path)
    return b"".join(response).decode() if response.streaming else response.content.decode()


def test_its_own_pages_are_not_found_either_in_the_search_of_the_portal(
    client, alpha, beta, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for territory in (alpha, beta):
            make_content_page(territory, title=f"Marché de {territory.slug}")
    assert found_on_portal(client) == ["Marché de alpha", "Marché de beta"]
    archive_territory(territory=alpha)
    assert found_on_portal(client) == ["Marché de beta"]
    bring_back(territory=alpha)
    assert found_on_portal(client) == ["Marché de alpha", "Marché de beta"]


def found_on_portal(client):
    response = client.get("/api/v1/search/", {"q": "marché"}, headers={"host": "localhost"})
    return sorted(result["title"] for result in response.json()["results"])


def test_its_documents_are_served_by_no_host_and_those_of_others_still_are(client, alpha, beta):
    addresses = {
        territory.slug: Document.objects.create(
            title="Plan",
            collection=find_collection(territory),
            file=ContentFile(b"%PDF-1.4", name="plan.pdf"),
        ).url
        for territory in (alpha, beta)
    }
    archive_territory(territory=alpha)
    assert read(client, addresses["alpha"], "beta.localhost").status_code == 404
    assert read(client, addresses["alpha"], "localhost").status_code == 404
    assert read(client, addresses["beta"], "localhost").status_code == 200


def test_people_of_it_alone_may_do_nothing_and_those_of_another_go_on_there(alpha, beta, client):
    gone, both = make_member(alpha), make_member(beta, username="both")
    both.groups.add(*gone.groups.all())
    archive_territory(territory=alpha)
    client.force_login(gone)
    assert client.get("/admin/", headers={"host": "localhost"}).status_code == 302
    client.force_login(both)
    assert client.get("/admin/", headers={"host": "localhost"}).status_code == 200
    assert list(territories_where(both, "wagtailadmin.access_admin")) == [beta]
    home = alpha.site.root_page
    assert not home.permissions_for_user(both).can_edit()
    assert beta.site.root_page.permissions_for_user(both).can_edit()


def test_putting_rights_right_does_not_give_them_back_while_it_is_archived(alpha):
    archive_territory(territory=alpha)
    assert not plan_rights(alpha)
    call_command("sync_roles", "alpha", stdout=StringIO())
    assert not standing_rights(groups_of(alpha))


def test_brought_back_it_is_all_there_as_it_was(client, alpha, beta):
    make_event(alpha, title="Forum des métiers")
    member = make_member(alpha)
    rights = set(standing_rights(groups_of(alpha)))
    page = read(client, "/agenda/", "alpha.localhost").content
    assert archive_territory(territory=alpha)
    assert not archive_territory(territory=alpha)
    assert bring_back(territory=alpha)
    assert not bring_back(territory=alpha)
    assert set(standing_rights(groups_of(alpha))) == rights
    assert read(client, "/agenda/", "alpha.localhost").content == page
    assert "Forum des métiers" in read_whole(client, "/agenda/", "localhost")
    assert member.groups.count() == 1


def test_the_journal_says_when_it_was_closed_and_opened_again(alpha):
    archive_territory(territory=alpha)
    bring_back(territory=alpha)
    said = JournalEntry.objects.filter(territory=alpha).values_list("action", flat=True)
    assert {"territories.close", "territories.reopen"} <= set(said)


def test_what_search_read_while_it_was_archived_is_read_again_when_it_is_back(
    client, alpha, django_capture_on_commit_callbacks
):
    def index(change):
        with django_capture_on_commit_callbacks(execute=True):
            change()

    index(lambda: make_content_page(alpha, title="Marché de alpha"))
    index(lambda: archive_territory(territory=alpha))
    index(mark_everything)
    index_waiting()
    index(lambda: bring_back(territory=alpha))
    assert found_on_portal(client) == ["Marché de alpha"]


def groups_of(territory):
    found = Group.objects.filter(name__startswith=group_prefix(territory))
    return dict(found.values_list("pk", "name"))


def run(*arguments):
    written = StringIO()
    call_command("archive_territory", *arguments, stdout=written)
    return written.getvalue()


def test_the_command_says_what_it_does_and_twice_changes_nothing(alpha):
    assert "serait archivé" in run("alpha", "--dry-run")
    alpha.refresh_from_db()
    assert alpha.archived_on is None
    assert "archivé depuis" in run("alpha")
    assert "Rien à faire" in run("alpha")
    assert "serait rouvert" in run("alpha", "--back", "--dry-run")
    assert "en ligne" in run("alpha", "--back")
    assert "Rien à faire" in run("alpha", "--back")


def test_the_day_it_was_archived_is_kept(alpha):
    day = timezone.localdate() - timedelta(days=30)
    archive_territory(territory=alpha, on=day)
    archive_territory(territory=alpha)
    alpha.refresh_from_db()
    assert alpha.archived_on == day


def test_a_name_nobody_knows_gets_a_sentence_with_those_there_are(alpha):
    with pytest.raises(CommandError, match="« inconnu » est inconnu"):
        run("inconnu")
