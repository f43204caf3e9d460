"""Entries are added to files that people edit, and nothing of theirs is lost."""

import pytest

from monitor.errors import ConfigError
from monitor.files.editing import with_entry
from monitor.files.yaml import parse_yaml

ENTRY = {
    "id": "n",
    "voice": "NO",
    "note": "null",
    "since": "2031-02-16",
    "every": "1d",
    "paths": ["/a*", "*"],
}


def added(text: str, entry=ENTRY) -> str:
    """Return a file with the entry added."""
    return with_entry(parse_yaml("s", text.encode()), text.encode(), "sources", entry).decode()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sources:\n  - id: a  # why\n", id="plain"),
        pytest.param("sources: []\n", id="empty"),
        pytest.param("# none yet\nsources:\n", id="nothing"),
        pytest.param("sources:\n- id: a # why\n\n# end\n", id="other-indentation"),
        pytest.param("sources:\n  - id: a\nother: 1  # below\n", id="a-key-below"),
        pytest.param("sources:\n  - {id: a, note: 'b'}", id="no-line-end"),
        pytest.param("\ufeffsources:\n  - id: a\r\n", id="windows"),
    ],
)
def test_an_entry_is_added_whatever_a_person_made_of_the_file(text):
    """The new entry says what it should, the old ones what they said, and comments stay."""
    written = added(text)
    before, after = parse_yaml("s", text.encode()).data, parse_yaml("s", written.encode()).data

    assert after["sources"] == [*(before.get("sources") or []), ENTRY]
    assert {k: v for k, v in after.items() if k != "sources"} == {
        k: v for k, v in before.items() if k != "sources"
    }
    assert all(f"# {word}" in written for word in ("none yet", "why", "end", "below") if f"# {word}" in text)


def test_what_stands_in_the_file_stays_to_the_byte():
    """Lines are added; a person's quotes, widths and blank lines are not touched."""
    text = "sources:\n\n  # first\n  - {id: \"a\",   note: 'b'}\n  - id: c\n    note: >-\n      x\n      y\n"

    assert added(text).startswith(text)


def test_a_long_note_is_written_over_several_lines():
    """As people write them."""
    note = "word " * 40 + "end"
    written = added("sources:\n  - id: a\n", {"id": "b", "note": note})

    assert "note: >-" in written
    assert max(map(len, written.splitlines())) <= 120


def test_a_file_of_another_shape_is_refused():
    """Nothing is written then."""
    with pytest.raises(ConfigError, match="must be a list"):
        added("sources: {a: 1}\n")
