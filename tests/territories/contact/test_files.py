"""What a stranger sends along: its name, what it holds, how much it weighs."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from territories.contact.files import FilesField, name_of


class File:
    def __init__(self, name):
        self.name = name


@given(st.text(max_size=60))
def test_the_name_of_a_file_holds_no_path(name):
    found = name_of(File(name))
    assert found
    assert not {"/", "\\", "\0", "\n", '"'} & set(found)
    assert len(found) <= 90


def refusal(*files):
    with pytest.raises(ValidationError) as refused:
        FilesField(most=2, megabytes=1).clean(list(files))
    return refused.value.messages[0]


def test_a_file_is_looked_into_and_weighed_and_files_are_counted():
    pdf = SimpleUploadedFile("plan.pdf", b"%PDF-1.7")
    assert FilesField(most=2, megabytes=1).clean([pdf, pdf]) == [pdf, pdf]
    assert refusal(pdf, pdf, pdf) == "Envoyez 2 fichiers au plus."
    assert "dépasse 1 Mo" in refusal(SimpleUploadedFile("plan.pdf", b"%PDF" * 400_000))
    assert "n’est pas accepté" in refusal(SimpleUploadedFile("plan.exe", b"MZ"))
    assert "ce que son nom annonce" in refusal(SimpleUploadedFile("plan.png", b"%PDF-1.7"))
