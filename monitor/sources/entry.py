"""The keys that every entry of sources.yaml may have, whatever its kind."""

import json
import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from monitor.expressions import compile_expression
from monitor.model import Expectation, Reach, Robots, Source, SourceKind, party_code
from monitor.sources.addresses import checked_body, checked_url
from monitor.sources.languages import language_code

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_CITATION = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_EVERY = re.compile(r"(?P<count>[1-9][0-9]{0,4})(?P<unit>[mhd])\Z")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?\Z")
_SENDER = re.compile(r"[^@\s]{0,64}@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+\Z")
_GLOB_CHARACTERS = 300
_SECONDS = {"m": 60, "h": 3_600, "d": 86_400}
_SELECTOR_CHARACTERS = 500


def _id(text: str) -> str:
    if not _ID.match(text) or len(text) > 64:
        raise ValueError(f"must be lower-case letters, digits and single hyphens, at most 64, not {text!r}")
    return text


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text.strip()


def _every(value: object) -> int:
    match = _EVERY.match(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"must be a number of minutes, hours or days, such as 30m, 6h or 1d, not {value!r}")
    return int(match["count"]) * _SECONDS[match["unit"]]


def _day(value: object) -> date | None:
    if type(value) is date:
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"must be a day such as 2026-03-19; leave it out if never seen to work, not {value!r}")


def _timezone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone {text!r}; write one such as Europe/Kyiv") from error
    return text


def _body(value: object) -> object:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else value


def _citation(text: str) -> str:
    if not _CITATION.match(text):
        raise ValueError(f"must be a briefing's id, a slash and a citation's id, not {text!r}")
    return text


def _selector(text: str) -> str:
    from soupsieve import SelectorSyntaxError
    from soupsieve import compile as compile_selector

    if len(text) > _SELECTOR_CHARACTERS:
        raise ValueError(f"longer than {_SELECTOR_CHARACTERS} characters")
    try:
        compile_selector(text)
    except (SelectorSyntaxError, ValueError) as error:
        raise ValueError(f"not a CSS selector: {str(error).splitlines()[0]}") from error
    return text


def _list_selector(text: str) -> str:
    """Lists are read by lxml, which knows fewer selectors than what reads documents."""
    from cssselect import HTMLTranslator, SelectorError

    if len(text) > _SELECTOR_CHARACTERS:
        raise ValueError(f"longer than {_SELECTOR_CHARACTERS} characters")
    try:
        HTMLTranslator().css_to_xpath(text)
    except (SelectorError, ValueError, RecursionError) as error:
        raise ValueError(f"not a CSS selector for lists: {str(error).splitlines()[0]}") from error
    return text


def _host(text: str) -> str:
    if not _HOST.match(text):
        raise ValueError(f"must be a host name such as assets.mfa.example, not {text!r}")
    return text


def _glob(text: str) -> str:
    if not text.startswith(("/", "*")) or len(text) > _GLOB_CHARACTERS or "**" in text:
        raise ValueError(f"must be a path such as /en/news/*, not {text!r}")
    return text


def _folder(text: str) -> str:
    parts = text.split("/")
    if "\\" in text or any(part in ("", ".", "..") or part.startswith(".") for part in parts):
        raise ValueError(f"must be a folder below the workspace such as inbox/state, not {text!r}")
    return text


def _sender(text: str) -> str:
    if not _SENDER.match(text):
        raise ValueError(f"must be an address or a domain such as @mfa.example, not {text!r}")
    return text.lower()


def _expression(text: str) -> str:
    compile_expression(text)
    return text


Words = Annotated[str, AfterValidator(_words)]
Selector = Annotated[str, AfterValidator(_selector)]
ListSelector = Annotated[str, AfterValidator(_list_selector)]
Glob = Annotated[str, AfterValidator(_glob)]
Folder = Annotated[str, AfterValidator(_folder)]
Sender = Annotated[str, AfterValidator(_sender)]
Host = Annotated[str, AfterValidator(_host)]
JmesPath = Annotated[str, AfterValidator(_expression)]
Url = Annotated[str, AfterValidator(checked_url), WithJsonSchema({"type": "string", "pattern": "^https?://"})]
Language = Annotated[
    str, AfterValidator(language_code), WithJsonSchema({"type": "string", "pattern": "^[a-z]{2}(-|$)"})
]
Every = Annotated[
    int, BeforeValidator(_every), WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]{0,4}[mhd]$"})
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Body = Annotated[
    str,
    BeforeValidator(_body),
    AfterValidator(checked_body),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]


