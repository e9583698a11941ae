"""What an import writes in a guide, and what it leaves."""

import pytest
from directory_factories import make_actor, make_service
from django.apps import apps
from django.core.serializers import serialize
from factories import make_member
from resources_importing import plan, put, service, structure

from resources_directory.importing.running import carry_out
from resources_directory.models import ActorPage, ImportedResource, ServicePage
from territories.importing.plan import Kind
from territories.models import JournalEntry

pytestmark = pytest.mark.django_db
PHONE, MAIL = "05 61 00 00 01", "bonjour@ailleurs.example"
WHERE = {
    "adresse": "3 rue du Pont",
    "code_postal": "31100",
    "commune": "Toulouse",
    "code_insee": "31555",
    "latitude": 43.57,
    "longitude": 1.4,
}


def tables():
    """Every row of every table."""
    return {
        model._meta.label: sorted(serialize("jsonl", model._base_manager.all()).splitlines())
        for model in apps.get_models(include_auto_created=True)
    }


def edit(page, user, **values):
    page = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=user).publish(user=user)


def kinds(found):
    return [row.kind for row in found.rows]


@pytest.fixture
def coordinator(alpha):
    return make_member(alpha)


class TestNew:
    def test_drafts_wait_unless_they_are_to_be_published(self, alpha):
        put(alpha, [structure()], [service()])
        assert not ActorPage.objects.live().exists()
        put(alpha, [structure()], [service()], publish=True)
        assert ServicePage.objects.live().get().actor == ActorPage.objects.live().get()

    def test_it_is_known_by_its_source(self, alpha):
        put(alpha, [structure(lien_source="https://ailleurs.example/1")], publish=True)
        page = ActorPage.objects.get()
        assert (page.source, page.external_id) == ("ailleurs", "ailleurs--un")
        assert page.source_url == "https://ailleurs.example/1"
        assert str(page.confirmed_on) == "2026-10-01"

    def test_two_of_one_name_have_two_addresses(self, alpha):
        put(alpha, [structure(), structure("deux")])
        assert len(set(ActorPage.objects.values_list("slug", flat=True))) == 2

    def test_a_service_without_its_structure_is_refused_by_name(self, alpha):
        found = plan(alpha, [structure()], [service(structure="x"), service("b")])
        [refused] = [row for row in found.rows if row.kind == Kind.REFUSED]
        assert refused.name.place == "services.json, n° 1"
        assert refused.reason == (
            "structure_id : la structure « ailleurs--x » n’est ni dans le fichier, ni ici."
        )

    def test_a_service_of_a_refused_structure_is_refused_as_well(self, alpha):
        found = put(alpha, [structure(nom="X")], [service()])
        assert kinds(found) == [Kind.REFUSED, Kind.REFUSED]
        assert "est refusée" in found.rows[1].reason
        assert not ActorPage.objects.exists()

    def test_its_structure_may_have_come_before(self, alpha):
        put(alpha, [structure()], publish=True)
        put(alpha, None, [service()], publish=True)
        assert ServicePage.objects.get().actor == ActorPage.objects.get()

    def test_a_service_that_says_what_its_structure_says_has_nothing_of_its_own(self, alpha):
        same = {**WHERE, "telephone": "+33561000001", "courriel": MAIL}
        put(alpha, [structure(**{**same, "telephone": PHONE})], [service(**same)], publish=True)
        found = ServicePage.objects.get()
        assert (found.address, found.phone, found.email, found.latitude) == ("", "", "", None)
        assert found.actor.phone == PHONE
        put(
            alpha,
            [structure(**{**same, "telephone": "05 61 00 00 02"})],
            [service(**same)],
            publish=True,
        )
        assert ServicePage.objects.get().phone == PHONE


class TestTwice:
    def test_nothing_differs_in_any_table(self, alpha):
        given = (
            [structure(**WHERE, telephone=PHONE, reseaux_porteurs=["caf", "mission-locale"])],
            [service(thematiques=["mobilite--preparer-un-permis"], volume_horaire_hebdomadaire=3)],
        )
        put(alpha, *given, publish=True)
        before = tables()
        again = put(alpha, *given, publish=True)
        assert kinds(again) == [Kind.UNCHANGED, Kind.UNCHANGED]
        assert tables() == before

    def test_a_plan_writes_nothing(self, alpha):
        before = tables()
        assert plan(alpha, [structure()], [service()], publish=True).count(Kind.NEW) == 2
        assert tables() == before

    def test_a_plan_costs_the_same_few_queries_for_many(self, alpha, django_assert_max_num_queries):
        structures = [structure(f"s{n}") for n in range(5)]
        services = [service(f"a{n}", f"s{n}", telephone=PHONE) for n in range(5)]
        put(alpha, structures, services)
        with django_assert_max_num_queries(14):
            assert plan(alpha, structures, services).count(Kind.UNCHANGED) == 10


