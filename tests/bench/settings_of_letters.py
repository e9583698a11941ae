"""As in development, on PostgreSQL: LETTERS_POSTGRES is the folder of a server's socket."""

import os

from portal.settings.development import *  # noqa: F403

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "bench_letters",
        "USER": "cites",
        "HOST": os.environ["LETTERS_POSTGRES"],
    }
}
