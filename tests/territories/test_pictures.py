"""Pictures: light, made before a visitor asks, and asked of the database once."""

import io
import re

import pytest
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from PIL import Image as Drawing
from PIL import ImageFilter
from wagtail.images.models import Image, Rendition

from territories.pictures.making import lacking
from territories.pictures.sizes import FALLBACK_WIDTH, spec
from territories.pictures.tasks import make_renditions_of

pytestmark = pytest.mark.django_db
HEAVIEST = 60_000


def photograph(size: tuple[int, int] = (1600, 1200)) -> io.BytesIO:
    """As hard to compress as a photograph of a street: large shapes and a fine grain."""
    width, height = size
    channels = [
        Drawing.blend(
            Drawing.effect_noise((width // 24, height // 24), 110).resize(size),
            Drawing.effect_noise((width // 2, height // 2), 40)
            .resize(size)
            .filter(ImageFilter.GaussianBlur(1.5)),
            0.35,
        )
        for _channel in range(3)
    ]
    file = io.BytesIO()
    Drawing.merge("RGB", channels).save(file, "JPEG", quality=90)
    return file


def keep(file: io.BytesIO) -> Image:
    return Image.objects.create(
        title="Atelier", description="Un atelier.", file=ImageFile(file, name="a.jpg")
    )


@pytest.fixture
def image():
    return keep(photograph((600, 450)))


def shown(image, **facts) -> str:
    return render_to_string("components/image.html", {"image": image, **facts})


def test_a_picture_is_light_in_three_formats_and_asks_no_query_once_made():
    image = keep(photograph())
    assert list(lacking()) == [image]
    assert make_renditions_of.call(image.pk)
    assert not lacking().exists()
    assert image.renditions.count() == 7
    of_a_column = image.renditions.filter(width=FALLBACK_WIDTH)
    weights = {made.filter_spec: made.file.size for made in of_a_column}
    assert len(weights) == 3 and max(weights.values()) <= HEAVIEST, weights

    first = shown(image)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert shown(Image.objects.get(pk=image.pk)) == first
    assert len(asked) == 1, "Only the image itself, which the page brings along."
    words = set(re.findall(r'\w+="[^"]*"', first))
    kinds = re.findall(r'type="(.*?)"', first)
    assert kinds == ["image/avif", "image/webp"]
    assert first.count("400w") == first.count("1200w") == first.count('sizes="(min-width') - 1 == 2
    assert {'width="800"', 'height="600"', 'alt="Un atelier."'} <= words
    assert {'loading="lazy"', 'decoding="async"'} <= words


def test_a_small_picture_is_never_said_twice(image):
    """Two candidates of one width are not valid, nor of any use."""
    assert shown(image).count("400w, ") == shown(image).count("600w") == 2
    assert not lacking().exists()


def test_what_is_in_view_first_does_not_wait(image):
    at_once = shown(image, first=True, alt="Des personnes.")
    assert 'fetchpriority="high"' in at_once and "lazy" not in at_once
    assert 'alt="Des personnes."' in at_once
    assert 'alt=""' in shown(image, decorative=True)


def test_an_image_that_is_saved_is_prepared_by_the_worker(
    image, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    assert not lacking().exists()


def test_what_an_interrupted_run_made_is_kept_by_the_next(image, capsys):
    image.get_rendition(spec("avif", 400))
    call_command("make_renditions", dry_run=True)
    assert "Images à préparer : 1." in capsys.readouterr().out
    assert Rendition.objects.count() == 1
    call_command("make_renditions")
    call_command("make_renditions")
    assert Rendition.objects.count() == 5
    said = capsys.readouterr().out
    assert "Images préparées : 1" in said and "Images à préparer : 0." in said


def test_a_lost_file_stops_nobody(image, capsys):
    image.file.storage.delete(image.file.name)
    call_command("make_renditions")
    assert "Fichier absent ou illisible : Atelier" in capsys.readouterr().err
    assert "<picture>" in shown(image)
