"""JSON Schemas of what reports give to programs; each is named in the ``schema`` field of its output."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from monitor.reports.digest import Digest
from monitor.reports.notice import Notice
from monitor.reports.sheet import Sheet
from monitor.reports.table import SCHEMA, Row

_KINDS = {
    "digest": Digest,
    "alert": Notice,
    "correction": Notice,
    "reminder": Notice,
    "health": Sheet,
    "state": Sheet,
}


def schema(kind: str) -> Mapping[str, Any]:
    """Return the JSON Schema of a report's JSON form: ``agreements`` (of the table), or a kind of report.

    Raises:
        KeyError: no report is called so.
    """
    if kind == "agreements":
        row = TypeAdapter(Row).json_schema(ref_template="#/$defs/{model}")
        texts = {name: {"type": "string"} for name in ("briefing", "edition", "known_at")}
        return _object(SCHEMA, {**texts, "agreements": {"type": "array", "items": row}}, {})
    whole = TypeAdapter(_KINDS[kind]).json_schema(ref_template="#/$defs/{model}")
    properties = {name: value for name, value in whole["properties"].items() if name != "sender"}
    definitions = {name: value for name, value in whole.get("$defs", {}).items() if name != "Sender"}
    return _object(f"briefing-monitor/{kind}/1", properties, definitions)


def _object(name: str, properties: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "type": "object",
        "properties": {"schema": {"const": name}, **properties},
        "required": ["schema", *properties],
        "additionalProperties": False,
        **({"$defs": definitions} if definitions else {}),
    }
