"""The schema and the page on sources say what the program accepts, and nothing else."""

import itertools
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.expressions import compile_expression
from monitor.files.yaml import parse_yaml
from monitor.model import Exchange, ReadJob, SourceKind, Transport
from monitor.reading import read
from monitor.sources import parse_sources, schema

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
BLOCKS = re.findall(r"^```(yaml|json|xml|html)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
WORKED = {
    re.search(r"id: (\S+)", text)[1]: (text, reply)
    for (kind, text), (after, reply) in itertools.pairwise(BLOCKS)
    if kind == "yaml" and after != "yaml"
}
NOW = datetime(2031, 2, 17, 9, 30, tzinfo=UTC)


def _keys() -> set[str]:
    parts = schema()["$defs"].values()
    return {key for part in parts for key in part.get("properties", {})}


def _parse(text: str):
    file = parse_yaml("docs/sources.md", text.encode())
    return parse_sources(file.data, file.line_of, file.file).all


@pytest.mark.parametrize("key", sorted(_keys()))
def test_every_key_is_documented(key):
    """A key that the page does not explain can only be found by reading the code."""
    assert f"| `{key}` |" in PAGE


def test_every_documented_key_exists():
    """A key that was renamed must not live on in the page."""
    rows = re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE)
    reach = {"open", "depends", "walled", "manual"}

    assert set(rows) - _keys() - reach == set()


def test_every_key_of_the_schema_has_a_description():
    """Editors show it while one types."""
    parts = schema()["$defs"]
    bare = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, value in part.get("properties", {}).items()
        if not value.get("description")
    ]

    assert bare == []


def test_the_schema_file_is_the_programs_own():
    """The editors' schema is written by `monitor schema sources`; run it after a change."""
    assert json.loads((ROOT / "schemas/sources.json").read_text()) == schema()


@pytest.mark.parametrize(
    "path", ["sources.yaml", "examples/captures/sources.yaml", "examples/first-days/sources.yaml"]
)
def test_editors_find_the_schema(path):
    """The first line of the file leads the language server to it."""
    first = (ROOT / path).read_text(encoding="utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")

    assert ((ROOT / path).parent / named).resolve() == ROOT / "schemas/sources.json"


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: re.search(r"id: (\S+)", text)[1])
def test_the_examples_of_the_page_are_valid(text):
    """What the page shows can be copied."""
    assert len(_parse(text)) == 1


def test_every_kind_has_a_worked_example():
    """A kind without one is a kind that nobody can set up."""
    shown = {source.kind for text in EXAMPLES for source in _parse(text)}

    assert shown == set(SourceKind)


def test_the_registers_of_the_page_read_the_replies_of_the_page():
    """The worked examples work: what the fields find is what the page promises."""
    registers = [source for text in EXAMPLES for source in _parse(text) if source.kind is SourceKind.REGISTER]
    read = []
    for source in registers:
        (row,) = compile_expression(source.rows).search(json.loads(WORKED[source.id][1]))
        read.append({name: compile_expression(text).search(row) for name, text in source.fields})

    assert [(row["id"], row["numbers"]) for row in read] == [("r1", "CP 9"), ("b1", ["CP 9"])]
    assert read[1]["parties"] == ["BORDURIA", "RURITANIA"]
    assert read[1]["link"] == "https://register.example/data/html/1.html"


@pytest.mark.parametrize("source_id", sorted(WORKED))
def test_the_examples_of_the_page_read_the_replies_of_the_page(source_id):
    """Each kind's worked example is read by the reader itself."""
    text, reply = WORKED[source_id]
    (source,) = _parse(text)
    exchange = Exchange(
        source.id,
        NOW,
        0,
        source.method,
        source.url,
        NOW,
        0.1,
        Transport.ANSWERED,
        status=200,
        final_url=source.url,
    )

    found = read(ReadJob(source, exchange, reply.encode()))

    assert [(item.title, item.url, item.published and item.published.iso) for item in found.items] == [
        tuple(row) for row in EXPECTED[source_id]
    ]
    assert found.flags == ()


def test_the_kinds_that_answer_with_a_list_have_a_worked_reply():
    """A folder has no reply that could be printed."""
    shown = {_parse(text)[0].kind for text, _ in WORKED.values()}

    assert shown == set(SourceKind) - {SourceKind.INBOX}


EXPECTED = {
    "ruritania-president": [
        ("The President receives the envoy of Borduria", "https://president.example/en/news/41", "2031-02-16")
    ],
    "syldavia-government": [("A bridge to Borduria", "https://government.example/news/7", "2031-02-16")],
    "syldavia-press": [
        (
            "Syldavia and Ruritania sign an agreement on railways",
            "https://press.example/detail/SP_31_12",
            "2031-02-16",
        )
    ],
    "borduria-presidency": [
        ("", "https://presidency.example/actualites/2031/02/16/visite", "2031-02-16"),
    ],
    "ruritania-ministry": [
        ("Рутенія та Бордурія підписали угоду", "https://mfa.example/news/42", "2031-02-16"),
        ("Зустріч міністрів", "https://mfa.example/news/41", "2031-02-15"),
    ],
    "ruritania-agreement": [
        (
            "Agreement on railways between Ruritania and Borduria",
            "https://government.example/api/content/agreement",
            "2031-02-16",
        )
    ],
    "ruritania-treaties": [
        ("Agreement between Ruritania and Borduria on Railways", "https://treaties.example/r1", None)
    ],
    "borduria-treaties": [
        (
            "Exchange of Notes between Borduria and Ruritania",
            "https://register.example/data/html/1.html",
            None,
        )
    ],
}
