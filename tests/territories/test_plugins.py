"""The contract, over every installed plugin and over the sample that contributes one of each."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import Count, Value
from django.template.loader import get_template
from factories import home_of, make_content_page, make_member, make_page, make_territory
from sample_plugin.jobs import RUNS
from sample_plugin.marks import MARKS
from sample_plugin.models import NoticePage, Pin

from territories.blocks.field import ContentField, refuse_closed_plugins
from territories.blocks.mail import render_mail
from territories.jobs.schedule import run_due_jobs
from territories.models import ContentPage, JobRun, Territory
from territories.pages.listing import Listing
from territories.plugins import PluginConfig, marks, registry
from territories.plugins.contributions import KINDS, Facet
from territories.plugins.switching import switch_off, switch_on
from territories.tenancy.roles import role_group

LABELS = sorted(registry.plugins())


@pytest.mark.parametrize("label", LABELS)
def test_every_plugin_keeps_the_contract(label):
    config = registry.plugins()[label]
    assert isinstance(config, PluginConfig)
    assert config.verbose_name and config.summary
    assert set(config.requires) <= set(LABELS)
    for kind in KINDS:
        for plugin, item in registry.contributions(kind):
            if plugin != label:
                continue
            for owner in ("model", "on"):
                if "." in getattr(item, owner, ""):
                    apps.get_model(getattr(item, owner))
            if kind in {"PANELS", "DASHBOARD"}:
                get_template(item.template)
            if kind == "BLOCKS":
                block = item.block()
                get_template(block.meta.template)
                assert block.meta.mail_template, f"{item.name} cannot go into a letter"
                get_template(block.meta.mail_template)


def test_the_sample_contributes_one_of_each_kind():
    for kind in KINDS:
        assert "sample_plugin" in {plugin for plugin, _ in registry.contributions(kind)}, kind


def test_a_contribution_of_the_wrong_type_stops_the_start(monkeypatch):
    import sample_plugin.jobs

    monkeypatch.setattr(sample_plugin.jobs, "JOBS", ["not a job"])
    with pytest.raises(ImproperlyConfigured, match="not a Job"):
        registry.contributions.__wrapped__("JOBS")


def test_an_app_that_is_no_plugin_contributes_when_it_says_so(monkeypatch):
    import sample_plugin.jobs

    home = apps.get_app_config("portal_home")
    monkeypatch.setattr(home, "name", "sample_plugin")
    read = registry.contributions.__wrapped__
    assert ("portal_home", sample_plugin.jobs.JOBS[0]) not in read("JOBS")
    monkeypatch.setattr(home, "contributes", True, raising=False)
    assert ("portal_home", sample_plugin.jobs.JOBS[0]) in read("JOBS")


def test_required_plugins_come_first():
    order = list(registry.plugins())
    for label in order:
        for required in registry.requirements(label) - {label}:
            assert order.index(required) < order.index(label)


@pytest.mark.django_db
class TestSwitchedOff:
    @pytest.fixture
    def territory(self):
        return make_territory("alpha")

    def fresh(self, territory):
        return type(territory).objects.get(pk=territory.pk)

    def get(self, client, address):
        return client.get(address, headers={"host": "alpha.localhost"})

    def test_its_pages_answer_404_and_come_back(self, client, territory):
        assert self.get(client, "/annonces/").status_code == 200
        switch_off(territory=territory, plugin="sample_plugin")
        assert self.get(client, "/annonces/").status_code == 404
        assert self.get(client, "/annonces/fil.txt").status_code == 404
        switch_on(territory=territory, plugin="sample_plugin")
        assert self.get(client, "/annonces/").status_code == 200

    def test_it_leaves_the_menu(self, client, territory):
        assert "/annonces/" in self.get(client, "/").content.decode()
        switch_off(territory=territory, plugin="sample_plugin")
        assert "/annonces/" not in self.get(client, "/").content.decode()

    def test_it_leaves_lists_panels_and_open_data(self, client, territory):
        make_content_page(territory, title="Une page", slug="une-page")
        assert "Un panneau d’essai" in self.get(client, "/une-page/").content.decode()
        dataset = self.get(client, "/open-data/annonces.json")
        assert len(json.loads(b"".join(dataset.streaming_content))) == 1
        switch_off(territory=territory, plugin="sample_plugin")
        assert NoticePage.objects.findable().count() == 0
        assert "Un panneau d’essai" not in self.get(client, "/une-page/").content.decode()
        assert self.get(client, "/open-data/annonces.json").status_code == 404

    def test_its_blocks_render_empty_and_come_back(self, client, territory):
        make_content_page(
            territory, title="Une page", slug="une-page", body=[("greeting", {"name": "Nour"})]
        )
        assert "Bonjour Nour" in self.get(client, "/une-page/").content.decode()
        switch_off(territory=territory, plugin="sample_plugin")
        assert "Bonjour Nour" not in self.get(client, "/une-page/").content.decode()
        switch_on(territory=territory, plugin="sample_plugin")
        assert "Bonjour Nour" in self.get(client, "/une-page/").content.decode()

    def test_new_use_of_its_blocks_is_refused_and_old_use_is_kept(self, territory):
        page = make_content_page(territory, body=[("greeting", {"name": "Nour"})])
        switch_off(territory=territory, plugin="sample_plugin")
        territory = self.fresh(territory)
        refuse_closed_plugins(body=page.body, before=page.body, territory=territory)
        with pytest.raises(ValidationError, match="Retirez le bloc"):
            refuse_closed_plugins(body=page.body, before=None, territory=territory)

    def test_its_pages_may_be_neither_created_nor_moved_there(self, territory):
        other = make_territory("beta")
        page = make_page(home_of(other), NoticePage(title="Annonce"))
        switch_off(territory=territory, plugin="sample_plugin")
        assert not NoticePage.can_create_at(home_of(territory))
        assert not page.can_move_to(home_of(territory))
        assert NoticePage.can_create_at(home_of(other))

    def test_nothing_is_deleted(self, territory):
        before = NoticePage.objects.count()
        switch_off(territory=territory, plugin="sample_plugin")
        assert NoticePage.objects.count() == before

    def test_what_stands_on_it_is_hidden_with_it(self):
        assert registry.working({"labelling", "agenda"}) == frozenset()
        assert "labelling" in registry.working({"labelling", "agenda", "resources_directory"})


@pytest.mark.django_db
class TestContributions:
    def test_a_block_has_a_web_and_a_mail_rendering(self):
        territory = make_territory("alpha")
        page = make_content_page(territory, body=[("greeting", {"name": "Nour"})])
        child = page.body[0]
        mail = render_mail(child.block, child.value, {"page": page})
        assert "<mj-text>Bonjour Nour</mj-text>" in mail

    def test_a_mark_orders_before_pagination_and_badges_in_one_query(
        self, rf, django_assert_num_queries
    ):
        territory = make_territory("alpha")
        home = home_of(territory)
        for title in ("Atelier", "Bal", "Zumba"):
            page = make_page(home, NoticePage(title=title))
        Pin.objects.create(territory=territory, page=page, words="Épinglé")
        request = rf.get("/", {"page": "abc", "initiale": "z"})
        request.territory = territory
        listing = Listing(
            request, NoticePage.objects.findable().in_territory(territory), ordering=["title"]
        )
        assert [item.title for item in listing.items] == ["Zumba"]
        assert listing.items[0].badges[0].text == "Épinglé"
        request = rf.get("/")
        request.territory = territory
        listing = Listing(
            request,
            NoticePage.objects.findable().in_territory(territory),
            ordering=["title"],
            per_page=1,
        )
        assert [item.title for item in listing.items] == ["Zumba"]

    def test_grants_reach_the_roles_group(self):
        territory = make_territory("alpha")
        group = role_group(territory, "coordinator")
        assert group.permissions.filter(codename="view_pin").exists()
        assert not role_group(territory, "editor").permissions.filter(codename="view_pin").exists()

    def test_a_job_runs_once_when_it_is_due(self):
        now = datetime(2026, 11, 23, 8, tzinfo=UTC)
        RUNS.clear()
        list(run_due_jobs(now))
        list(run_due_jobs(now + timedelta(minutes=1)))
        assert len(RUNS) == 1
        list(run_due_jobs(now + timedelta(minutes=6)))
        assert len(RUNS) == 2
        assert JobRun.objects.filter(name="sample_plugin.count").count() == 1


@pytest.mark.django_db
class TestGrants:
    """What a role may do with a plugin's models follows the switches of its territory."""

    def may(self, territory, codename="view_pin"):
        group = role_group(territory, "coordinator")
        return group.permissions.filter(codename=codename).exists()

    def test_a_territory_that_never_opened_the_plugin_grants_nothing(self):
        assert not self.may(make_territory("alpha", plugins=["agenda"]))
        assert self.may(make_territory("beta", plugins=["sample_plugin"]))

    def test_they_come_when_it_opens_go_when_it_closes_and_come_back(self):
        territory = make_territory("alpha", plugins=["agenda"])
        switch_on(territory=territory, plugin="sample_plugin")
        assert self.may(territory)
        switch_off(territory=territory, plugin="sample_plugin")
        assert not self.may(territory)
        assert self.may(territory, "access_admin")
        switch_on(territory=territory, plugin="sample_plugin")
        assert self.may(territory)

    def test_the_groups_of_other_territories_are_left_as_they_are(self):
        alpha, beta = make_territory("alpha"), make_territory("beta", plugins=["agenda"])
        switch_off(territory=alpha, plugin="sample_plugin")
        assert not self.may(beta)
        switch_on(territory=beta, plugin="sample_plugin")
        assert (self.may(alpha), self.may(beta)) == (False, True)
        switch_on(territory=alpha, plugin="sample_plugin")
        switch_off(territory=beta, plugin="sample_plugin")
        assert (self.may(alpha), self.may(beta)) == (True, False)

    def test_a_plugin_hidden_with_what_it_requires_grants_nothing_meanwhile(self):
        territory = make_territory("alpha", plugins=["labelling"])
        assert self.may(territory, "view_criterion")
        switch_off(territory=territory, plugin="resources_directory")
        assert not self.may(territory, "view_criterion")
        switch_on(territory=territory, plugin="resources_directory")
        switch_on(territory=territory, plugin="agenda")
        assert self.may(territory, "view_criterion")

    def test_making_the_territory_again_puts_them_right(self):
        make_territory("alpha")
        territory = make_territory("alpha", plugins=["agenda"])
        assert self.may(territory), "what was open stays open"
        switch_off(territory=territory, plugin="sample_plugin")
        group = role_group(territory, "coordinator")
        group.permissions.add(Permission.objects.get(codename="view_pin"))
        make_territory("alpha", plugins=["agenda"])
        assert not self.may(territory)

    def test_a_switch_changed_elsewhere_meanwhile_is_seen(self):
        territory = make_territory("alpha")
        assert "sample_plugin" in territory.enabled_plugins
        switch_off(territory=Territory.objects.get(), plugin="sample_plugin")
        switch_on(territory=territory, plugin="agenda")
        assert not self.may(territory)


