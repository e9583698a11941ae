"""« Inscriptions » in the admin: the coordination reads, notes, adds, tells; nobody else does."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_member

from agenda.models import DateChange, Registration
from agenda.models.registrations import State
from territories.models import OutgoingMail

from .conftest import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(alpha, client):
    people = {}

    def as_(role, address, form=None):
        if role not in people:
            people[role] = make_member(alpha, role, username=f"alpha-{role}")
        client.force_login(people[role])
        path = f"/admin/registrations/{address}"
        if form is None:
            return client.get(path, headers={"host": "localhost"})
        return client.post(path, form, headers={"host": "localhost"})

    return as_


@pytest.fixture
def theirs(make, put, beta):
    return put(make(territory=beta, title="Zibeline"), first_name="Zibeline")


class TestReading:
    def test_who_comes_is_listed_date_by_date_and_who_came_is_noted(self, make, put, keys, ask):
        event = make(days=(-1, 5), capacity=4)
        past, coming = keys(event)
        came, absent = put(event, past, people=2), put(event, past, first_name="Lina")
        put(event, past, first_name="Omar")
        put(event, coming, first_name="Rosa", note="Avec un bébé")
        put(event, coming, first_name="Hamid", state=State.WAITING)
        assert event.title in words(ask("coordinator", ""))
        page = f"of/{event.pk}/"
        text = words(ask("coordinator", page))
        for said in ("Lina", "Rosa", "Avec un bébé", "Liste d’attente"):
            assert said in text, said
        form = {f"came-{came.pk}": "yes", f"came-{absent.pk}": "no"}
        assert ask("coordinator", page, form).status_code == 302
        # Nobody has said of the third: it is not known, which is not absent.
        assert list(Registration.objects.order_by("pk").values_list("came", flat=True)) == [
            *(True, False, None, None, None)
        ]
        assert "2 personnes sont venues" in words(ask("coordinator", page))
        ask("coordinator", page, {f"came-{came.pk}": ""})
        assert Registration.objects.get(pk=came.pk).came is None

    def test_the_list_is_taken_away_with_formulas_made_harmless_and_printed(
        self, make, put, ask, theirs
    ):
        event = make()
        put(event, first_name="=HYPERLINK(1)", note="Fauteuil")
        answer = ask("coordinator", f"of/{event.pk}/export/")
        written = b"".join(answer).decode()
        assert "'=HYPERLINK(1)" in written and "Fauteuil" in written
        assert "Zibeline" not in written
        printed = words(ask("coordinator", f"of/{event.pk}/print/"))
        assert "Fauteuil" in printed and "<form" not in printed

    def test_a_stranger_learns_nothing_and_other_roles_read_no_name(self, make, put, ask, theirs):
        own = put(make(), first_name="Samira")
        other = theirs.event_id
        for address in (
            *(f"of/{other}/", f"of/{other}/add/", f"of/{other}/tell/", f"of/{other}/export/"),
            *(f"of/{other}/print/", f"{theirs.pk}/", f"{theirs.pk}/delete/"),
        ):
            assert ask("coordinator", address).status_code == 404, address
            assert ask("coordinator", address, {"action": "cancel"}).status_code in {404, 405}
        assert "Zibeline" not in words(ask("coordinator", ""))
        assert Registration.objects.get(pk=theirs.pk).state == State.REGISTERED
        for address in (f"of/{own.event_id}/", f"of/{own.event_id}/export/", f"{own.pk}/"):
            assert ask("editor", address).status_code == 404, address
        assert ask("editor", "").status_code in {302, 403}


class TestActing:
    def test_who_calls_is_added_even_above_the_number_of_places(self, make, put, ask):
        event = make(capacity=1)
        put(event)
        form = {"people": "2", "first_name": "Denise", "phone": "", "email": ""}
        assert ask("coordinator", f"of/{event.pk}/add/", form).status_code == 302
        added = Registration.objects.last()
        assert (added.first_name, added.state, added.people) == ("Denise", State.REGISTERED, 2)
        assert added.added_by.username == "alpha-coordinator"
        refused = ask("coordinator", f"of/{event.pk}/add/", {**form, "first_name": ""})
        assert refused.status_code == 422 and "prénom" in words(refused)

    def test_a_place_is_given_back_and_a_name_erased_for_who_calls(self, make, put, ask):
        event = make(capacity=1)
        one, waits = put(event), put(event, state=State.WAITING)
        ask("coordinator", f"{one.pk}/", {"action": "cancel"})
        assert Registration.objects.get(pk=waits.pk).state == State.REGISTERED
        assert ask("coordinator", f"{one.pk}/delete/").status_code == 200
        ask("coordinator", f"{one.pk}/delete/", {})
        assert not Registration.objects.filter(pk=one.pk).exists()

    def test_nothing_leaves_until_the_team_tells_and_then_each_is_told_once(
        self, make, put, keys, ask
    ):
        event = make(days=(5, 12))
        first, second = keys(event)
        put(event, first, email="a@example.org")
        calls = put(event, first, first_name="Paul")
        put(event, second, email="b@example.org")
        put(event, first, email="c@example.org", state=State.CANCELLED)
        original = event.occurrences.get(key=first).original
        moved = original + timedelta(hours=3)
        event.changes = [DateChange(kind="moved", original=original, start=moved)]
        event.save_revision().publish()
        assert not OutgoingMail.objects.exists()
        address = f"of/{event.pk}/tell/"
        assert "2 personnes ne savent pas encore" in words(ask("coordinator", f"of/{event.pk}/"))
        shown = words(ask("coordinator", address))
        assert "1 personne reçoit un e-mail" in shown and "Paul" in shown
        form = {"word": "La salle est prise.", "called": calls.pk}
        assert ask("coordinator", address, form).status_code == 302
        mail = OutgoingMail.objects.get()
        assert mail.to == "a@example.org"
        assert "change de date" in mail.text and "La salle est prise." in mail.text
        assert "ne savent pas" not in words(ask("coordinator", f"of/{event.pk}/"))
        assert ask("coordinator", address, {"word": ""}).status_code == 422
        assert OutgoingMail.objects.count() == 1

    def test_a_cancelled_event_says_so_on_the_home_of_the_admin_and_in_the_mail(
        self, make, put, ask, client
    ):
        event = make()
        put(event, email="a@example.org")
        event.status = "cancelled"
        event.save_revision().publish()
        ask("coordinator", "")
        home = client.get("/admin/", headers={"host": "localhost"})
        assert "Inscrits à prévenir" in words(home)
        ask("coordinator", f"of/{event.pk}/tell/", {"word": ""})
        mail = OutgoingMail.objects.get()
        assert mail.subject == "Annulé : Atelier"
        assert "Ne vous déplacez pas" in mail.text and "/inscriptions/" not in mail.text
        home = client.get("/admin/", headers={"host": "localhost"})
        assert "Inscrits à prévenir" not in words(home)
        assert timezone.now() < Registration.objects.get().kept_from
