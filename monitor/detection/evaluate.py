"""Score recognition on labelled sets, by the rules of the sets: counts with intervals, never only rates.

A document counts as found when the labels name an agreement that it announces (companies' contracts
apart) and recognition names one too. Sides, dates and kinds are judged on documents found. Stages are
compared word by word, with ``declined`` counted as ``agreed-text`` and ``multilateral`` as
``unrelated``. The naive rule is scored on the same documents.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

Record = Mapping[str, Any]
Detect = Callable[[Record], Mapping[str, Any]]
Naive = Callable[[Record], tuple[str, ...]]

_Z = 1.96  # 95 %
_SAME_STAGE = {"declined": "agreed-text", "multilateral": "unrelated"}


@dataclass(frozen=True, slots=True)
class Scored:
    """One document: what the labels and what recognition say."""

    id: str
    lang: str
    stage: str
    found_stage: str
    gold: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]
    naive: tuple[str, ...]
    ambiguous: bool
    dates: tuple[tuple[str, str | None], ...] = ()  # (labelled day, found day) of sides that both name
    kinds: tuple[tuple[str, str], ...] = ()
    scores: tuple[float, ...] = ()
    title: str = ""
    why: str = ""
    reasons: tuple[str, ...] = ()
    event: str = ""

    @property
    def outcome(self) -> str:
        """``hit``, ``miss``, ``false alarm`` or ``right`` (rightly nothing)."""
        if self.gold:
            return "hit" if self.found else "miss"
        return "false alarm" if self.found else "right"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, with the 95 % interval of Wilson."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share, 0 where there is nothing to share."""
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The bounds of the share."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.value
        centre = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n)) / (1 + _Z**2 / n)
        return max(0.0, centre - half), min(1.0, centre + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.right} of {self.of} ({self.value:.3f}, {low:.2f} to {high:.2f})"


@dataclass(frozen=True)
class Evaluation:
    """The scored documents of one set."""

    name: str
    scored: tuple[Scored, ...]

    @property
    def clear(self) -> "Evaluation":
        """The same without the documents on which fair labellers could differ."""
        return Evaluation(f"{self.name}, clear items", tuple(s for s in self.scored if not s.ambiguous))

    def where(self, name: str, keep: Callable[[Scored], bool]) -> "Evaluation":
        """Return the part of the documents that ``keep`` takes."""
        return Evaluation(name, tuple(scored for scored in self.scored if keep(scored)))

    def count(self, outcome: str) -> int:
        """Return how many documents had an outcome."""
        return sum(scored.outcome == outcome for scored in self.scored)

    @property
    def precision(self) -> Rate:
        """Of the documents said to announce something, those that do."""
        return Rate(self.count("hit"), self.count("hit") + self.count("false alarm"))

    @property
    def recall(self) -> Rate:
        """Of the documents that announce something, those found."""
        return Rate(self.count("hit"), self.count("hit") + self.count("miss"))

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        hits = self.count("hit")
        return 2 * hits / (2 * hits + self.count("miss") + self.count("false alarm")) if hits else 0.0

    @property
    def parties(self) -> Rate:
        """Of the documents found, those with exactly the labelled sides."""
        hits = [scored for scored in self.scored if scored.outcome == "hit"]
        return Rate(sum(set(scored.gold) == set(scored.found) for scored in hits), len(hits))

    @property
    def dates(self) -> Rate:
        """Of the labelled days of signing, those found as labelled."""
        pairs = [pair for scored in self.scored for pair in scored.dates]
        return Rate(sum(gold == found for gold, found in pairs), len(pairs))

    @property
    def kinds(self) -> Rate:
        """Of the agreements found, those of the labelled kind."""
        pairs = [pair for scored in self.scored for pair in scored.kinds]
        return Rate(sum(gold == found for gold, found in pairs), len(pairs))

    @property
    def stages(self) -> Rate:
        """Of all documents, those with the labelled stage."""
        return Rate(sum(_same(s.stage) == _same(s.found_stage) for s in self.scored), len(self.scored))

    @property
    def naive(self) -> tuple[Rate, Rate, float]:
        """Precision, recall and F1 of the naive rule."""
        hits = sum(bool(s.gold) and bool(s.naive) for s in self.scored)
        alarms = sum(not s.gold and bool(s.naive) for s in self.scored)
        misses = sum(bool(s.gold) and not s.naive for s in self.scored)
        f1 = 2 * hits / (2 * hits + alarms + misses) if hits else 0.0
        return Rate(hits, hits + alarms), Rate(hits, hits + misses), f1


def evaluate(name: str, records: Iterable[Record], detect: Detect, naive: Naive) -> Evaluation:
    """Return the scores of ``detect`` on labelled records (as the announcements set has them)."""
    return Evaluation(name, tuple(_scored(record, detect(record), naive(record)) for record in records))


def _scored(record: Record, found: Mapping[str, Any], naive: tuple[str, ...]) -> Scored:
    labelled = [entry for entry in record.get("concluded", ()) if entry.get("level", "state") != "company"]
    claimed = [entry for entry in found["concluded"] if entry["level"] != "company"]
    gold = {_sides(entry): entry for entry in reversed(labelled)}
    got = {_sides(entry): entry for entry in reversed(claimed)}
    shared = [sides for sides in gold if sides in got]
    return Scored(
        id=str(record.get("id", "")),
        lang=str(record.get("lang", "")),
        stage=str(record.get("stage", "")),
        found_stage=str(found["stage"]),
        gold=tuple(sorted(gold)),
        found=tuple(sorted(got)),
        naive=naive,
        ambiguous=bool(record.get("ambiguous") or record.get("borderline")),
        dates=tuple((gold[s]["signed"], got[s]["signed"]) for s in shared if gold[s].get("signed")),
        kinds=tuple((gold[s]["kind"], got[s]["kind"]) for s in shared),
        scores=tuple(float(entry["score"]) for entry in claimed),
        title=str(record.get("title", "")),
        why=str(record.get("why") or ""),
        reasons=tuple(found["reasons"]),
        event=str(record.get("event") or ""),
    )