def notes(queryset):
    return queryset.filter(title__startswith="Note")


def note_rows(queryset):
    words = {
        name: Value(value)
        for name, value in (("value", "oui"), ("label", "Notées"), ("position", 0))
    }
    return notes(queryset).order_by().values(**words).annotate(number=Count("pk"))


def note_facet(name, **fields):
    return Facet(
        name,
        "Notes",
        "territories.ContentPage",
        lambda queryset: [("oui", "Notées", number)] if (number := notes(queryset).count()) else [],
        lambda queryset, values: notes(queryset) if "oui" in values else queryset,
        **fields,
    )


@pytest.mark.django_db
class TestMarksOnThePortal:
    """The portal lists the pages of all territories: each is marked as its own territory says."""

    @pytest.fixture(params=["sample_plugin", "labelling"])
    def plugin(self, request, monkeypatch):
        """Marks and narrows pages that are not its own: those with a pin, titled « Note … »."""
        mark = replace(MARKS[0], on="territories.ContentPage", facet=note_facet("marque"))
        found = {
            "MARKS": [mark],
            "FACETS": [note_facet("choix"), note_facet("rangs", rows=note_rows)],
        }
        monkeypatch.setattr(
            marks,
            "contributions",
            lambda kind: [registry.Contribution(request.param, item) for item in found[kind]],
        )
        return request.param

    @pytest.fixture
    def alpha(self, plugin):
        return self.make_noted("alpha")

    @pytest.fixture
    def beta(self, plugin):
        return self.make_noted("beta")

    def make_noted(self, slug):
        territory = make_territory(slug)
        make_content_page(territory, f"Bal {slug}")
        page = make_content_page(territory, f"Note {slug}")
        Pin.objects.create(territory=territory, page=page, words="Épinglé")
        return territory

    def listing(self, rf, territory=None, **parameters):
        request = rf.get("/", parameters)
        request.territory = territory
        pages = ContentPage.objects.findable().in_territory(territory)
        return Listing(request, pages, ordering=["title"])

    def seen(self, rf, territory=None, **parameters):
        """The titles in order, those that bear the badge with a star; the counts of the facets."""
        listing = self.listing(rf, territory, **parameters)
        titles = [f"{page.title}{' *' * len(page.badges)}" for page in listing.items]
        counts = {shown.facet.name: shown.choices[0].count for shown in listing.facets}
        return titles, counts

    def test_open_everywhere_all_are_marked(self, rf, alpha, beta):
        titles, counts = self.seen(rf)
        assert titles == ["Note alpha *", "Note beta *", "Bal alpha", "Bal beta"]
        assert counts == {"marque": 2, "choix": 2, "rangs": 2}

    def test_pages_of_a_territory_that_closed_the_plugin_bear_nothing(
        self, rf, plugin, alpha, beta
    ):
        switch_off(territory=alpha, plugin=plugin)
        titles, counts = self.seen(rf)
        assert titles == ["Note beta *", "Bal alpha", "Bal beta", "Note alpha"]
        assert counts == {"marque": 1, "choix": 1, "rangs": 1}
        for name in counts:
            assert self.seen(rf, **{name: "oui"})[0] == ["Note beta *"]
            assert self.seen(rf, **{name: "non"})[0] == titles, "an unknown value is ignored"
        assert self.seen(rf, self.fresh(beta))[1] == counts
        assert self.seen(rf, self.fresh(alpha)) == (["Bal alpha", "Note alpha"], {})

    def test_closed_everywhere_nothing_of_it_is_left(self, rf, plugin, alpha, beta):
        for territory in (alpha, beta):
            switch_off(territory=territory, plugin=plugin)
        assert self.seen(rf) == (["Bal alpha", "Bal beta", "Note alpha", "Note beta"], {})
        switch_on(territory=beta, plugin=plugin)
        assert self.seen(rf)[0][0] == "Note beta *"

    def test_hidden_with_what_it_requires_it_marks_nothing(self, rf, plugin, alpha, beta):
        switch_off(territory=alpha, plugin="resources_directory")
        is_hidden = "resources_directory" in registry.requirements(plugin)
        titles, counts = self.seen(rf)
        assert titles[0] == ("Note beta *" if is_hidden else "Note alpha *")
        assert set(counts.values()) == {1 if is_hidden else 2}

    def test_the_portals_own_pages_bear_every_mark(self, rf, alpha):
        page = make_content_page(None, "Note du portail")
        Pin.objects.create(territory=alpha, page=page, words="Épinglé")
        assert self.seen(rf)[0][:2] == ["Note alpha *", "Note du portail *"]

    def test_it_costs_the_same_for_many_territories(
        self, rf, alpha, django_assert_num_queries, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(10) as few:
            self.seen(rf, choix="oui")
        for number in range(4):
            self.make_noted(f"t{number}")
        with django_assert_num_queries(len(few)):
            self.seen(rf, choix="oui")

    def fresh(self, territory):
        return Territory.objects.get(pk=territory.pk)


def test_block_definitions_stay_out_of_migrations():
    field = ContentPage._meta.get_field("body")
    assert isinstance(field, ContentField)
    _name, _path, arguments, options = field.deconstruct()
    assert arguments == []
    assert "block_lookup" not in options and "block_types" not in options


def test_importing_the_base_in_apps_does_not_hide_the_plugin():
    for label in LABELS:
        assert type(apps.get_app_config(label)) is not PluginConfig
        assert isinstance(apps.get_app_config(label), PluginConfig)


def test_every_kind_of_contribution_is_documented(root):
    documentation = (root / "docs" / "plugins.md").read_text()
    for constant, kind in KINDS.items():
        assert f"| `{constant}` | `{kind.module}.py` | `{kind.type.__name__}`" in documentation


@pytest.mark.django_db
def test_what_waits_for_me_shows_on_the_admins_home(client):
    client.force_login(make_member(make_territory("alpha")))
    response = client.get("/admin/", headers={"host": "localhost"})
    assert "À vous" in response.content.decode()
