import pytest
from alone import seen_by


@pytest.mark.slow
def test_workers_killed_three_times_send_nothing_twice_and_lose_nothing(root, tmp_path):
    seen, _errors = seen_by(
        root / "tests" / "letters_killed.py",
        tmp_path,
        *("--readers", "300", "--hurried"),
        timeout=600,
        DJANGO_SETTINGS_MODULE="portal.settings.development",
    )
    assert seen["doubles"] == seen["said sent and lost"] == seen["delivered and not said"] == 0
    assert seen["said sent"] + seen["uncertain"] == 300
    assert seen["uncertain"] <= 3
