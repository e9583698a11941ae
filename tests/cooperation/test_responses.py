"""Answering a call: received until the deadline, read by the coordination alone, erased."""

import re
from datetime import timedelta

import pytest
import time_machine
from cooperation_factories import make_call, make_response
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from factories import make_member

from cooperation.archive import export, restore
from cooperation.models import ProjectResponse, ResponseFile
from cooperation.responses.receiving import erase_responses, forget_old_responses
from territories.models import OutgoingMail
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
ADDRESS = "/appels-a-projets/coup-de-pouce/repondre/"
TYPED = {
    "organisation": "Les Jardins du Mirail",
    "siret": "130 030 133 00016",
    "contact_name": "Alix",
    "email": "alix@example.org",
    "title": "Un jardin",
    "description": "On plante des tomates ensemble.",
    "amount": "3 500,50 €",
    "consent": "on",
}
PDF = b"%PDF-1.7 rien"


def pdf(name="projet.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


class Visitor:
    """A browser without a script: it opens the form, fills it in, sends it."""

    def __init__(self):
        self.browser = Client(enforce_csrf_checks=True)
        self.opened_at = timezone.now()

    def asks(self, address=ADDRESS, host="alpha.localhost"):
        with time_machine.travel(self.opened_at, tick=False):
            return self.browser.get(address, headers={"host": host})

    def sends(self, after=timedelta(seconds=30), files=(), shown=None, **typed):
        shown = shown or self.asks()
        hidden = dict(
            re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', shown.content.decode())
        )
        form = {**hidden, "your_url": "", **TYPED, **typed, "files": list(files)}
        with time_machine.travel(self.opened_at + after, tick=False):
            return self.browser.post(ADDRESS, form, headers={"host": "alpha.localhost"})


@pytest.fixture
def visitor():
    return Visitor()


class TestForm:
    def test_an_answer_is_kept_and_acknowledged_with_its_reference(self, alpha, visitor):
        call = make_call(alpha)
        answer = visitor.sends(files=[pdf()])
        assert answer.status_code == 302
        kept = ProjectResponse.objects.get()
        assert (kept.call_id, kept.territory, kept.siret) == (call.pk, alpha, "13003013300016")
        assert str(kept.amount) == "3500.50"
        assert [file.name for file in kept.files.all()] == ["projet.pdf"]
        told, coordination = OutgoingMail.objects.order_by("pk")
        assert (told.to, coordination.to) == ("alix@example.org", "bonjour@alpha.example")
        assert kept.reference in told.text
        # Nobody can make us mail their own words to somebody else.
        assert "tomates" not in told.text + told.html
        shown = visitor.browser.get(answer.url, headers={"host": "alpha.localhost"})
        assert kept.reference in shown.content.decode()
        assert "no-store" in shown["Cache-Control"]

    def test_a_made_up_reference_is_not_said(self, alpha, visitor):
        make_call(alpha)
        shown = visitor.asks(f"{ADDRESS}envoye/?numero=AP-PIRATE")
        assert "AP-PIRATE" not in shown.content.decode()

    def test_what_is_wrong_is_said_field_by_field_and_nothing_is_lost(self, alpha, visitor):
        make_call(alpha)
        answer = visitor.sends(siret="13003013300017", amount="beaucoup", email="alix", consent="")
        text = answer.content.decode()
        assert answer.status_code == 422
        for words in ("SIRET n’existe pas", "un montant en euros", "pas complète", "Cochez cette"):
            assert words in text, words
        assert "On plante des tomates ensemble." in text
        assert 'role="alert"' in text
        assert not ProjectResponse.objects.exists()

    def test_a_group_of_residents_needs_no_number(self, alpha, visitor):
        make_call(alpha)
        assert visitor.sends(siret="", amount="", phone="").status_code == 302

    @pytest.mark.parametrize(
        ("files", "words"),
        [
            ([pdf("virus.exe")], "n’est pas accepté"),
            ([pdf("page.html", b"<script>")], "n’est pas accepté"),
            ([pdf("faux.pdf", b"MZ\x90")], "ne contient pas ce que son nom annonce"),
            ([pdf("gros.pdf", PDF + b"0" * 5 * 1024 * 1024)], "dépasse 5 Mo"),
            ([pdf()] * 4, "3 fichiers au plus"),
        ],
    )
    def test_only_light_documents_are_taken(self, alpha, visitor, files, words):
        make_call(alpha)
        answer = visitor.sends(files=files)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not ResponseFile.objects.exists()

    def test_the_deadline_is_the_servers_with_time_to_finish(self, alpha, visitor):
        make_call(alpha, closes_at=visitor.opened_at + timedelta(minutes=1))
        in_time = visitor.asks()
        assert "30 minutes de plus" in in_time.content.decode().replace("\xa0", " ")
        late = visitor.sends(after=timedelta(minutes=31), shown=in_time)
        assert late.status_code == 422
        assert "Votre réponse n’est pas partie." in late.content.decode()
        assert "On plante des tomates ensemble." in late.content.decode()
        assert visitor.sends(after=timedelta(minutes=30), shown=in_time).status_code == 302
        visitor.opened_at += timedelta(minutes=2)
        closed = visitor.asks()
        assert "<form class" not in closed.content.decode().split("<main", 1)[1]

    def test_machines_are_kept_out(self, alpha, visitor):
        make_call(alpha)
        assert visitor.sends(after=timedelta(seconds=1)).status_code == 422
        assert visitor.sends(your_url="http://spam.example").status_code == 422
        assert not ProjectResponse.objects.exists()

    def test_it_is_there_only_where_one_answers_on_this_site(self, alpha, visitor):
        make_call(alpha, takes_responses=False, response_link="https://example.org/")
        assert visitor.asks().status_code == 404

    def test_closed_the_plugin_takes_the_form_away(self, alpha, visitor):
        make_call(alpha)
        switch_off(territory=alpha, plugin="cooperation")
        assert visitor.asks().status_code == 404


class TestAdmin:
    @pytest.fixture
    def theirs(self, beta):
        return with_file(make_response(make_call(beta)))

    @pytest.fixture
    def ours(self, alpha):
        return with_file(make_response(make_call(alpha), organisation="=HYPERLINK(1)"))

    @pytest.fixture
    def ask(self, alpha, client):
        def as_(role, address, post=False):
            client.force_login(make_member(alpha, role, username=f"{role}{timezone.now()}"))
            send = client.post if post else client.get
            return send(f"/admin/project-responses/{address}", headers={"host": "localhost"})

        return as_

    def test_the_coordination_reads_lists_and_takes_away_its_own(self, ours, theirs, ask):
        listed = ask("coordinator", "").content.decode()
        assert ours.reference in listed
        assert theirs.reference not in listed
        file = ours.files.get()
        assert ours.reference in ask("coordinator", f"{ours.pk}/").content.decode()
        answer = ask("coordinator", f"{ours.pk}/files/{file.pk}/")
        assert b"".join(answer) == PDF
        assert answer["Content-Disposition"] == 'attachment; filename="projet.pdf"'
        written = b"".join(ask("coordinator", "export/")).decode()
        assert "'=HYPERLINK(1)" in written
        assert theirs.reference not in written

    def test_a_stranger_does_not_learn_that_it_exists(self, ours, theirs, ask):
        file = theirs.files.get()
        for address in (f"{theirs.pk}/", f"{theirs.pk}/delete/", f"{theirs.pk}/files/{file.pk}/"):
            assert ask("coordinator", address).status_code == 404
        assert ask("coordinator", f"{ours.pk}/files/{file.pk}/").status_code == 404
        assert ask("coordinator", f"{theirs.pk}/delete/", post=True).status_code == 404
        assert ask("coordinator", f"export/?call={theirs.call_id}").status_code == 400

    def test_nobody_else_reads_them(self, ours, ask, client):
        for address in ("", "export/"):
            assert ask("editor", address).status_code in {302, 403}
        assert ask("editor", f"{ours.pk}/").status_code == 404
        client.logout()
        answer = client.get(f"/admin/project-responses/{ours.pk}/", headers={"host": "localhost"})
        assert answer.status_code == 302
        path = ours.files.get().file.name
        for host in ("alpha.localhost", "localhost"):
            assert client.get(f"/media/{path}", headers={"host": host}).status_code == 404

    def test_deleted_it_goes_with_its_files(self, ours, ask, django_capture_on_commit_callbacks):
        kept = ours.files.get().file
        with django_capture_on_commit_callbacks(execute=True):
            assert ask("coordinator", f"{ours.pk}/delete/", post=True).status_code == 302
        assert not ProjectResponse.objects.exists()
        assert not kept.storage.exists(kept.name)


def with_file(response):
    kept = ResponseFile(response=response, name="projet.pdf", size=len(PDF))
    kept.file.save("projet.pdf", ContentFile(PDF))
    return response


class TestTime:
    def test_old_answers_are_erased_two_years_after_the_deadline(self, alpha):
        now = timezone.now()
        old = make_call(
            alpha, "Vieux", opens_at=now - timedelta(900), closes_at=now - timedelta(732)
        )
        make_response(old)
        kept = make_response(make_call(alpha))
        assert forget_old_responses() == 1
        assert list(ProjectResponse.objects.all()) == [kept]
        assert forget_old_responses() == 0

    def test_they_travel_and_are_erased_with_their_territory(self, alpha, beta):
        make_response(make_call(alpha), amount="12.50")
        theirs = make_response(make_call(beta))
        rows = list(export(alpha))
        assert erase_responses(alpha) == 1
        assert list(ProjectResponse.objects.all()) == [theirs]
        restore(alpha, rows)
        restore(alpha, rows)
        assert list(export(alpha)) == rows
