"""The contract, over every installed plugin and over the sample that contributes one of each."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.template.loader import get_template
from factories import home_of, make_content_page, make_member, make_page, make_territory
from sample_plugin.jobs import RUNS
from sample_plugin.models import NoticePage, Pin

from territories.blocks.field import ContentField, refuse_closed_plugins
from territories.blocks.mail import render_mail
from territories.jobs.schedule import run_due_jobs
from territories.models import ContentPage, JobRun
from territories.pages.listing import Listing
from territories.plugins import PluginConfig, registry
from territories.plugins.contributions import KINDS
from territories.plugins.switching import UnknownPlugin, switch_off, switch_on

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


def test_the_samples_contribute_one_of_each_kind():
    for kind in KINDS:
        sample = "sample_theme" if kind == "THEMES" else "sample_plugin"
        assert sample in {plugin for plugin, _ in registry.contributions(kind)}, kind


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

    @pytest.mark.parametrize("switch", [switch_on, switch_off])
    def test_a_name_that_is_no_plugins_switches_nothing(self, territory, switch):
        with pytest.raises(UnknownPlugin, match="sample_plugin"):
            switch(territory=territory, plugin="sample_plugni")
        assert not territory.switches.filter(plugin="sample_plugni").exists()

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

    def test_a_job_runs_once_when_it_is_due(self):
        now = datetime(2026, 11, 23, 8, tzinfo=UTC)
        RUNS.clear()
        list(run_due_jobs(now))
        list(run_due_jobs(now + timedelta(minutes=1)))
        assert len(RUNS) == 1
        list(run_due_jobs(now + timedelta(minutes=6)))
        assert len(RUNS) == 2
        assert JobRun.objects.filter(name="sample_plugin.count").count() == 1


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
