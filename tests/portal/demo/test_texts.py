"""How the demo is written, in each of its languages."""

import re

from demo_data import bodies, everything, strings

from portal.demo.records import EVENT_WORDS
from portal.demo.translating import languages

LIMITS = {
    "title": 150, "number": 20, "label": 150, "source": 200, "note": 300, "alt": 250,
    "caption": 250, "question": 250, "name": 150, "role": 150,
}  # fmt: skip


def test_texts_are_finished(slug):
    unfinished = re.compile(r"lorem|ipsum|\btodo\b|fixme|xxx|à compléter|\btbd\b", re.IGNORECASE)
    for path, text in everything(slug):
        assert not unfinished.search(text), f"{path}: {text}"
        assert ("  " not in text and text == text.strip()) or "<" in text, f"{path}: {text!r}"


def test_french_is_set_as_it_is_printed(content):
    straight = re.compile(r"\w'\w|\.\.\.|[«]\S|\S[»]|\d[€%]|[^\s\d&][;!?](?=\s|$)")
    for path, text in strings(vars(content)):
        # Opening hours speak OpenStreetMap's language, and an entity ends with a semicolon.
        if not path.endswith("horaires_accueil") and "/translations/" not in path:
            found = straight.search(re.sub(r"&\w+;|<[^>]*>", "", text))
            assert not found, f"{path}: {text}"


def test_texts_fit_where_they_are_shown(slug, content):
    for facts in (content.events, content.news, content.stories):
        assert all(len(fact["summary"]) <= 200 for fact in facts)
    for words in languages(slug).values():
        for kind in ("event", "news", "story"):
            assert all(len(fact["summary"]) <= 200 for fact in words[kind])
    for _language, body in bodies(slug):
        for path, text in strings(body):
            assert len(text) <= LIMITS.get(path.rsplit("/", 1)[-1], 10_000), text


def test_texts_are_short_here_and_long_there(content):
    for texts in (
        [fact["description"] for fact in content.services],
        [fact["body"] for fact in content.events],
    ):
        lengths = sorted(map(len, texts))
        assert lengths[-1] >= 3 * lengths[0]
        assert len(set(texts)) == len(texts)


def test_home_guide_events_and_services_speak_english_and_arabic(slug, content):
    found = languages(slug)
    assert set(found) == {"ar", "en"}
    for words in found.values():
        assert {"headline", "introduction"} <= words["home"].keys()
        assert {"title", "introduction"} <= words["guide"].keys()
        for kind, facts in (
            ("event", content.events),
            ("service", content.services),
            ("page", content.pages),
            ("news", content.news),
            ("story", content.stories),
        ):
            translated = [fact["slug"] for fact in words[kind]]
            assert len(set(translated)) == len(translated)
            assert set(translated) <= {fact["slug"] for fact in facts}
        assert len(words["event"]) >= 5 and len(words["service"]) >= 5


def test_a_translation_says_all_that_the_record_says(slug, content):
    events = {fact["slug"]: fact for fact in content.events}
    services = {fact["slug"]: fact for fact in content.services}
    pages = {fact["slug"]: fact for fact in [*content.pages, *content.news]}
    stories = {fact["slug"]: fact for fact in content.stories}
    texts = ("frais_precisions", "conditions_acces", "to_bring", "mobilisation_precisions")
    for words in languages(slug).values():
        kinds = [block["type"] for block in content.territory["home"]["body"]]
        assert [block["type"] for block in words["home_body"]] == kinds
        for fact in words["event"]:
            assert {name for name in EVENT_WORDS if events[fact["slug"]].get(name)} <= fact.keys()
        for fact in words["service"]:
            needed = {name for name in texts if services[fact["slug"]].get(name)}
            assert {"nom", "description", *needed} <= fact.keys(), fact["slug"]
        for fact in words["story"]:
            told = stories[fact["slug"]]
            assert {"title", "summary", "quote", "steps", "body"} <= fact.keys()
            assert len(fact["steps"].splitlines()) == len(told["steps"].splitlines())
        for fact in [*words["page"], *words["news"]]:
            kinds = [block["type"] for block in pages[fact["slug"]]["body"]]
            assert [block["type"] for block in fact["body"]] == kinds, fact["slug"]


def test_arabic_is_written_in_arabic_and_english_without_french_quotes(slug):
    found = languages(slug)
    kinds = ("event", "service", "page", "news", "story")
    for path, text in strings([found["ar"][kind] for kind in kinds]):
        if path.endswith(("title", "summary", "body", "description", "alt", "caption")):
            assert re.search(r"[\u0600-\u06ff]", text), f"{path}: {text}"
    for path, text in strings(found["en"]):
        assert not re.search(r"[«»]|\w'\w", text), f"{path}: {text}"
