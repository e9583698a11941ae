"""An archive that is not what it says, or does not fit here: a sentence, and nothing is written."""

import io
import json
import zipfile
from io import StringIO

import pytest
from archive_tools import bring_in, changed, every_row, export, make_image, prepare
from django.core.management import CommandError, call_command
from factories import make_content_page, make_territory
from wagtail.images.models import Image

from territories.archive import form
from territories.archive.reading import BadArchive, open_archive
from territories.archive.writing import UnreadableFile
from territories.models import ContentPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def alpha():
    territory = make_territory("alpha", plugins=["agenda", "sample_plugin"])
    page = make_content_page(territory, title="Une page", slug="une-page")
    image = make_image(territory)
    page.body = [
        ("text", {"text": f'<p>Ici <a linktype="page" id="{page.pk}">même</a>.</p>'}),
        ("image", {"image": image, "alt": "Une vue", "caption": ""}),
        ("page_list", {"title": "", "pages": [page]}),
    ]
    page.save_revision().publish()
    return territory


@pytest.fixture
def archive(alpha, tmp_path):
    path = tmp_path / "alpha.zip"
    export(alpha, path)
    return path


def read(path):
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def write(path, members, *, honest=True):
    """Write members as an archive, the manifest in line with them when `honest`."""
    import hashlib

    members = dict(members)
    if honest:
        manifest = json.loads(members[form.MANIFEST])
        manifest["members"] = {
            name: {"sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)}
            for name, raw in members.items()
            if name != form.MANIFEST
        }
        members[form.MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, raw in members.items():
            file.writestr(name, raw)


def crafted(path, member, change):
    """The archive with one row after another given to `change`, its manifest in line with it."""
    members = read(path)
    rows = [json.loads(line) for line in members[member].splitlines()]
    for row in rows:
        change(row)
    members[member] = b"\n".join(json.dumps(row).encode() for row in rows)
    write(path, members)


def only(slug, change):
    return lambda row: change(row) if row["fields"].get("slug") == slug else None


def refused(path, sentence, **answers):
    before = every_row()
    with pytest.raises(BadArchive) as refusal:
        prepare(path, slug="gamma", hostname="gamma.localhost", **answers)
    assert sentence in str(refusal.value)
    assert every_row() == before
    return str(refusal.value)


def test_what_is_no_zip_is_refused(tmp_path):
    path = tmp_path / "letter.zip"
    path.write_bytes(b"Bonjour")
    refused(path, "n’est pas une archive zip")
    refused(tmp_path / "nowhere.zip", "n’est pas une archive zip")


def test_a_zip_of_something_else_is_refused(tmp_path):
    write(tmp_path / "other.zip", {"a.txt": b"a"}, honest=False)
    refused(tmp_path / "other.zip", "Il manque « manifest.json »")
    write(tmp_path / "other.zip", {"manifest.json": b'{"product": "autre"}'}, honest=False)
    refused(tmp_path / "other.zip", "n’est pas celle d’un territoire")


def test_another_format_is_refused_with_both_numbers(archive):
    members = read(archive)
    manifest = json.loads(members[form.MANIFEST])
    write(archive, {**members, form.MANIFEST: json.dumps({**manifest, "format": 9}).encode()})
    refused(archive, "au format 9 ; ici on lit le format 1")


@pytest.mark.parametrize("name", ["../dehors.txt", "/etc/dehors", "a/../../b", "a\\..\\b", "C:/a"])
def test_a_name_that_leads_out_of_the_archive_is_refused(archive, name):
    write(archive, {**read(archive), name: b"x"})
    refused(archive, "ce nom de fichier sort de l’archive")


def test_a_link_inside_the_archive_is_refused(archive):
    info = zipfile.ZipInfo("media/lien.png")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr(info, "/etc/passwd")
    refused(archive, "ce nom de fichier sort de l’archive")


def test_a_bomb_is_refused_before_it_is_opened(archive):
    write(archive, {**read(archive), "media/image/1/zero.png": b"\0" * (8 << 20)})
    refused(archive, "comprimé plus qu’il n’est possible")


def test_an_archive_larger_than_asked_is_refused(archive):
    with pytest.raises(BadArchive, match="trop grande"), open_archive(archive, largest=1 << 10):
        pass


def test_a_changed_member_is_refused_by_its_fingerprint(archive):
    members = read(archive)
    members[form.PAGES] = members[form.PAGES].replace(b"Une page", b"Une rage")
    write(archive, members, honest=False)
    refused(archive, "son empreinte n’est pas la bonne")


def test_a_missing_and_an_unannounced_member_are_refused(archive):
    members = read(archive)
    write(archive, {**members, "en-plus.txt": b"x"}, honest=False)
    refused(archive, "n’est pas au sommaire")
    without = {name: raw for name, raw in members.items() if name != form.MEDIA}
    write(archive, without, honest=False)
    refused(archive, "Il manque « media.jsonl »")


def test_a_damaged_zip_is_refused(archive):
    raw = bytearray(archive.read_bytes())
    middle = len(raw) // 3
    raw[middle : middle + 40] = b"\xff" * 40
    archive.write_bytes(raw)
    refused(archive, "abîmé")


def test_an_unknown_page_type_names_the_row_and_the_module_that_lacks(archive):
    crafted(archive, form.PAGES, only("une-page", lambda row: row.update(type="mentoring.Sheet")))
    sentence = refused(archive, "il manque le module « mentoring »")
    assert "pages.jsonl, ligne" in sentence and "« Une page »" in sentence


@pytest.mark.parametrize(
    ("member", "change", "sentence"),
    [
        (form.PAGES, lambda row: row.pop("fields"), "illisible"),
        (form.PAGES, lambda row: row.update(key="fr:1"), "n’est pas un nom de page"),
        (form.PAGES, lambda row: row.update(type="wagtailcore.Site"), "type de page"),
        (form.PAGES, lambda row: row.update(type="auth.User"), "type de page"),
        (form.PAGES, lambda row: row["fields"].update(title="x" * 300), "trop long"),
        (form.PAGES, lambda row: row["fields"].update(title="a\0b"), "caractère interdit"),
        (form.PAGES, lambda row: row["fields"].update(go_live_at="demain"), "go-live"),
        (form.PAGES, lambda row: row["fields"].update(slug=""), "un titre et une adresse"),
        (form.PAGES, lambda row: row["fields"].update(body=[{"type": "text"}]), "illisible"),
        (form.PAGES, lambda row: row["fields"].update(body=3), "illisible"),
        (form.PAGES, lambda row: row.update(revisions=[{}]), "illisible"),
    ],
)
def test_a_row_that_cannot_be_written_is_refused_by_its_number(archive, member, change, sentence):
    crafted(archive, member, only("une-page", change))
    said = refused(archive, "")
    assert "pages.jsonl, ligne" in said
    assert sentence in said or sentence == "go-live"


@pytest.mark.parametrize(
    "text",
    [
        "<p><script>alert(1)</script></p>",
        '<p onclick="alert(1)">Ici</p>',
        '<p><a href="javascript:alert(1)">ici</a></p>',
        '<p><a href="java\tscript:alert(1)">ici</a></p>',
        '<iframe src="https://example.org"></iframe>',
    ],
)
def test_a_text_that_a_browser_would_run_is_refused(archive, text):
    def put(row):
        row["fields"]["body"][0]["value"]["text"] = text

    crafted(archive, form.PAGES, only("une-page", put))
    refused(archive, "ce qu’aucun éditeur n’écrit")


def test_files_that_are_not_what_their_name_says_are_refused(archive):
    members = read(archive)
    (name,) = [name for name in members if name.startswith("media/image/")]
    write(archive, {**members, name: b"<svg/>"})
    refused(archive, "n’est pas une image lisible")
    rows = members[form.MEDIA].replace(b".png", b".exe")
    write(archive, {**members, form.MEDIA: rows, name.replace(".png", ".exe"): b"MZ"})
    refused(archive, "cette sorte de fichier n’est pas admise")


def test_an_unknown_part_names_the_module_that_lacks(archive):
    write(archive, {**read(archive), "parts/mentoring.mentors.jsonl": b"{}\n"})
    refused(archive, "il manque le module « mentoring »")


def test_a_closed_door_for_names_that_are_somebody_elses(alpha, archive):
    """Rows of Beta, by their primary keys or by their own keys, are not in the archive."""
    beta = make_territory("beta", plugins=[])
    page = make_content_page(beta, title="Chez Beta", slug="chez-beta")
    image = make_image(beta, "Chez Beta")
    for stranger in (page.pk, str(page.pk), f"fr:{page.translation_key}"):

        def lead(row, stranger=stranger):
            row["fields"]["body"][2]["value"]["pages"][0]["value"] = stranger

        crafted(archive, form.PAGES, only("une-page", lead))
        refused(archive, "n’est ni dans l’archive ni connu ici")
    for stranger in (image.pk, str(image.pk), "image:99"):

        def show(row, stranger=stranger):
            row["fields"]["body"][1]["value"]["image"] = stranger

        crafted(archive, form.PAGES, only("une-page", show))
        refused(archive, "n’est ni dans l’archive ni connu ici")


def test_pages_that_bear_the_keys_of_betas_get_fresh_ones(alpha, archive):
    beta = make_territory("beta", plugins=[])
    page = make_content_page(beta, title="Chez Beta", slug="chez-beta")
    members = read(archive)
    own = str(ContentPage.objects.get(slug="une-page", territory=alpha).translation_key).encode()
    stolen = str(page.translation_key).encode()
    write(archive, {name: raw.replace(own, stolen) for name, raw in members.items()})
    before = every_row()
    territory, plan = bring_in(archive, slug="gamma", hostname="gamma.localhost")
    assert stolen.decode() in plan.renewed
    assert not changed(before, every_row())
    copy = ContentPage.objects.get(territory=territory, slug="une-page")
    assert copy.translation_key != page.translation_key
    assert copy.body[2].value["pages"][0].pk == copy.pk


def test_an_image_whose_file_is_gone_stops_the_export_and_leaves_no_half_archive(alpha, tmp_path):
    image = Image.objects.get()
    image.file.storage.delete(image.file.name)
    with pytest.raises(UnreadableFile, match="Une vue"):
        export(alpha, tmp_path / "half.zip")
    assert not list(tmp_path.glob("*half*"))
    with pytest.raises(CommandError, match="Fichier introuvable"):
        call_command("export_territory", "alpha", str(tmp_path / "half.zip"), stdout=StringIO())


def test_the_command_says_all_that_is_wrong_one_sentence_a_line(archive):
    crafted(archive, form.PAGES, lambda row: row["fields"].update(title="x" * 300))
    with pytest.raises(CommandError) as refusal:
        call_command("import_territory", str(archive), slug="gamma", stdout=io.StringIO())
    assert str(refusal.value).count("trop long") > 3
