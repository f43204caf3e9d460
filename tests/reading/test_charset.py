"""P6: the order of what is believed about a body's encoding."""

import pytest

from monitor.reading.charset import decode

UKRAINIAN = (
    "Сторони підписали Угоду про співробітництво; її ґрунтовні положення діятимуть десять років, є й інші."
)
POLISH = "Strony podpisały umowę o współpracy w dziedzinie bezpieczeństwa; łącznie dziesięć lat."


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(UKRAINIAN.encode("utf-8-sig"), "text/html; charset=koi8-u", id="mark-over-header"),
        pytest.param(
            b"<meta charset=utf-8>" + UKRAINIAN.encode("cp1251"),
            "text/html; charset=windows-1251",
            id="header-over-meta",
        ),
        pytest.param(b"<meta charset=koi8-u>" + UKRAINIAN.encode("koi8-u"), None, id="meta"),
        pytest.param(
            b'<?xml version="1.0" encoding="koi8-r"?>' + UKRAINIAN.encode("koi8-u"),
            None,
            id="koi8-r-is-ukrainian-too",
        ),
        pytest.param(UKRAINIAN.encode(), None, id="utf-8-undeclared"),
        pytest.param(UKRAINIAN.encode(), "text/html; charset=us-ascii-8", id="unknown-label"),
        pytest.param(UKRAINIAN.encode(), "text/html; charset=zip", id="label-that-is-no-encoding-of-text"),
        pytest.param(b'<meta charset="utf-16">' + UKRAINIAN.encode(), None, id="meta-utf-16-in-utf-8"),
        pytest.param(UKRAINIAN.encode("utf-16-le"), None, id="utf-16-without-mark"),
    ],
)
def test_what_is_declared_comes_before_what_is_guessed(body, content_type):
    """A wrong encoding turns every name into rubbish, and every item into a new one."""
    decoded = decode(body, content_type)

    assert decoded.text.endswith(UKRAINIAN)
    assert not decoded.guessed


@pytest.mark.parametrize(
    ("text", "encoding", "lang"),
    [
        pytest.param(UKRAINIAN, "cp1251", "", id="windows-1251"),
        pytest.param(UKRAINIAN, "koi8-u", "uk", id="koi8-u"),
        pytest.param(POLISH, "cp1250", "pl", id="windows-1250"),
        pytest.param(POLISH, "iso8859-2", "pl", id="latin-2"),
        pytest.param("両国は安全保障協力に関する協定に署名しました。", "shift_jis", "ja", id="shift-jis"),
    ],
)
def test_a_guess_is_right_where_it_can_be_and_marked(text, encoding, lang):
    """Old sites say nothing of their encoding; a reviewer must know that it was guessed."""
    decoded = decode(text.encode(encoding), lang=lang)

    assert (decoded.text, decoded.guessed) == (text, True)


def test_latin_1_is_what_browsers_take_it_for():
    """Pages called iso-8859-1 hold quotation marks that only windows-1252 has."""
    assert decode(b"\x93signed\x94", "text/html; charset=iso-8859-1").text == "“signed”"


@pytest.mark.parametrize("body", [b"", b"\xff", b"\xff\xfe\x00", bytes(range(256)) * 40, b"\x00" * 100])
def test_any_bytes_become_text(body):
    """A body that cannot be read is judged later; it must not stop the reading."""
    decode(body).text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        pytest.param(UKRAINIAN.encode()[:-2], "utf-8", id="cut-inside-a-letter"),
        pytest.param(
            UKRAINIAN.encode() + b" caf\xe9 " + UKRAINIAN.encode(), "utf-8", id="one-byte-of-another"
        ),
        pytest.param("両国は協定に署名しました。".encode("shift_jis")[:-1], "cp932", id="shift-jis-cut"),
    ],
)
def test_a_broken_letter_does_not_turn_the_rest_into_another_script(body, encoding):
    """Sites cut summaries by bytes; a whole list of Ukrainian news would be read as Chinese for one."""
    decoded = decode(body, "text/html" if encoding == "utf-8" else "text/html; charset=shift_jis")

    assert (decoded.encoding, decoded.guessed) == (encoding, True)
    assert decoded.text.count("\ufffd") == 1
