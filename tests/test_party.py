"""Party codes are a closed list: a slip such as UK for GB would be a party that no agreement ever has."""

import pytest
from babel import Locale

from monitor.model import party_code

# What CLDR lists beside the codes of ISO 3166-1: reserved, outlying and pseudo-regions, and old ones.
_OTHERS = set("AC AN CP CQ CS DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())  # noqa: SIM905 - easier to read


def test_every_code_of_the_standard_is_known():
    """Checked against CLDR, which somebody else keeps."""
    codes = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()} - _OTHERS

    assert [party_code(code) for code in sorted(codes)] == sorted(codes)
    assert len(codes) == 249


@pytest.mark.parametrize(
    ("text", "meant"),
    [("UK", "GB"), ("EL", "GR"), ("USA", "US"), ("ua", "UA"), ("fr", "FR")],
)
def test_a_code_that_is_often_mistaken_names_the_right_one(text, meant):
    """The person who wrote it must not have to look it up."""
    with pytest.raises(ValueError, match=f"did you mean `{meant}`"):
        party_code(text)


@pytest.mark.parametrize("text", ["ZZ", "AA", "ABCD", "Ukraine", "", "U", "G7"])
def test_what_is_no_code_is_refused(text):
    """It would be stored, grouped and reported as a party."""
    with pytest.raises(ValueError, match="not a party code"):
        party_code(text)


@pytest.mark.parametrize("text", ["SUHH", "YUCS", "XK", "EU", "NATO", "QB", "XA"])
def test_former_states_organisations_and_made_up_states_are_codes(text):
    """Registers go back a century, and examples have states of their own."""
    assert party_code(text) == text
