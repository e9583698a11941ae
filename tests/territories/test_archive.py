import json

import pytest
from factories import make_content_page, make_territory
from sample_plugin.models import Pin

from territories.archive.parts import UnknownPart, erase_parts, export_parts, restore_parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def pinned():
    alpha, beta = make_territory("alpha"), make_territory("beta")
    for territory in (alpha, beta):
        Pin.objects.create(
            territory=territory, page=make_content_page(territory), words=f"de {territory.slug}"
        )
    return alpha, beta


def test_what_a_territory_exports_comes_back_after_being_erased_and_twice_changes_nothing(pinned):
    alpha, _beta = pinned
    archive = json.loads(json.dumps(export_parts(alpha)))
    assert [row["words"] for row in archive["sample_plugin.pins"]] == ["de alpha"]
    assert erase_parts(alpha)["sample_plugin.pins"] == 1
    assert not Pin.objects.filter(territory=alpha).exists()
    restore_parts(alpha, archive)
    restore_parts(alpha, archive)
    assert Pin.objects.filter(territory=alpha).count() == 1


def test_erasing_a_territorys_parts_leaves_the_others(pinned):
    alpha, beta = pinned
    erase_parts(alpha)
    assert Pin.objects.filter(territory=beta).count() == 1


def test_an_archive_with_an_unknown_part_is_refused_whole(pinned):
    alpha, _beta = pinned
    with pytest.raises(UnknownPart, match="inconnu"):
        restore_parts(alpha, {"inconnu.module": []})
