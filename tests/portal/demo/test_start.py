"""What `make demo` does before it serves, and leaves out when it is done already. The demo that is
visited (tests/browser) begins with a base that is migrated (tests/migrated_once.py)."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from portal.demo import preparation
from portal.demo.management.commands import demo
from portal.demo.supervisor import Supervisor

applied = MigrationRecorder.Migration.objects


@pytest.fixture
def prepare(monkeypatch, settings, tmp_path):
    """The commands called, in their order."""
    settings.VAR = tmp_path / "var"
    called = []
    monkeypatch.setattr(demo, "call_command", lambda name, **options: called.append(name))
    monkeypatch.setattr(preparation, "static_is_current", lambda fingerprint: True)

    def prepared() -> list[str]:
        demo.Command().prepare(Supervisor(), port=8000)
        assert settings.VAR.is_dir()
        return called

    return prepared


@pytest.mark.django_db
def test_a_first_start_makes_the_base_before_it_loads_the_content(prepare):
    applied.all().delete()
    assert prepare() == ["migrate", "load_demo"]


@pytest.mark.django_db
def test_a_start_after_an_update_brings_the_base_up_to_date(prepare):
    applied.filter(app="territories").latest("pk").delete()
    assert prepare() == ["migrate", "load_demo"]


@pytest.mark.django_db
def test_a_later_start_leaves_the_base_as_it_is(prepare):
    assert prepare() == ["load_demo"]
