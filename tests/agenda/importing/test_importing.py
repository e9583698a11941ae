"""What an import writes in an agenda, and what it leaves."""

import json
from datetime import timedelta

import pytest
from agenda_factories import agenda_of, make_actor, make_event
from agenda_importing import calendar, event
from django.apps import apps
from django.core.serializers import serialize
from event_form import ADMIN
from factories import make_member
from filling_forms import typed
from wagtail.models import PageLogEntry, Revision

from agenda.importing import import_events
from agenda.importing.running import carry_out, plan_file
from agenda.models import EventPage, ImportedEvent
from agenda.searchable import find_event
from territories.importing.plan import Kind
from territories.models import JournalEntry

pytestmark = pytest.mark.django_db

CAFE = "cafe@ailleurs.example"


def cafe(*lines, title="Café emploi"):
    return event(*lines, uid=CAFE, title=title)


def put(territory, *events, name="Ailleurs", **options):
    content = calendar(*events, name=name).encode()
    return import_events(territory=territory, content=content, **options)


def only(territory):
    return EventPage.objects.get(territory=territory)


def edit(page, user, *, publish=True, **values):
    page = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(page, name, value)
    revision = page.save_revision(user=user)
    if publish:
        revision.publish(user=user)


def tables():
    """Every row of every table."""
    return {
        model._meta.label: sorted(serialize("jsonl", model._base_manager.all()).splitlines())
        for model in apps.get_models(include_auto_created=True)
    }


@pytest.fixture
def coordinator(alpha):
    return make_member(alpha)


class TestTwice:
    @pytest.mark.parametrize("publish", [False, True])
    def test_nothing_differs_in_any_table(self, alpha, sample, publish):
        for name in ("quartier.ics", "openagenda.json"):
            import_events(territory=alpha, content=sample(name), publish=publish)
            before = tables()
            again = import_events(territory=alpha, content=sample(name), publish=publish)
            assert tables() == before
            assert again.counts["unchanged"] > 1
            assert again.counts["new"] == again.counts["changed"] == 0

    def test_a_plan_writes_nothing(self, alpha, sample):
        before = tables()
        plan = plan_file(territory=alpha, content=sample("quartier.ics"), publish=True)
        assert plan.count(Kind.NEW) == 8
        assert tables() == before


class TestNew:
    def test_it_waits_as_a_draft_unless_it_is_to_be_published(self, alpha):
        put(alpha, cafe())
        assert not only(alpha).live
        put(alpha, cafe(), publish=True)
        assert only(alpha).live
        assert only(alpha).occurrences.count() == 1

    def test_it_is_known_by_its_source_in_search_too(self, alpha):
        put(alpha, cafe("URL:https://ailleurs.example/cafe"), publish=True)
        page = only(alpha)
        assert (page.source, page.external_id) == ("Ailleurs", CAFE)
        assert page.source_url == "https://ailleurs.example/cafe"
        assert find_event(page, page).external_id == CAFE

    def test_a_single_actor_of_that_name_and_commune_is_its_place(self, alpha):
        actor = make_actor(alpha, "Maison de quartier", insee_code="31555", commune="Toulouse")
        put(alpha, cafe("LOCATION:Maison de quartier\\, 12 rue du Lot\\, 31100 Toulouse"))
        assert only(alpha).place == actor

    def test_an_actor_of_another_territory_is_not(self, alpha, beta):
        make_actor(beta, "Maison de quartier", insee_code="31555", commune="Toulouse")
        put(alpha, cafe("LOCATION:Maison de quartier\\, 12 rue du Lot\\, 31100 Toulouse"))
        page = only(alpha)
        assert page.place is None
        assert (page.place_name, page.address) == ("Maison de quartier", "12 rue du Lot")
        assert (page.postcode, page.commune, page.insee_code) == ("31100", "Toulouse", "31555")

    def test_keywords_count_when_they_are_words_of_the_vocabulary(self, alpha):
        put(alpha, cafe("CATEGORIES:job dating,Chaises"))
        assert only(alpha).format.code == "job-dating"

    def test_two_of_one_title_have_two_addresses(self, alpha):
        put(alpha, cafe(), event(uid="autre"))
        assert len(set(EventPage.objects.values_list("slug", flat=True))) == 2