def _sides(entry: Mapping[str, Any]) -> tuple[str, str]:
    first, second = sorted(str(party) for party in entry["parties"])
    return first, second


def _same(stage: str) -> str:
    return _SAME_STAGE.get(stage, stage)


def format_evaluation(evaluation: Evaluation, *, errors: int = 40) -> str:
    """Return the figures of a set as text: whole, clear items, by language, stages, errors with reasons."""
    lines = [f"== {evaluation.name}: {len(evaluation.scored)} documents"]
    lines += _figures(evaluation)
    precision, recall, f1 = evaluation.naive
    lines.append(f"  naive keyword rule: precision {precision}, recall {recall}, F1 {f1:.3f}")
    if any(scored.ambiguous for scored in evaluation.scored):
        lines += [f"-- {evaluation.clear.name}: {len(evaluation.clear.scored)}", *_figures(evaluation.clear)]
    lines += [
        "-- by language",
        *_by_language(evaluation),
        "-- stages: labelled, found, number",
        *_confusion(evaluation),
    ]
    lines += [
        "-- reliability of scores",
        *_reliability(evaluation),
        "-- errors",
        *_errors(evaluation, errors),
    ]
    return "\n".join(lines)


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return the figures of a set as plain data."""
    return {
        "name": evaluation.name,
        "documents": len(evaluation.scored),
        **{
            outcome.replace(" ", "_"): evaluation.count(outcome)
            for outcome in ("hit", "miss", "false alarm", "right")
        },
        "f1": round(evaluation.f1, 4),
        **{
            name: {"right": rate.right, "of": rate.of, "interval": [round(x, 3) for x in rate.interval]}
            for name, rate in _rates(evaluation)
        },
        "naive_f1": round(evaluation.naive[2], 4),
        "clear": None if not any(s.ambiguous for s in evaluation.scored) else round(evaluation.clear.f1, 4),
    }


def _rates(evaluation: Evaluation) -> Sequence[tuple[str, Rate]]:
    names = ("precision", "recall", "parties", "dates", "kinds", "stages")
    return [(name, getattr(evaluation, name)) for name in names]


def _figures(evaluation: Evaluation) -> list[str]:
    counts = ", ".join(f"{evaluation.count(what)} {what}" for what in ("hit", "miss", "false alarm", "right"))
    rates = [f"  {name}: {rate}" for name, rate in _rates(evaluation)]
    return [f"  {counts}; F1 {evaluation.f1:.3f}", *rates]


def _by_language(evaluation: Evaluation) -> list[str]:
    languages = Counter(scored.lang for scored in evaluation.scored)
    lines = []
    for lang, number in languages.most_common():
        part = evaluation.where(lang, lambda scored, lang=lang: scored.lang == lang)  # type: ignore[misc]  # bound now
        found = ", ".join(f"{part.count(what)} {what}" for what in ("hit", "miss", "false alarm"))
        lines.append(f"  {lang}: {number} documents, {found}, F1 {part.f1:.3f}, stages {part.stages}")
    return lines


def _confusion(evaluation: Evaluation) -> list[str]:
    table = Counter((_same(s.stage), _same(s.found_stage)) for s in evaluation.scored)
    return [f"  {gold:18} {found:18} {number}" for (gold, found), number in sorted(table.items())]


def _reliability(evaluation: Evaluation) -> list[str]:
    """Return, for bands of score, how often a claim of the band was right."""
    bands: dict[int, list[bool]] = defaultdict(list)
    for scored in evaluation.scored:
        for sides, score in zip(scored.found, scored.scores, strict=False):
            bands[min(int(score * 10), 9)].append(sides in scored.gold)
    return [
        f"  score {band / 10:.1f} to {(band + 1) / 10:.1f}: right {Rate(sum(right), len(right))}"
        for band, right in sorted(bands.items())
    ]


def _errors(evaluation: Evaluation, most: int) -> list[str]:
    lines = []
    for scored in evaluation.scored:
        wrong_sides = scored.outcome == "hit" and set(scored.gold) != set(scored.found)
        if scored.outcome in {"hit", "right"} and not wrong_sides:
            continue
        what = "wrong sides" if wrong_sides else scored.outcome
        mark = " (ambiguous)" if scored.ambiguous else ""
        lines.append(f"  {what}{mark}: {scored.id} [{scored.lang}] {scored.title[:90]}")
        lines.append(f"    labelled {_names(scored.gold)}, found {_names(scored.found)}; {scored.why}")
        lines += [f"    {reason}" for reason in scored.reasons[:2]]
    if len(lines) > most * 4:
        return [*lines[: most * 4], f"  and more: {len(lines) - most * 4} lines"]
    return lines or ["  none"]


def _names(sides: Iterable[tuple[str, str]]) -> str:
    return " ".join("-".join(pair) for pair in sides) or "nothing"
