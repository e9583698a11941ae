"""« Free under condition » goes through a standard that has no code for it, and comes back."""

import pytest

from resources_directory.codes import Fees
from resources_directory.data_inclusion.fees import fees_from_v1, fees_to_v1


@pytest.mark.parametrize("details", ["", "Sur présentation de la carte.", "gratuit le mardi"])
@pytest.mark.parametrize("fees", ["", *Fees.values])
def test_what_leaves_comes_back(fees, details):
    code, said = fees_to_v1(fees, details)
    assert code in {"", "gratuit", "payant"}
    assert fees_from_v1(code, said) == (fees, details)


@pytest.mark.parametrize(
    ("said", "details"),
    [
        ("Gratuit sous conditions : avoir la carte", "avoir la carte"),
        ("gratuite sous condition", ""),
    ],
)
def test_the_same_said_by_others_is_understood(said, details):
    assert fees_from_v1("gratuit", said) == ("gratuit-sous-conditions", details)


def test_a_price_is_never_made_free():
    assert fees_from_v1("payant", "Gratuit sous condition.") == (
        "payant",
        "Gratuit sous condition.",
    )
