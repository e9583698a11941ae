"""A territory made in the wizard of a running installation: its host answers at once.

Several processes serve the demo, each with a memory of its own: all of them are asked. Named last
in the folder, since the other tests visit the territories that the demo came with.
"""

import re
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest

pytestmark = pytest.mark.browser

# More than the threads of all processes of the server.
TIMES = 24
SECONDS_TO_MAKE = 60


class Visitor:
    """Somebody without a browser: forms, cookies, and the host that one pretends to ask."""

    def __init__(self, demo) -> None:
        self.port = demo.port
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, host: str = "localhost", **form) -> tuple[int, str, str]:
        """Status, address in the end, and text."""
        # No name to resolve: not every machine knows *.localhost.
        address = f"http://127.0.0.1:{self.port}{path}"
        # A new connection each time: another process may answer.
        headers = {"Host": f"{host}:{self.port}", "Connection": "close"}
        data = urlencode(form, doseq=True).encode() if form else None
        try:
            asked = urllib.request.Request(address, data, headers)
            with self.opener.open(asked, timeout=20) as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.url, error.read().decode()

    def fill(self, path: str, **form) -> tuple[str, str]:
        """Post a form with the token of its page; gives the address it led to, and its text."""
        _status, _address, page = self.ask(path)
        hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|key)" value="([^"]+)"', page))
        status, address, text = self.ask(path, **hidden, **form)
        assert status == 200, (path, status)
        return urlsplit(address).path, text


@pytest.fixture
def team(demo):
    visitor = Visitor(demo)
    there, _page = visitor.fill(
        "/admin/login/", username="equipe-nationale", password="demo", next="/admin/"
    )
    assert there == "/admin/"
    return visitor


def test_a_host_made_in_the_wizard_answers_at_once_and_an_unknown_one_gets_400(team):
    slug = f"essai-{uuid4().hex[:6]}"
    host = f"{slug}.localhost"
    # Every process has looked at its sites before there is a new one.
    for _time in range(TIMES):
        assert team.ask("/", host)[0] == 400
        assert team.ask("/")[0] == 200
    answers = {
        "identity": {"name": "Essai", "slug": slug, "town": "", "tagline": ""},
        "communes": {"communes": "31555 Toulouse"},
        "address": {"hostname": host, "port": str(team.port)},
        "plugins": {"plugins": ["resources_directory", "agenda"]},
        "coordinator": {"coordinator_email": f"{slug}@example.org"},
    }
    steps = [*(f"/admin/provisioning/step/{step}/" for step in answers)]
    following = [*steps[1:], "/admin/provisioning/summary/"]
    for step, form, expected in zip(steps, answers.values(), following, strict=True):
        there, page = team.fill(step, **form)
        assert there == expected, re.findall(r"error-message[^>]*>([^<]+)", page)
    run, _page = team.fill(following[-1])
    assert re.fullmatch(r"/admin/provisioning/[0-9a-f-]{36}/", run)
    deadline = time.monotonic() + SECONDS_TO_MAKE
    while '"state": "done"' not in (told := team.ask(f"{run}state/")[2]):
        assert time.monotonic() < deadline and "failed" not in told, told
        time.sleep(0.2)
    for _time in range(TIMES):
        status, _address, page = team.ask("/", host)
        assert status == 200 and "Essai" in page
        # Its menu has addresses: they come from what is kept in a cache.
        assert 'href="/agenda/"' in page and 'href="/guide/"' in page
        assert f"http://{host}:{team.port}/" in team.ask("/")[2]
        assert team.ask("/", f"autre-{slug}.localhost")[0] == 400
    assert f"http://{host}:{team.port}/" in team.ask(run)[2]
