#!/usr/bin/env python3
import os
import sys
from pathlib import Path

# site/ is a container, not a package: its one import name is `portal`. Position 1 keeps the
# folder of this script first, and makes a fresh clone work without being installed.
sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