class TestChanged:
    def test_only_what_the_source_has_changed_is_written(self, alpha):
        put(alpha, cafe("LOCATION:Salle A"), publish=True)
        plan = put(alpha, cafe("LOCATION:Salle B"), publish=True)
        [row] = plan.rows
        assert (row.kind, list(row.changes)) == (Kind.CHANGED, ["place_name"])
        assert only(alpha).place_name == "Salle B"

    def test_without_publishing_it_is_a_draft_of_the_page(self, alpha):
        put(alpha, cafe(), publish=True)
        put(alpha, cafe(title="Café travail"))
        page = only(alpha)
        assert (page.title, page.has_unpublished_changes) == ("Café emploi", True)
        assert page.get_latest_revision_as_object().title == "Café travail"

    def test_what_was_edited_here_stays_and_the_plan_says_so(self, alpha, coordinator):
        put(alpha, cafe("DESCRIPTION:Venez nombreux ici."), publish=True)
        edit(only(alpha), coordinator, title="Le café du mardi")
        [row] = put(
            alpha, cafe("DESCRIPTION:Venez plus nombreux.", title="Café 2"), publish=True
        ).rows
        page = only(alpha)
        assert page.title == "Le café du mardi"
        assert page.summary == "Venez plus nombreux."
        assert row.kept == ["Titre"]

    def test_its_dates_follow_the_source_when_only_a_text_was_edited(self, alpha, coordinator):
        put(alpha, cafe("RRULE:FREQ=WEEKLY;COUNT=3"), publish=True)
        key = only(alpha).dates.get().key
        edit(only(alpha), coordinator, cost="2 €", is_free=False)
        put(alpha, cafe("RRULE:FREQ=WEEKLY;COUNT=5"), publish=True)
        page = only(alpha)
        assert page.occurrences.count() == 5
        assert (page.cost, page.dates.get().key) == ("2 €", key)

    def test_opening_and_saving_a_page_here_changes_nothing_of_what_was_imported(
        self, alpha, coordinator, client, sample
    ):
        content = json.loads(sample("openagenda.json"))["events"][0]
        import_events(territory=alpha, content=json.dumps(content).encode(), publish=True)
        client.force_login(coordinator)
        address = f"/admin/pages/{only(alpha).pk}/edit/"
        form = client.get(address, headers=ADMIN).context["form"]
        sent = {"action-publish": "1", **typed(form)}
        for formset in form.formsets.values():
            sent |= typed(formset.management_form)
            for line in formset.forms:
                sent |= typed(line)
        assert client.post(address, sent, headers=ADMIN).status_code == 302
        assert only(alpha).latest_revision.user == coordinator
        content["title"]["fr"], content["timings"] = "Atelier lettre", content["timings"][:3]
        content["accessibility"]["vi"] = True
        content["longDescription"]["fr"] = "Autre programme."
        [row] = import_events(
            territory=alpha, content=json.dumps(content).encode(), publish=True
        ).rows
        assert row.kept == []
        assert set(row.changes) == {"title", "dates", "accessibility", "body"}
        assert only(alpha).occurrences.count() == 3

    def test_somebodys_draft_goes_on_with_the_change_and_is_not_published(self, alpha, coordinator):
        put(alpha, cafe(), publish=True)
        edit(only(alpha), coordinator, publish=False, to_bring="Un stylo")
        [row] = put(alpha, cafe("DESCRIPTION:Venez nombreux ici."), publish=True).rows
        page = only(alpha)
        draft = page.get_latest_revision_as_object()
        assert (page.to_bring, page.summary) == ("", "Café emploi")
        assert (draft.to_bring, draft.summary) == ("Un stylo", "Venez nombreux ici.")
        assert "brouillon" in row.notes[0]

    def test_what_was_taken_off_line_is_not_put_back(self, alpha, coordinator):
        put(alpha, cafe(), publish=True)
        only(alpha).unpublish(user=coordinator)
        put(alpha, cafe(title="Café travail"), publish=True)
        assert not only(alpha).live

    def test_what_was_deleted_here_does_not_come_back(self, alpha):
        put(alpha, cafe(), publish=True)
        only(alpha).delete()
        [row] = put(alpha, cafe(), publish=True).rows
        assert not EventPage.objects.exists()
        assert row.notes == ["supprimé ici : il ne revient pas."]

    def test_a_locked_page_stays_as_it_is(self, alpha):
        put(alpha, cafe(), publish=True)
        EventPage.objects.update(locked=True)
        [row] = put(alpha, cafe(title="Café travail"), publish=True).rows
        assert only(alpha).title == "Café emploi"
        assert "verrouillée" in row.notes[0]

    def test_a_page_that_came_without_its_memory_is_known_again(self, alpha):
        """As after the archive of a territory was read back."""
        put(alpha, cafe(), publish=True)
        ImportedEvent.objects.all().delete()
        [row] = put(alpha, cafe(title="Café travail"), publish=True).rows
        assert only(alpha).title == "Café emploi"
        assert set(row.kept) == {"Titre", "Résumé"}