class TestChanged:
    def test_only_what_the_source_has_changed_is_written(self, alpha):
        put(alpha, [structure(telephone=PHONE)], publish=True)
        [row] = put(alpha, [structure(telephone=PHONE, courriel=MAIL)], publish=True).rows
        assert (row.kind, list(row.changes)) == (Kind.CHANGED, ["email"])
        assert ActorPage.objects.get().email == MAIL

    def test_what_was_edited_here_stays_and_the_plan_says_so(self, alpha, coordinator):
        put(alpha, [structure(courriel=MAIL)], publish=True)
        edit(ActorPage.objects.get(), coordinator, title="La Maison")
        [row] = put(
            alpha, [structure(nom="Maison 2", courriel="autre@ailleurs.example")], publish=True
        ).rows
        page = ActorPage.objects.get()
        assert (page.title, page.email) == ("La Maison", "autre@ailleurs.example")
        assert row.kept == ["Titre"]

    def test_what_the_source_no_longer_says_is_taken_away_unless_somebody_wrote_it(
        self, alpha, coordinator
    ):
        put(alpha, [structure(courriel=MAIL, telephone=PHONE)], publish=True)
        edit(ActorPage.objects.get(), coordinator, phone="05 61 99 99 99")
        put(alpha, [structure(courriel=None, telephone=None)], publish=True)
        page = ActorPage.objects.get()
        assert (page.email, page.phone) == ("", "05 61 99 99 99")

    def test_of_what_a_file_does_not_speak_nothing_changes(self, alpha):
        put(alpha, [structure(courriel=MAIL)], publish=True)
        assert kinds(put(alpha, [structure()], publish=True)) == [Kind.UNCHANGED]
        assert ActorPage.objects.get().email == MAIL

    def test_a_value_that_is_wrong_leaves_the_old_one(self, alpha):
        put(alpha, [structure(courriel=MAIL)], publish=True)
        [row] = put(alpha, [structure(courriel="pas une adresse")], publish=True).rows
        assert (row.kind, ActorPage.objects.get().email) == (Kind.UNCHANGED, MAIL)
        assert row.notes == [
            "courriel : « pas une adresse » n’est pas une adresse e-mail, laissé de côté."
        ]

    def test_coordinates_found_here_stay(self, alpha):
        said = {**WHERE, "latitude": None, "longitude": None}
        put(alpha, [structure(**said)], publish=True)
        edit(ActorPage.objects.get(), None, latitude=43.6, longitude=1.44)
        [row] = put(alpha, [structure(**said)], publish=True).rows
        assert (row.kind, row.kept) == (Kind.UNCHANGED, [])

    def test_what_was_taken_off_line_locked_or_deleted_stays_so(self, alpha, coordinator):
        put(alpha, [structure("a"), structure("b"), structure("c")], publish=True)
        off, locked, deleted = ActorPage.objects.order_by("pk")
        off.unpublish(user=coordinator)
        ActorPage.objects.filter(pk=locked.pk).update(locked=True)
        deleted.delete()
        changed = [structure(name, nom="Autre nom") for name in "abc"]
        found = put(alpha, changed, publish=True)
        assert not ActorPage.objects.get(pk=off.pk).live
        assert ActorPage.objects.get(pk=locked.pk).title == "Maison du projet"
        assert ActorPage.objects.count() == 2
        words = [row.notes[0] for row in found.rows]
        assert ["en ligne" in words[0], "verrouillée" in words[1], "supprimé ici" in words[2]] == [
            True
        ] * 3

    def test_a_service_goes_to_another_structure(self, alpha):
        both = [structure(), structure("deux", nom="Autre maison")]
        put(alpha, both, [service()], publish=True)
        put(alpha, both, [service(structure="deux")], publish=True)
        assert ServicePage.objects.get().actor.title == "Autre maison"

    def test_a_sheet_that_came_without_its_memory_is_known_again(self, alpha):
        """As after the archive of a territory was read back."""
        put(alpha, [structure()], [service()], publish=True)
        ImportedResource.objects.all().delete()
        found = put(alpha, [structure()], [service()], publish=True)
        assert kinds(found) == [Kind.UNCHANGED, Kind.UNCHANGED]
        assert (ActorPage.objects.count(), ServicePage.objects.count()) == (1, 1)


