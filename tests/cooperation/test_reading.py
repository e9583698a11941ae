"""SIRET numbers and amounts, whatever is typed."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cooperation.responses.reading import MOST, is_siret, read_amount, read_siret

FIGURES = st.text("0123456789", min_size=14, max_size=14)


@pytest.mark.parametrize("typed", ["130 030 133 00016", "130-030-133-00016", "13003013300016"])
def test_a_siret_may_be_typed_as_it_is_printed(typed):
    assert read_siret(typed) == "13003013300016"


def test_la_poste_has_a_rule_of_its_own():
    assert is_siret("35600000000048")  # its head office follows Luhn as well
    assert is_siret("35600000049837")


@given(FIGURES)
def test_one_wrong_figure_is_always_found(number):
    if number.startswith("356000000"):
        return
    keys = [key for key in range(10) if is_siret(f"{number[:13]}{key}")]
    assert len(keys) == 1


@given(st.text(max_size=40))
def test_anything_typed_is_a_siret_or_a_sentence(typed):
    try:
        found = read_siret(typed)
    except ValidationError as error:
        assert "SIRET" in error.messages[0]
    else:
        assert found == "" or (len(found) == 14 and found.isascii() and found.isdecimal())


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("", None), ("3500", "3500"), ("3 500,50 €", "3500.50"), ("12.5", "12.5"), ("7 euros", "7")],
)
def test_an_amount_may_be_typed_as_people_write_it(typed, amount):
    assert read_amount(typed) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize("typed", ["0", "-5", "1e5", "NaN", "12,345", "3 500 000 000", "٣٥٠"])
def test_what_is_no_amount_is_refused_in_a_sentence(typed):
    with pytest.raises(ValidationError):
        read_amount(typed)


@given(st.text(max_size=40))
def test_anything_typed_is_an_amount_that_the_table_holds_or_a_sentence(typed):
    try:
        found = read_amount(typed)
    except ValidationError:
        return
    assert found is None or (0 < found <= MOST and -found.as_tuple().exponent <= 2)


@given(st.integers(min_value=1, max_value=999_999_999))
def test_whatever_is_written_in_french_is_read_back(cents):
    amount = Decimal(cents) / 100
    written = f"{amount:,.2f}".replace(",", " ").replace(".", ",")
    assert read_amount(f"{written} €") == amount