class TestGone:
    def test_it_is_said_and_left_unless_it_is_to_be_cancelled(self, alpha):
        put(alpha, cafe(), event(uid="autre"), publish=True)
        plan = put(alpha, cafe(), publish=True)
        assert [row.kind for row in plan.rows] == [Kind.UNCHANGED, Kind.GONE]
        assert EventPage.objects.get(external_id="autre").status == "scheduled"
        put(alpha, cafe(), publish=True, cancel_gone=True)
        assert EventPage.objects.get(external_id="autre").status == "cancelled"
        assert put(alpha, cafe(), cancel_gone=True).count(Kind.GONE) == 0

    def test_it_may_come_back(self, alpha):
        put(alpha, cafe(), event(uid="autre"), publish=True)
        put(alpha, cafe(), publish=True, cancel_gone=True)
        put(alpha, cafe(), event(uid="autre"), publish=True)
        assert EventPage.objects.get(external_id="autre").status == "scheduled"

    def test_what_is_over_is_not_gone(self, alpha):
        past = event("DTSTART:20200101T100000Z", uid="passe")
        put(alpha, cafe(), past, publish=True)
        assert put(alpha, cafe()).count(Kind.GONE) == 0

    def test_what_is_refused_is_not_gone(self, alpha):
        put(alpha, cafe(), event(uid="autre"), publish=True)
        broken = event("DTSTART:demain", uid="autre")
        assert put(alpha, cafe(), broken, cancel_gone=True).count(Kind.GONE) == 0

    def test_another_source_and_a_file_without_events_take_nothing_away(self, alpha):
        put(alpha, cafe(), publish=True)
        assert put(alpha, event(uid="x"), name="Autre", cancel_gone=True).count(Kind.GONE) == 0
        assert put(alpha, cancel_gone=True).count(Kind.GONE) == 0
        assert EventPage.objects.get(external_id=CAFE).status == "scheduled"


class TestStrangers:
    def test_the_same_identifier_elsewhere_is_another_event(self, alpha, beta):
        put(beta, cafe(title="Celui de Beta"), publish=True)
        before = Revision.objects.for_instance(only(beta)).count()
        plan = put(alpha, cafe(title="Celui d’Alpha"), publish=True, cancel_gone=True)
        assert [row.kind for row in plan.rows] == [Kind.NEW]
        assert only(beta).title == "Celui de Beta"
        assert Revision.objects.for_instance(only(beta)).count() == before

    def test_an_event_of_the_agenda_with_that_identifier_elsewhere_is_never_adopted(
        self, alpha, beta
    ):
        theirs = make_event(beta, external_id=CAFE, source="Ailleurs")
        put(alpha, cafe(), publish=True)
        theirs.refresh_from_db()
        assert theirs.title == "Atelier"
        assert only(alpha).get_parent().specific == agenda_of(alpha)


