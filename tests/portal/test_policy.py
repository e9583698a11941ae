"""Templates hold nothing that the Content-Security-Policy of public pages forbids."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.loaders.app_directories import get_app_template_dirs

from portal.security import PUBLIC

# Mails are read elsewhere, under other rules.
MAILS = {"mail", "review"}
FORBIDDEN = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:"
    r"|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)",
    re.IGNORECASE,
)
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|<!--.*?-->", re.DOTALL)


def templates() -> Iterator[Path]:
    rooms = [
        path for path in get_app_template_dirs("templates") if "site-packages" not in str(path)
    ]
    for folder in [*rooms, *settings.TEMPLATES[0]["DIRS"]]:
        for path in Path(folder).rglob("*.html"):
            if not MAILS & set(path.parts):
                yield path


def test_the_policy_of_public_pages_needs_no_exception():
    assert "unsafe" not in PUBLIC and "nonce" not in PUBLIC and "*" not in PUBLIC
    assert PUBLIC.startswith("default-src 'none'")


def test_no_template_holds_a_style_a_script_or_a_handler():
    read = list(templates())
    assert len(read) > 100
    found = {
        f"{path}: {match[0].strip()}"
        for path in read
        for match in FORBIDDEN.finditer(COMMENT.sub("", path.read_text()))
    }
    assert not found, "\n".join(sorted(found))
