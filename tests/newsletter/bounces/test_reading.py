"""Whatever comes back is read without a fault, and says of whom it is only when we signed it."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.bounces.addresses import key_in, return_address
from newsletter.bounces.reading import NOTHING, Kind, read_message
from newsletter.subscribing.addresses import token_of

from .samples import exchange, feedback, out_of_office, postfix

KEY = uuid.UUID(int=7)


@given(st.uuids())
def test_a_return_address_says_whose_it_is_in_whatever_letters(key):
    address = return_address(key)
    assert len(address.partition("@")[0]) <= 64
    for written in (address, address.upper(), f"Alpha <{address}>"):
        assert key_in(written) == key


@given(st.uuids(), st.integers(0, 37), st.sampled_from("abcdef234567"))
def test_an_address_that_was_altered_says_nobody_else(key, at, letter):
    address = return_address(key)
    start = len("rebonds+") + at
    altered = address[:start] + letter + address[start + 1 :]
    assert key_in(altered) in {None, key}


def test_without_a_mailbox_there_is_no_return_address(settings):
    settings.LETTERS_BOUNCES_ADDRESS = ""
    assert return_address(KEY) == ""


def test_a_refusal_for_good_is_read():
    report = read_message(postfix(return_address(KEY)))
    assert (report.kind, report.key, report.status) == (Kind.BOUNCE, KEY, "5.1.1")
    assert report.is_hard and report.words.startswith("550 5.1.1")


def test_a_refusal_of_exchange_is_read_in_capitals_and_folded():
    report = read_message(exchange(return_address(KEY)))
    assert (report.kind, report.key, report.status) == (Kind.BOUNCE, KEY, "5.7.1")
    assert not report.is_hard
    assert "authentication required" in report.words


def test_what_the_server_was_told_is_clearer_than_a_vague_status():
    said = "smtp; 550 5.1.1 no such user"
    report = read_message(postfix(return_address(KEY), status="5.0.0", said=said))
    assert report.status == "5.1.1"


def test_a_delay_is_no_refusal():
    assert read_message(postfix(return_address(KEY), "4.4.1", action="delayed")) == NOTHING


def test_a_complaint_is_found_by_the_link_to_leave_of_the_letter():
    url = f"https://alpha.example.fr/lettres/desabonnement/{token_of(KEY)}/"
    report = read_message(feedback(url))
    assert (report.kind, report.key) == (Kind.COMPLAINT, KEY)
    # Folded, as long lines of headers are.
    middle = len(url) - 20
    folded = read_message(feedback(f"{url[:middle]}\n {url[middle:]}"))
    assert folded.key == KEY


def test_a_complaint_that_is_taken_back_is_none():
    assert read_message(feedback("https://x.fr/", "not-spam")) == NOTHING


def test_an_answer_out_of_office_is_no_refusal():
    assert read_message(out_of_office(return_address(KEY))) == NOTHING


def test_a_key_that_nobody_signed_is_nobodys():
    forged = return_address(KEY).replace("rebonds+a", "rebonds+b")
    assert read_message(postfix(forged)).key is None


@given(st.binary(max_size=600))
def test_bytes_that_are_no_message_are_read_without_a_fault(content):
    assert read_message(content).kind in set(Kind)


@given(st.sampled_from(range(3)), st.integers(0, 1800), st.binary(max_size=40))
def test_a_damaged_message_is_read_without_a_fault(which, at, noise):
    samples = (postfix, exchange, lambda to: feedback(f"https://x.fr/{to}"))
    content = samples[which](return_address(KEY))
    read_message(content[:at] + noise + content[at + len(noise) :])


@pytest.mark.parametrize("charset", ["utf-99", "x" * 300])
def test_an_unknown_alphabet_is_read_without_a_fault(charset):
    content = postfix(return_address(KEY)).replace(b"us-ascii", charset.encode())
    assert read_message(content).key == KEY
