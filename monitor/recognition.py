"""Recognition with the files it needs: lexicons and names are read here and handed to the pure rooms."""

import csv
import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from monitor.detection import (
    ASK_FROM,
    EVERYWHERE,
    Detector,
    Lexicon,
    Thresholds,
    as_json,
    detect_record,
    document_of,
    evaluate,
    explain_record,
    format_evaluation,
    naive_sides,
    parse_lexicon,
)
from monitor.errors import ConfigError, Problem
from monitor.files import load_words
from monitor.language import Names

_log = logging.getLogger(__name__)

_Said = TypeVar("_Said")

_LEXICONS = Path(str(resources.files("monitor.detection"))) / "lexicon"
_NAMES = Path(str(resources.files("monitor.language"))) / "names"
_LONGEST_FIELD = 10_000_000  # characters of one cell of a CSV file
_OPTIONAL = frozenset({"published", "publisher_party"})
_VOICES = {"ua": "UA", "ru": "RU"}  # the press set's two publishers


@cache
def load_names() -> Names:
    """Return the names of parties; a language's file is read when it is first met."""
    return Names(lambda lang: _read(_NAMES / f"{lang}.yaml"))


@cache
def load_detector(ask_from: float = ASK_FROM) -> Detector:
    """Return a detector on the shipped lexicons and names; each language is read when it is first met.

    ``ask_from`` is the score from which a conclusion that is not claimed becomes a question.
    """
    return Detector(load_lexicon, load_names(), Thresholds(ask=ask_from))


def load_lexicon(lang: str) -> Lexicon | None:
    """Return the shipped words of a language, None if it has none.

    Raises:
        ConfigError: the file is faulty; every fault is listed.
    """
    path = _LEXICONS / f"{lang}.yaml"
    data = _read(path)
    if data is None or lang == EVERYWHERE:
        return None
    return parse_lexicon(data, everywhere=_read(_LEXICONS / f"{EVERYWHERE}.yaml"), file=str(path))


def _read(path: Path) -> dict[str, Any] | None:
    """What a shipped file says, None if there is none."""
    return load_words(path) if path.exists() else None


def languages() -> tuple[str, ...]:
    """Return the languages that have a lexicon."""
    return tuple(sorted({path.stem for path in _LEXICONS.glob("*.yaml")} - {EVERYWHERE}))


@dataclass(frozen=True, slots=True)
class LineFaults:
    """What is wrong with lines of a file: those ``lost``, and those of which a value was passed over."""

    lost: list[Problem] = field(default_factory=list)
    passed_over: list[Problem] = field(default_factory=list)


def detect_lines(path: Path, faults: LineFaults) -> Iterator[dict[str, Any]]:
    """Yield what each record of a JSON Lines file announces, in the file's order.

    A line that cannot be read loses no other: it is added to ``faults``, as is an optional value that is
    none.
    """
    yield from _each_record(path, detect_record, faults)


def explain_lines(path: Path, faults: LineFaults) -> Iterator[str]:
    """Yield in words what each record of a JSON Lines file announces, and why; as :func:`detect_lines`."""
    yield from _each_record(path, explain_record, faults)


def _each_record(
    path: Path, say: Callable[[Mapping[str, Any], Detector], _Said], faults: LineFaults
) -> Iterator[_Said]:
    detector = load_detector()
    for number, record in _lines(path):
        if isinstance(record, Problem):
            faults.lost.append(record)
            continue
        where = (str(path), number, str(record.get("id", "")))
        try:
            sound, faulty = _sound(record)
            said = say(sound, detector)
        except Exception as error:  # one document among many
            _log.debug("line %d", number, exc_info=True)
            faults.lost.append(Problem(*where, f"cannot be read: {type(error).__name__}: {error}"))
            continue
        faults.passed_over.extend(Problem(*where, f"{each}; read without it") for each in faulty)
        yield said


def _sound(record: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return a record without those optional values that are none, and what is wrong with them."""
    sound, faulty = dict(record), []
    for key in _OPTIONAL & record.keys():
        try:
            document_of({key: record[key]})
        except ValueError as error:
            faulty.append(f"{key}: {error}")
            del sound[key]
    return sound, faulty


def evaluate_files(paths: Sequence[Path], *, as_json: bool = False) -> str:
    """Return the figures of labelled sets: JSON Lines files, or folders with press.csv and labels.jsonl.

    Raises:
        ConfigError: a file is missing or malformed.
    """
    evaluations = [evaluate(path.name, labelled_records(path), _detect, _naive) for path in paths]
    if as_json:
        return json.dumps([_plain(evaluation) for evaluation in evaluations], ensure_ascii=False, indent=2)
    return "\n\n".join(format_evaluation(evaluation) for evaluation in evaluations)


_plain = as_json


def labelled_records(path: Path) -> list[dict[str, Any]]:
    """Return the records of a labelled set in the one shape of the announcements."""
    if path.is_dir():
        return _press(path)
    return [record for _, record in _records(path)]


def _detect(record: Mapping[str, Any]) -> dict[str, Any]:
    return detect_record(record, load_detector())


def _naive(record: Mapping[str, Any]) -> tuple[str, ...]:
    title, text, lang = (str(record.get(name) or "") for name in ("title", "text", "lang"))
    return naive_sides(title, text, lang, load_names())


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a file in which every line counts."""
    for number, record in _lines(path):
        if isinstance(record, Problem):
            raise ConfigError([record])
        yield number, record


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, _record(path, number, line)


def _record(path: Path, number: int, line: bytes) -> dict[str, Any] | Problem:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Problem(str(path), number, "", "this is not UTF-8 text; save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return Problem(str(path), number, "", f"no JSON: {error}")
    if not isinstance(record, dict):
        return Problem(str(path), number, "", "each line must be one JSON object")
    return record


def _press(folder: Path) -> list[dict[str, Any]]:
    """Return the press set: every release of press.csv, with its label where it has one."""
    labels = {record["link"]: record for _, record in _records(_existing(folder / "labels.jsonl"))}
    usual = csv.field_size_limit(_LONGEST_FIELD)  # of the whole process
    try:
        with _existing(folder / "press.csv").open(encoding="utf-8", newline="") as file:
            return [_release(row, labels.get(row["link"], {})) for row in csv.DictReader(file)]
    finally:
        csv.field_size_limit(usual)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise ConfigError(
            [Problem(str(path), None, "", "a labelled folder holds press.csv and labels.jsonl")]
        )
    return path


def _release(row: Mapping[str, str], label: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": label.get("id", row["link"]),
        "title": row["headline"],
        "text": "\n".join(part for part in (row["summary"], row["body"]) if part),
        "lang": "en",
        "published": row["date"][:10],
        "url": row["link"],
        "publisher_party": _VOICES.get(row["source"]),
        "stage": label.get("stage", "unrelated"),
        "concluded": label.get("concluded", []),
        "ambiguous": label.get("borderline", False),
        "why": label.get("why", ""),
    }
