"""The JSON Schema of sources.yaml, by which editors complete and check while one types."""

from typing import Any

from pydantic.json_schema import models_json_schema

from monitor.sources.kinds import KINDS


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the whole file, with a description for every key."""
    refs, definitions = models_json_schema([(entry, "validation") for entry in KINDS.values()])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sources.yaml of the briefing monitor",
        "type": "object",
        "required": ["sources"],
        "additionalProperties": False,
        "properties": {
            "sources": {
                "description": "What is polled, an entry a source.",
                "type": "array",
                "items": {"oneOf": [refs[entry, "validation"] for entry in KINDS.values()]},
            }
        },
        "$defs": definitions["$defs"],
    }
