"""What a phone downloads of the demo, counted in Chromium: nothing but ours, and little of it."""

import gzip
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

MOST_REQUESTS = {"carte": 24}
USUALLY = 20
BUDGETS = {"home": 120_000, "agenda": 120_000, "service": 120_000, "carte": 250_000}
# Their weight is their own matter (at most 60 kB each, and most of them wait to be scrolled to).
PICTURES = ("image/avif", "image/webp", "image/jpeg", "image/png")


@pytest.mark.parametrize("place", BUDGETS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_phone_downloads_little_and_from_nobody_else(browser, ways, place, language):
    parts = urlsplit(ways["territory", place])
    path = parts.path if language == "fr" else f"/{language}{parts.path}"
    context = browser.new_context(
        locale="fr-FR", viewport={"width": 375, "height": 740}, device_scale_factor=2
    )
    page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(parts._replace(path=path).geturl(), wait_until="networkidle")

    assert {urlsplit(answer.url).netloc for answer in answers} == {parts.netloc}
    weights = {answer.url: weight(answer) for answer in answers}
    total = sum(weights.values())
    print(f"\n{language} {place}: {total / 1000:.1f} kB in {len(answers)} requests")
    assert total < BUDGETS[place], weights
    assert len(answers) <= MOST_REQUESTS.get(place, USUALLY), list(weights)
    for answer in answers:
        if "/static/" in answer.url:
            assert "immutable" in answer.headers["cache-control"], answer.url
    context.close()


def weight(answer) -> int:
    """On the wire in production: static files as they came, pages as the proxy compresses them."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind in PICTURES:
        return 0
    sizes = answer.request.sizes()
    if "content-encoding" in answer.headers or kind.startswith("font/"):
        return sizes["responseBodySize"]
    return len(gzip.compress(answer.body(), 6))