class TestApplying:
    def test_an_import_that_is_interrupted_goes_on(self, alpha, monkeypatch):
        from agenda.importing import apply

        events = [event(uid=f"n{number}", title=f"Atelier {number}") for number in range(3)]
        write = apply.EventWriter.write

        def stop_at_the_second(self, row):
            if row.external_id == "n1":
                raise KeyboardInterrupt
            write(self, row)

        monkeypatch.setattr(apply.EventWriter, "write", stop_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            put(alpha, *events, publish=True)
        assert EventPage.objects.count() == 1
        monkeypatch.undo()
        plan = put(alpha, *events, publish=True)
        assert (plan.count(Kind.UNCHANGED), plan.count(Kind.NEW)) == (1, 2)
        assert EventPage.objects.live().count() == 3

    def test_what_is_edited_while_it_runs_stays(self, alpha, coordinator):
        put(alpha, cafe(), publish=True)
        changed = calendar(cafe("DESCRIPTION:Venez nombreux ici.", title="Café travail"))
        plan = plan_file(territory=alpha, content=changed.encode(), publish=True)
        edit(only(alpha), coordinator, title="Le café du mardi")
        carry_out(plan)
        page = only(alpha)
        assert (page.title, page.summary) == ("Le café du mardi", "Venez nombreux ici.")
        assert plan.rows[0].kept == ["Titre"]

    def test_the_journal_tells_it_once(self, alpha):
        put(alpha, cafe(), publish=True)
        put(alpha, cafe(), publish=True)
        [entry] = JournalEntry.objects.filter(territory=alpha, action="agenda.import")
        assert entry.data["made"] == 1
        assert "Ailleurs" in entry.formatter.format_message(entry)

    def test_wagtail_has_a_revision_and_says_who_made_it(self, alpha):
        put(alpha, cafe(), publish=True)
        page = only(alpha)
        assert page.latest_revision == page.live_revision
        assert PageLogEntry.objects.filter(page=page, action="wagtail.publish").exists()

    def test_what_the_pages_own_checks_refuse_is_a_refused_row(self, alpha):
        late = event("DTSTART:20270105T093000Z", "RRULE:FREQ=DAILY;INTERVAL=100", uid="loin")
        plan = put(alpha, late, cafe(), publish=True)
        kinds = [row.kind for row in plan.rows]
        assert kinds[-1] == Kind.NEW
        assert all(row.reason for row in plan.rows if row.kind == Kind.REFUSED)

    def test_a_plan_costs_the_same_few_queries_for_many(self, alpha, django_assert_max_num_queries):
        events = [event(uid=f"n{number}") for number in range(8)]
        put(alpha, *events)
        with django_assert_max_num_queries(5):
            plan = plan_file(territory=alpha, content=calendar(*events).encode())
        assert plan.count(Kind.UNCHANGED) == 8


def test_openagenda_is_known_by_its_agenda_and_its_number(alpha, sample):
    import_events(territory=alpha, content=sample("openagenda.json"), publish=True)
    page = EventPage.objects.get(external_id="7001")
    assert page.source == "OpenAgenda 42"
    assert set(page.accessibility) == {"hi", "mi"}
    assert page.occurrences.count() == 4
    assert page.occurrences.first().end - page.occurrences.first().start == timedelta(hours=2)
    assert ImportedEvent.objects.get(event=page).said["image_url"] == "https://cdn.example/cv.jpg"
    assert page.image is None
    only_one = json.loads(sample("openagenda.json"))["events"][0]
    plan = import_events(territory=alpha, content=json.dumps(only_one).encode())
    assert [row.kind for row in plan.rows] == [Kind.UNCHANGED]
