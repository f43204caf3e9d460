"""The schemas of subscriptions.yaml and monitor.toml: what the program reads, no more and no less."""

import re
import tomllib
from pathlib import Path

import pytest

from monitor.app.settings_schema import schema as settings_schema
from monitor.files.yaml import parse_yaml
from monitor.scheduling import schema, subscription_keys

ROOT = Path(__file__).parents[2]
VERSIONS = ROOT / "tests/store/versions"
EXAMPLE = re.search(r"```yaml\n(subscriptions:.*?)```", (ROOT / "docs/subscriptions.md").read_text(), re.S)[1]


def valid(value, against):
    """Whether a validator that is not ours takes a value for valid; it comes with the slow tests."""
    import jsonschema

    return jsonschema.Draft202012Validator(against).is_valid(value)


def test_an_entry_has_the_keys_that_are_read():
    """A key that editors mark as wrong and the program wants, or the other way round, is worse than none."""
    entry = schema()["properties"]["subscriptions"]["items"]

    assert tuple(entry["properties"]) == subscription_keys()
    assert all(each["description"] for each in entry["properties"].values())


@pytest.mark.slow
def test_the_examples_are_valid():
    """What the page shows must not be red in an editor."""
    kept = (VERSIONS / "0001.subscriptions.yaml").read_text()

    assert valid(parse_yaml("example", EXAMPLE.encode()).data, schema())
    assert valid(parse_yaml("kept", kept.encode()).data, schema())


@pytest.mark.slow
@pytest.mark.parametrize(
    "entry",
    [
        "{id: Weekly, briefings: x, audience: readers, channel: files, to: r, cadence: weekly}",
        "{id: weekly, briefings: x, audience: all, channel: files, to: r, cadence: weekly}",
        "{id: weekly, briefings: x, audience: readers, channel: files, to: r, cadence: weekly, att: 7}",
        "{id: weekly, briefings: x, channel: files, to: r, cadence: weekly}",
        '{id: weekly, briefings: x, audience: readers, channel: files, to: r, cadence: weekly, at: "7:00"}',
    ],
)
def test_a_slip_is_marked(entry):
    """The program would refuse each of these."""
    assert not valid(parse_yaml("slip", f"subscriptions: [{entry}]".encode()).data, schema())


@pytest.mark.slow
def test_settings_of_an_earlier_version_are_valid():
    """Every key that a file may have, and a key that none has."""
    settings = tomllib.loads((VERSIONS / "0001.toml").read_text())

    assert valid(settings, settings_schema())
    assert not valid({**settings, "mail": {"passwort": "x"}}, settings_schema())
