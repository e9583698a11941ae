"""A video asks nothing of anybody before the visitor does, and then of its host alone."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from factories import make_content_page, make_territory
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from territories.blocks.video import VideoBlock
from territories.video.hosts import video_at
from territories.video.serving import NotThere, part_asked
from territories.video.watching import watch_address

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3"


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        (YOUTUBE, "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://www.dailymotion.com/video/x8abcde", "https://geo.dailymotion.com/player.html?video=x8abcde"),
        ("https://framatube.org/w/9dRFC6Ya11NCVeYKn8ZhiD", "https://framatube.org/videos/embed/9dRFC6Ya11NCVeYKn8ZhiD?p2p=0&peertubeLink=0"),
        ("https://peertube.example/w/9dRFC6Ya11NCVeYKn8ZhiD", None),
        ("http://www.youtube.com/watch?v=dQw4w9WgXcQ", None),
        ("https://www.youtube.com/watch?v=\"><script>", None),
        ("https://www.youtube.com/@chaine", None),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", None),
        ("https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ", None),
        ("https://[", None),
        ("javascript:alert(1)", None),
    ],
)  # fmt: skip
def test_an_address_is_that_of_a_video_of_a_known_host_or_of_none(url, frame):
    found = video_at(url)
    assert (found and found.frame) == frame
    if found:
        assert found.frame.startswith(f"{found.origin}/") and '"' not in found.frame


def value_of(**given):
    return VideoBlock().to_python(
        {"title": "Samira raconte", "transcript": "<p>Bonjour.</p>", "duration": "2 min", **given}
    )


@pytest.fixture(scope="module")
def territory(undone_after_the_module):
    return make_territory("alpha", plugins=[])


@pytest.fixture
def page(territory, db):
    return make_content_page(
        territory, "Une vidéo", slug="une-video", body=[("video", value_of(url=YOUTUBE))]
    )


def test_the_page_asks_nothing_of_the_host_and_leads_to_one_that_frames_it_alone(page):
    browser = Client(headers={"host": "alpha.localhost"})
    html = browser.get("/une-video/").content.decode()
    assert "youtube.com" not in html and "<iframe" not in html
    assert "Elle est chez YouTube (Google), qui verra votre visite" in html
    assert "Lire ce qui est dit" in html and "Bonjour." in html
    [address] = re.findall(r'href="(/video/[^"]+)"', html)
    watched = browser.get(address)
    assert watched.status_code == 200 and not watched.cookies
    policy = watched["Content-Security-Policy"]
    assert policy.endswith("; frame-src https://www.youtube-nocookie.com")
    assert "unsafe" not in policy
    shown = watched.content.decode()
    assert '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"' in shown
    assert 'href="/une-video/"' in shown and "Samira raconte" in shown
    assert "frame-src" not in browser.get("/une-video/")["Content-Security-Policy"]


def test_nobody_makes_a_territory_show_another_video(page, territory):
    browser = Client(headers={"host": "alpha.localhost"})
    told = {"url": YOUTUBE, "title": "Autre chose", "back": "/"}
    own = watch_address(territory=territory, **told)
    assert own == watch_address(territory=territory, **told)
    assert browser.get(own).status_code == 200
    assert browser.get(own.replace("/video/", "/video/x")).status_code == 404
    assert browser.get(watch_address(territory=None, **told)).status_code == 404
    assert browser.get("/en" + own).status_code == 200
    assert browser.post(own).status_code == 405


def document(name, content=b"0123456789"):
    return Document.objects.create(
        title=name,
        file=ContentFile(content, name=name),
        collection=Collection.objects.get(name="alpha"),
    )


def test_a_file_is_played_in_the_page_with_its_captions(page, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    film, captions = document("film.mp4"), document("film.vtt", b"WEBVTT")
    value = value_of(file=film.pk, captions=captions.pk, captions_language="ar")
    VideoBlock().clean(value)
    html = VideoBlock().render(value, {})
    assert 'preload="none"' in html and "autoplay" not in html
    assert f'<source src="{film.url}" type="video/mp4">' in html
    assert f'<track kind="captions" src="{captions.url}" srclang="ar"' in html
    browser = Client(headers={"host": "alpha.localhost"})
    assert browser.get(captions.url)["Content-Type"] == "text/vtt"
    part = browser.get(film.url, headers={"host": "alpha.localhost", "range": "bytes=2-4"})
    assert part.status_code == 206 and part.content == b"234"
    assert part["Content-Range"] == "bytes 2-4/10"
    beyond = browser.get(film.url, headers={"host": "alpha.localhost", "range": "bytes=10-"})
    assert beyond.status_code == 416 and beyond["Content-Range"] == "bytes */10"
    whole = browser.get(film.url)
    assert b"".join(whole.streaming_content) == b"0123456789"
    assert "media-src 'self'" in browser.get("/")["Content-Security-Policy"]


def test_a_private_film_is_played_to_no_stranger(page, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    closed = Collection.objects.get(name="alpha")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    film = document("secret.mp4")
    answer = Client().get(film.url, headers={"host": "alpha.localhost", "range": "bytes=0-"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None), ("bytes=0-", (0, 9)), ("bytes=5-20", (5, 9)), ("bytes=-3", (7, 9)),
        ("bytes=-30", (0, 9)), ("bytes=4-2", None), ("bytes=0-1,3-4", None), ("bytes=-", None),
        ("pages=1-2", None),
    ],
)  # fmt: skip
def test_a_part_of_a_file(header, part):
    assert part_asked(header, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=-0"])
def test_a_part_outside_of_the_file(header):
    with pytest.raises(NotThere):
        part_asked(header, 10)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({}, "url", "l’un des deux"),
        ({"url": "https://exemple.fr/video"}, "url", "n’est pas celle d’une vidéo"),
        ({"file": "film.mp4"}, "captions", "Ajoutez des sous-titres"),
        ({"file": "film.pdf", "captions": "film.vtt"}, "file", "n’est pas une vidéo MP4 ou WebM"),
        ({"file": "film.mp4", "captions": "film.txt"}, "captions", "un fichier .vtt"),
    ],
)
def test_what_would_not_play_is_refused(page, settings, tmp_path, given, field, sentence):
    settings.MEDIA_ROOT = tmp_path
    files = {name: document(given[name]).pk for name in ("file", "captions") if name in given}
    with pytest.raises(StructBlockValidationError) as refused:
        VideoBlock().clean(value_of(**{**given, **files}))
    assert sentence in str(refused.value.block_errors[field])
