"""What an archive looks like: a zip of JSON and files, and a manifest that answers for them.

`manifest.json` says the format, what is inside and the SHA-256 of each member. `territory.json`
holds the settings, `*.jsonl` one row a line: pages (parents first), translations, images and
documents, and the parts of plugins under `parts/`. Rows name each other by language and
translation key (`fr:6f1c…`), by rank (`image:12`) or by natural key (`["theme", "emploi"]`), never
by primary key.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

FORMAT = 1
PRODUCT = "cites-emploi"

MANIFEST = "manifest.json"
TERRITORY = "territory.json"
PAGES = "pages.jsonl"
TRANSLATIONS = "translations.jsonl"
MEDIA = "media.jsonl"
PARTS = "parts"

# Said in each manifest, so that nobody looks for it elsewhere.
LEFT_OUT = {
    "people": "Accounts, passwords, roles, authors, locks, comments and workflows: they belong to "
    "an installation, and are personal data.",
    "history": "Old revisions and the log: what is published, the drafts and what is scheduled "
    "are here.",
    "passwords": "Shared passwords of private pages: such pages stay private, and get a new one.",
    "made again": "Occurrences, renditions of images, search documents: the site makes them.",
}


def product_version() -> str:
    try:
        return version(PRODUCT)
    except PackageNotFoundError:  # a checkout that nobody has installed
        return ""
