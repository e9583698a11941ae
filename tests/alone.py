"""Scripts that a test runs in a process of their own, on a database of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from migrated_once import copy_migrated_base


def seen_by(
    script: Path,
    folder: Path,
    *arguments: str,
    has_base: bool = True,
    timeout: int = 300,
    **environment: str,
) -> tuple[Any, str]:
    """What the script has seen, the JSON of its last line, and what it said of errors.

    `folder`: where its data stands. Without `has_base`, it has a database elsewhere.
    """
    if has_base:
        copy_migrated_base(folder)
    finished = subprocess.run(
        [sys.executable, script, *arguments],
        env={**os.environ, "CITES_VAR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    return json.loads(finished.stdout.splitlines()[-1]), finished.stderr
