"""docs/delivery.md names tests that exist, for every rule of delivery."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/delivery.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def test_every_named_test_exists():
    """A rule that points at a test that is gone is shown by nothing."""
    missing = [
        name for file, name in NAMED if f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]

    assert len(NAMED) > 20
    assert missing == []


def test_every_rule_is_shown_or_called_open():
    """D1 to D15, none left out."""
    rows = dict(re.findall(r"^\| (D\d+) \| (.*) \|$", PAGE, re.M))

    assert list(rows) == [f"D{number}" for number in range(1, 16)]
    assert all("::" in row or "**open**" in row for row in rows.values())
