"""The pictures that messages show."""

import io
import os
import time
from datetime import date

import pytest
from PIL import Image

from territories.appearance.facade import PANES
from territories.sharing import keeping
from territories.sharing.lettering import runs
from territories.sharing.outlines import shapes_of
from territories.sharing.picture import LAYOUTS, draw_picture
from territories.sharing.poster import Poster

LONG = "Passer le permis de conduire quand on habite loin de tout et qu’on cherche un emploi " * 3


def poster(title="Forum de l’emploi", language="fr", **said):
    return Poster(
        **{
            "title": title,
            "name": "Cité de l’emploi Grand Alpha",
            "language": language,
            "slug": "alpha",
            "colours": ("#5A2A86", "#FF9B7A"),
            "signature": (),
            "day": None,
            **said,
        }
    )


@pytest.mark.parametrize(
    "said",
    [poster(day=date(2026, 12, 8)), poster(LONG), poster("منتدى (2026) التوظيف", "ar")],
    ids=["event", "long", "arabic"],
)
def test_a_picture_is_large_enough_for_messages_and_light(said):
    drawn = draw_picture(said)
    assert Image.open(io.BytesIO(drawn)).size == (1200, 630)
    assert len(drawn) < 60_000
    assert draw_picture(said) == drawn


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_each_layout_has_its_size_and_a_badge_changes_it(layout):
    plain, lit = (
        draw_picture(poster(badge=badge), layout) for badge in ("", "Label Cité de l’emploi")
    )
    assert Image.open(io.BytesIO(lit)).size == layout.size
    assert lit != plain and len(lit) < 120_000


def test_every_pane_of_the_sprite_can_be_drawn():
    for pane in PANES:
        wall, *front = shapes_of(pane)
        assert wall.is_wall and front
        assert all(-41 < part < 81 for shape in front for point in shape.points for part in point)


def test_without_what_shapes_arabic_the_facade_stands_alone(monkeypatch):
    monkeypatch.setattr("territories.sharing.lettering.features.check", lambda name: False)
    one, other = (draw_picture(poster(title, "ar")) for title in ("سوق", "منتدى"))
    assert one == other and len(one) > 5_000


def test_a_line_is_cut_where_its_script_changes():
    words = [run for run, _arabic in runs("منتدى التوظيف 2026, Grand Mirail")]
    assert words == ["منتدى التوظيف", " ", "2026, Grand Mirail"]


def test_the_address_changes_with_what_is_said():
    assert poster().fingerprint == poster().fingerprint
    others = [poster("Autre"), poster(day=date(2026, 1, 1)), poster(language="en")]
    assert len({one.fingerprint for one in [poster(), *others]}) == 4


def test_a_picture_is_drawn_once_and_forgotten_when_nobody_asks(settings, tmp_path, monkeypatch):
    settings.PICTURES_ROOT = tmp_path
    monkeypatch.setattr(keeping, "draw_picture", lambda said, layout: said.title.encode())
    assert keeping.picture_of(poster()) == "Forum de l’emploi".encode()
    monkeypatch.setattr(keeping, "draw_picture", None)
    assert keeping.picture_of(poster()) == "Forum de l’emploi".encode()
    assert keeping.forget_old_pictures() == 0
    (kept,) = tmp_path.iterdir()
    os.utime(kept, (0, time.time() - 31 * 24 * 3600))
    assert keeping.forget_old_pictures() == 1 and not list(tmp_path.iterdir())
