"""In-process tests: no server, no worker, no entry points, nothing written under var/."""

import tempfile

from .base import *  # noqa: F403

SECRET_KEY = "test-only"
# An installed third-party plugin must not change what is tested here.
INSTALLED_APPS = ["sample_theme", "sample_plugin"] + [
    app
    for app in INSTALLED_APPS  # noqa: F405
    if app not in THIRD_PARTY_PLUGINS  # noqa: F405
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {
    alias: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": alias}
    for alias in ("default", "renditions")
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
MEDIA_ROOT = tempfile.mkdtemp(prefix="cites-test-media-")
PRIVATE_ROOT = tempfile.mkdtemp(prefix="cites-test-private-")
PICTURES_ROOT = tempfile.mkdtemp(prefix="cites-test-pictures-")
MAINTENANCE_FLAG = f"{PICTURES_ROOT}/maintenance.json"
SEARCH_URL = ""
SEARCH_API_PER_MINUTE = SEARCH_TYPING_PER_MINUTE = 0
LETTERS_URL, LETTERS_URLS, LETTERS_PER_MINUTE = "smtp:", {}, 0