class Part(BaseModel):
    """A mapping of the file, strictly typed, without unknown keys."""

    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=False)

    def value(self) -> Any:
        """Return the mapping as the model's value."""
        raise NotImplementedError

    def settings(self) -> dict[str, Any]:
        """Return the keys with values of the model: mappings and lists frozen, parts turned."""
        return {name: _frozen(getattr(self, name)) for name in type(self).model_fields}


def _frozen(value: object) -> object:
    if isinstance(value, Part):
        return value.value()
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(value) if isinstance(value, list) else value


class ExpectEntry(Part):
    """What a good reply looks like."""

    min_items: int = Field(default=1, ge=0, description="Fewer items than this make the poll suspect.")
    max_drop: float = Field(
        default=0.3,
        ge=0,
        le=1,
        description="A larger loss of items since the last poll makes it suspect; 0.3 is 30 %.",
    )
    requires: list[Words] = Field(default=[], description="Texts that every good reply contains.")

    def value(self) -> Expectation:
        """Return it as the model's value."""
        return Expectation(**self.settings())


class Entry(Part):
    """What every entry has; each kind adds its own keys."""

    id: Annotated[str, AfterValidator(_id)] = Field(
        description="Name of the source for ever: lower-case letters, digits, hyphens. History hangs on it."
    )
    kind: str = Field(description="How the source is read.")
    publisher: Words = Field(description="Who publishes it, as a reader should see it named.")
    url: Url = Field(description="The address, as it is asked for; https unless allow_http is true.")
    lang: Language = Field(description="Language of what it publishes: en, uk, pt-BR.")
    voice: Annotated[str, AfterValidator(party_code)] | None = Field(
        None, description="The party that it speaks for: UA, GB, EU, NATO. Press has none."
    )
    official: bool = Field(True, description="false for press, which is only ever a lead.")
    licence: Words | None = Field(None, description="On what terms its words may be quoted.")
    quote_words: int | None = Field(None, ge=1, description="At most so many words are quoted from it.")
    reach: Reach = Field(
        Reach.OPEN,
        strict=False,
        description="open; depends (on the address or the day); walled (refuses machines: its refusals are"
        " no news); manual (never polled, a person looks).",
    )
    enabled: bool = Field(True, description="false keeps the entry without polling it.")
    every: Every = Field(
        3_600, description="How often it is polled: 30m, 6h, 1d.", json_schema_extra={"default": "1h"}
    )
    timezone: Annotated[str, AfterValidator(_timezone)] = Field(
        "UTC", description="Zone of times that it writes without one: Europe/Kyiv."
    )
    method: Literal["GET", "POST"] = Field("GET", description="GET or POST.")
    body: Body | None = Field(None, description="The JSON to send with POST, as text or as a mapping.")
    headers: dict[str, str] = Field(
        {}, description="Further request headers. No secrets, and none that the monitor sets itself."
    )
    allow_http: bool = Field(
        False, description="true for a site without https: what it says is marked unauthenticated."
    )
    ca_file: Words | None = Field(None, description="A CA file of its own, relative to this file.")
    robots: Robots = Field(
        Robots.OBEY,
        strict=False,
        description="obey keeps to the site's robots.txt; ignore where the publisher has agreed, and the note"
        " says so.",
    )
    cookies_from: Url | None = Field(
        None,
        description="A page of the site whose anonymous session cookie it wants to see with each request.",
    )
    verified: Day | None = Field(None, description="The day on which the address was last seen to work.")
    citations: list[Annotated[str, AfterValidator(_citation)]] = Field(
        [], description="Citations of briefings that name this publisher: cbp-9837/press-release-2024-01-12."
    )
    expect: ExpectEntry = Field(
        default=ExpectEntry(), description="What a good reply holds; a breach keeps the poll back for review."
    )
    note: Words = Field("", description="What to know about it: quirks, walls, why.")

    def value(self) -> Source:
        """Return the entry as the model's value."""
        settings = self.settings()
        settings["kind"] = SourceKind(settings["kind"])
        settings["every_s"] = settings.pop("every")
        settings["licence"] = settings["licence"] or ""
        return Source(**settings)