class TestGone:
    def test_it_is_proposed_for_closing_once_and_stays(self, alpha):
        put(alpha, [structure(), structure("deux")], publish=True)
        found = put(alpha, [structure()], publish=True)
        assert kinds(found) == [Kind.UNCHANGED, Kind.GONE]
        assert ActorPage.objects.live().count() == 2
        gone = ImportedResource.objects.get(gone_on__isnull=False)
        assert gone.external_id == "ailleurs--deux"
        again = put(alpha, [structure()], publish=True)
        assert not any(row.writes for row in again.rows)

    def test_it_may_come_back(self, alpha):
        put(alpha, [structure(), structure("deux")], publish=True)
        put(alpha, [structure()], publish=True)
        found = put(alpha, [structure(), structure("deux")], publish=True)
        assert "de retour" in found.rows[1].notes[0]
        assert not ImportedResource.objects.filter(gone_on__isnull=False).exists()

    @pytest.mark.parametrize(
        "rows",
        [
            [structure("autre", source="dora")],
            [structure(), structure("deux", nom="")],
            [structure(), structure("deux", nom="", id="")],
            [],
        ],
        ids=["another source", "refused", "refused without identifier", "an empty file"],
    )
    def test_nothing_else_takes_anything_away(self, alpha, rows):
        put(alpha, [structure(), structure("deux")], publish=True)
        assert put(alpha, rows, publish=True).count(Kind.GONE) == 0

    def test_services_are_gone_by_a_file_of_services_only(self, alpha):
        put(alpha, [structure()], [service(), service("deux")], publish=True)
        assert put(alpha, [structure()], publish=True).count(Kind.GONE) == 0
        assert put(alpha, None, [service()], publish=True).count(Kind.GONE) == 1


class TestStrangers:
    def test_the_same_identifier_elsewhere_is_another_sheet(self, alpha, beta):
        put(beta, [structure(nom="Celle de Beta")], [service()], publish=True)
        put(alpha, [structure(nom="Celle d’Alpha"), structure("b")], publish=True)
        assert ActorPage.objects.get(territory=beta).title == "Celle de Beta"
        found = plan(alpha, None, [service(structure="un")])
        assert kinds(found) == [Kind.NEW]
        carry_out(found)
        page = ServicePage.objects.get(territory=alpha)
        assert page.actor.territory == page.get_parent().specific.territory == alpha

    def test_an_actor_of_another_territory_gives_no_service_here(self, alpha, beta):
        put(beta, [structure()], publish=True)
        [row] = plan(alpha, None, [service()]).rows
        assert "ni dans le fichier, ni ici" in row.reason

    def test_our_own_identifier_of_another_territory_is_adopted_by_nobody(self, alpha, beta):
        theirs = make_actor(beta)
        ours = structure(id=f"cites-emploi--{theirs.translation_key}", source="cites-emploi")
        assert kinds(put(alpha, [ours], publish=True)) == [Kind.NEW]
        theirs.refresh_from_db()
        assert (theirs.title, theirs.source) == ("Centre social", "")


class TestApplying:
    def test_an_import_that_is_interrupted_goes_on(self, alpha, monkeypatch):
        from resources_directory.importing.writing import ResourceWriter

        structures = [structure(f"n{number}") for number in range(3)]
        write = ResourceWriter.write

        def stop_at_the_second(self, row):
            if row.external_id == "ailleurs--n1":
                raise KeyboardInterrupt
            write(self, row)

        monkeypatch.setattr(ResourceWriter, "write", stop_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            put(alpha, structures, [service(structure="n2")], publish=True)
        assert ActorPage.objects.count() == 1
        [entry] = JournalEntry.objects.filter(territory=alpha, action="resources.import")
        assert entry.data["made"] == 1
        monkeypatch.undo()
        found = put(alpha, structures, [service(structure="n2")], publish=True)
        assert (found.count(Kind.UNCHANGED), found.count(Kind.NEW)) == (1, 3)
        assert ServicePage.objects.live().count() == 1

    def test_the_journal_tells_it_once(self, alpha):
        put(alpha, [structure(), structure("deux")], publish=True)
        put(alpha, [structure(), structure("deux")], publish=True)
        put(alpha, [structure()], publish=True)
        last, first = JournalEntry.objects.filter(territory=alpha, action="resources.import")
        assert (first.data["made"], last.data["proposed"]) == (2, 1)
        said = first.formatter.format_message(first)
        assert said == "Fiches importées de ailleurs : 2 nouvelles, 0 changées, 0 disparues"

    def test_what_is_edited_while_it_runs_stays(self, alpha, coordinator):
        put(alpha, [structure()], publish=True)
        found = plan(alpha, [structure(nom="Maison 2", courriel=MAIL)], publish=True)
        edit(ActorPage.objects.get(), coordinator, title="La Maison")
        carry_out(found)
        page = ActorPage.objects.get()
        assert (page.title, page.email) == ("La Maison", MAIL)
        assert found.rows[0].kept == ["Titre"]


def test_a_service_of_several_places_keeps_them(alpha):
    """v1 has one place only: what leaves and comes back must not be written on the service."""
    from data_inclusion_round import exported

    from resources_directory.models import ServicePlace

    page = make_service(alpha)
    page.places = [ServicePlace(label="Bus", address="1 place du Marché", commune="Toulouse")]
    page.save_revision().publish()
    found = put(alpha, *exported(alpha), publish=True)
    assert not any(row.changes for row in found.rows)
    assert ServicePage.objects.get().address == ""
