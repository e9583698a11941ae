import json
import os
import subprocess
import sys

import pytest
from migrated_once import copy_migrated_base


@pytest.mark.slow
def test_eight_threads_publish_while_the_site_is_read_and_nothing_is_lost(root, tmp_path):
    copy_migrated_base(tmp_path)
    finished = subprocess.run(
        [sys.executable, root / "tests" / "publish_together.py"],
        env={**os.environ, "CITES_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    seen = json.loads(finished.stdout.splitlines()[-1])
    assert seen["errors"] == []
    assert seen["published"] == seen["paths"] == 64
    assert set(seen["reads"]) == {"200"}
    assert "database is locked" not in finished.stderr
