"""One machine, SQLite under var/, no secret worth keeping. `make demo` runs these settings."""

import os

from .base import *  # noqa: F403

VAR.mkdir(exist_ok=True)  # noqa: F405
DEBUG = os.environ.get("CITES_DEBUG", "1") == "1"
SECRET_KEY = "development-only-never-used-in-production"
if "EMAIL_HOST" in os.environ:
    EMAIL_HOST, EMAIL_PORT = os.environ["EMAIL_HOST"], int(os.environ.get("EMAIL_PORT", "25"))
else:
    # Links of invitations are read in the terminal.
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    # Twenty thousand letters are not.
    LETTERS_URL = os.environ.get("LETTERS_URL") or "export:"
PORT = os.environ.get("PORT", "8000")
SERVES_MEDIA = True
SHOWS_STYLES = True
# With CITES_DEBUG=0 everything is as visitors and search engines meet it.
IS_INDEXED = not DEBUG
WAGTAILADMIN_BASE_URL = f"http://localhost:{PORT}"

if DEBUG:
    STORAGES["staticfiles"] = {  # noqa: F405
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
