import json
import os
import subprocess
import sys

import pytest
from migrated_once import copy_migrated_base


@pytest.mark.slow
def test_workers_killed_three_times_send_nothing_twice_and_lose_nothing(root, tmp_path):
    copy_migrated_base(tmp_path)
    finished = subprocess.run(
        [sys.executable, root / "tests" / "letters_killed.py", "--readers", "300", "--hurried"],
        env={
            **os.environ,
            "CITES_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        },
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    seen = json.loads(finished.stdout.splitlines()[-1])
    assert seen["doubles"] == seen["said sent and lost"] == seen["delivered and not said"] == 0
    assert seen["said sent"] + seen["uncertain"] == 300
    assert seen["uncertain"] <= 3
