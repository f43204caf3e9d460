"""The JSON Schema of monitor.toml, by which editors complete and check while one types."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from monitor.app.settings import Settings

_DESCRIPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "instance": "This installation's own domain name; mail ids are made from it.",
        "database": "A file below the workspace, or a PostgreSQL address without its password.",
        "timezone": "The zone of today and of the times in digests, such as Europe/London.",
        "simulated_time": "Lets --at say what time it is; for examples only.",
        "network": "How sources are asked.",
        "network.contact": "An address at which a site's operator reaches you.",
        "network.deadline_s": "The most that one request may take, redirects and body included, in seconds.",
        "network.spacing_s": "The least time between two requests to one host, in seconds.",
        "network.at_once": "How many hosts are asked at the same time.",
        "network.ca_bundle": "Certificate authorities for everything, for a proxy that inspects TLS.",
        "network.proxy": "An HTTP proxy.",
        "network.allow_loopback": "Opens 127.0.0.0/8 and ::1, for examples served from this machine.",
        "retention": "What may be let go.",
        "retention.evidence_days": "For how many days stored bytes are kept on which nothing rests.",
        "recognition": "What is claimed and for how long.",
        "recognition.ask_from": "The score from which a signing that is not claimed is asked about.",
        "recognition.lead_days": "For how many days what only the press reports stands unrepeated.",
        "mail": "The mail server; the password comes from the environment.",
        "mail.host": "The mail server; without it there is no smtp channel.",
        "mail.port": "Its port.",
        "mail.sender": "The address that mail comes from.",
        "mail.sender_name": "The name beside it.",
        "mail.contact": "Whom readers write to, also to leave the list.",
        "mail.security": "How the connection is encrypted.",
        "mail.username": "The user name.",
        "mail.ca_bundle": "Certificates to trust instead of the system's.",
        "mail.deadline_s": "The most that one delivery may take, in seconds.",
    }
)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the whole file, with a description for every key."""
    from pydantic import TypeAdapter

    made = TypeAdapter(Settings).json_schema()
    definitions = made.pop("$defs")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "monitor.toml of the briefing monitor",
        "type": "object",
        "additionalProperties": False,
        "properties": _described(made["properties"], "", definitions),
    }


def _described(
    properties: Mapping[str, Mapping[str, Any]], table: str, definitions: Mapping[str, Any]
) -> dict[str, Any]:
    """The keys of a table with what each means; a table within it in full."""
    found: dict[str, Any] = {}
    for key, value in properties.items():
        name = f"{table}{key}"
        inner = definitions.get(str(value.get("$ref", "")).rpartition("/")[2])
        if inner is not None:
            keys = _described(inner["properties"], f"{name}.", definitions)
            found[key] = {"type": "object", "additionalProperties": False, "properties": keys}
        else:
            found[key] = {each: held for each, held in value.items() if each != "title"}
        found[key]["description"] = _DESCRIPTIONS[name]
    return found
