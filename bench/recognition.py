"""How well agreements are recognised, how sure the scores are, and what it costs.

``python bench/recognition.py`` prints every figure; ``--only figures,leave-out,...`` a part;
``--against REVISION`` compares the rules with those of an earlier commit, document by document. The
labelled sets are ../shared/data beside the project, or $BRIEFING_DATA; where they are missing the guard
set in tests/ is all there is. The rules are not fitted by a program, so leaving out a language or an
event leaves it out of the choice of the threshold, and a language also loses its lexicon.
"""

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from harness import measure

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from monitor.detection import (  # noqa: E402 - the project is found by the line above
    Detector,
    Evaluation,
    Rate,
    Scored,
    Thresholds,
    detect_record,
    evaluate,
    format_evaluation,
    naive_sides,
)
from monitor.recognition import labelled_records, load_detector, load_lexicon, load_names  # noqa: E402

DATA = Path(os.environ.get("BRIEFING_DATA", ROOT.parent / "shared" / "data"))
GUARD = ROOT / "tests" / "detection" / "guard"
_EVERYTHING = Thresholds(claim=0.02, ask=0.02)
_STEPS = [step / 20 for step in range(2, 19)]  # thresholds that are tried
_DOCUMENTS, _WORDS = 1_000, 300
_TWO_MB = 2_000_000

Record = Mapping[str, Any]


def main() -> None:
    """Print what was asked for."""
    given = _arguments()
    if given.against:
        print(compared(given.against))
        return
    parts: dict[str, Callable[[], Iterable[str]]] = {
        "figures": figures,
        "reliability": reliability,
        "unsure": unsure,
        "leave-out": leave_out,
        "speed": speed,
    }
    for name in given.only.split(",") if given.only else parts:
        for line in parts[name]():
            print(line, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Figures of recognition.")
    parser.add_argument("--only", help="figures, reliability, unsure, leave-out, speed; apart by commas")
    parser.add_argument("--against", metavar="REVISION", help="compare with the rules of a commit")
    return parser.parse_args()


@cache
def sets() -> dict[str, list[dict[str, Any]]]:
    """Return the labelled records by the name of their set."""
    found = {"guard": [record for file in sorted(GUARD.glob("*.jsonl")) for record in labelled_records(file)]}
    if (DATA / "announcements").is_dir():
        found["announcements"] = labelled_records(DATA / "announcements" / "dev.jsonl")
        found["press"] = labelled_records(DATA / "press")
    else:
        print(f"no labelled sets at {DATA}: the guard set only")
    return found


def figures() -> Iterator[str]:
    """Yield every set's figures with its errors, beside the naive rule."""
    for name, records in sets().items():
        yield format_evaluation(evaluate(name, records, _detect, _naive)) + "\n"


def _detect(record: Record) -> dict[str, Any]:
    return detect_record(record, load_detector())


def _naive(record: Record) -> tuple[str, ...]:
    title, text, lang = (str(record.get(name) or "") for name in ("title", "text", "lang"))
    return naive_sides(title, text, lang, load_names())


@cache
def all_scores() -> tuple[Evaluation, ...]:
    """Return every set with all conclusions, however weak, so that thresholds can be tried on them."""
    detector = Detector(load_lexicon, load_names(), _EVERYTHING)
    return tuple(
        evaluate(name, records, lambda record: detect_record(record, detector), lambda _: ())
        for name, records in sets().items()
    )


def reliability() -> Iterator[str]:
    """Yield how often a claim of each band of score is right, as bars, and the mean gap between both."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for scored in (one for evaluation in all_scores() for one in evaluation.scored):
        for sides, score in zip(scored.found, scored.scores, strict=False):
            bands[min(int(score * 10), 9)].append((score, sides in scored.gold))
    yield "== reliability: score, share right, number"
    gap = 0.0
    for band, claims in sorted(bands.items()):
        rate = Rate(sum(right for _, right in claims), len(claims))
        mean = sum(score for score, _ in claims) / len(claims)
        gap += abs(mean - rate.value) * len(claims)
        bar = "█" * round(rate.value * 40)
        yield f"  {band / 10:.1f} to {(band + 1) / 10:.1f}  {bar:40} {rate}"
    number = sum(len(claims) for claims in bands.values())
    yield f"  mean distance of score and share: {gap / max(1, number):.3f} over {number} claims\n"


def unsure() -> Iterator[str]:
    """Yield what a band of questions costs a reviewer, and what it saves."""
    yield "== unsure: questions below the threshold of 0.5, and the misses among them"
    everything = [one for evaluation in all_scores() for one in evaluation.scored]
    for ask in (0.4, 0.3, 0.2, 0.1, 0.05):
        asked = saved = 0
        for scored in everything:
            claims = list(zip(scored.found, scored.scores, strict=False))
            within = [sides for sides, score in claims if ask <= score < 0.5]
            missed = scored.gold and not any(score >= 0.5 for _, score in claims)
            asked += len(within)
            saved += bool(missed and set(within) & set(scored.gold))
        yield f"  ask from {ask:.2f}: {asked} questions in {len(everything)} documents, {saved} misses saved"
    yield ""


def leave_out() -> Iterator[str]:
    """Yield the figures on each language and event with the threshold chosen on all others."""
    for evaluation in all_scores():
        for what, key in (("language", _language), ("event", _event)):
            if len({key(one) for one in evaluation.scored} - {""}) > 1:
                yield from _left_out(evaluation, what, key)
    yield from _without_lexicon()


def _language(scored: Scored) -> str:
    return scored.lang


def _event(scored: Scored) -> str:
    return scored.event


def _left_out(evaluation: Evaluation, what: str, key: Callable[[Scored], str]) -> Iterator[str]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for scored in evaluation.scored:
        groups[key(scored)].append(scored)
    outcomes: Counter[str] = Counter()
    chosen = set()
    worst: tuple[int, str] = (0, "none")
    for name, own in groups.items():
        best = _best_threshold([one for one in evaluation.scored if key(one) != name])
        chosen.add(best)
        counts = Counter(_at(one, best).outcome for one in own)
        outcomes += counts
        wrong = counts["miss"] + counts["false alarm"]
        worst = max(worst, (wrong, f"{name or 'none'}: {counts['miss']} miss, {counts['false alarm']} false"))
    told = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in ("hit", "miss", "false alarm"))
    yield f"== {evaluation.name}, leave one {what} out ({len(groups)}): {told}; F1 {_f1(outcomes):.3f}"
    yield f"  thresholds chosen: {min(chosen):.2f} to {max(chosen):.2f}; worst {what} {worst[1]}\n"


def _best_threshold(scored: Sequence[Scored]) -> float:
    """Return the threshold of the best F1, the one nearest to 0.5 where several are as good."""
    return max(
        _STEPS,
        key=lambda step: (round(_f1(Counter(_at(one, step).outcome for one in scored)), 4), -abs(step - 0.5)),
    )


def _at(scored: Scored, threshold: float) -> Scored:
    """Return a document as it is scored with another threshold."""
    pairs = [(s, v) for s, v in zip(scored.found, scored.scores, strict=False) if v >= threshold]
    return replace(scored, found=tuple(s for s, _ in pairs), scores=tuple(v for _, v in pairs))


def _f1(outcomes: Mapping[str, int]) -> float:
    hits = outcomes["hit"]
    wrong = outcomes["miss"] + outcomes["false alarm"]
    return 2 * hits / (2 * hits + wrong) if hits else 0.0


def _without_lexicon() -> Iterator[str]:
    """Yield what is left of a language whose lexicon is taken away."""
    yield "== each language without its lexicon"
    outcomes: Counter[str] = Counter()
    for name in ("announcements", "guard"):
        for lang in sorted({str(record["lang"]) for record in sets().get(name, [])}):
            own = [record for record in sets()[name] if record["lang"] == lang]
            outcomes += Counter(
                one.outcome for one in evaluate(lang, own, _blind_to(lang), lambda _: ()).scored
            )
    yield "  " + ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common()) + "\n"


def _blind_to(lang: str) -> Callable[[Record], dict[str, Any]]:
    detector = Detector(lambda asked: None if asked == lang else load_lexicon(asked), load_names())
    return lambda record: detect_record(record, detector)


def speed() -> Iterator[str]:
    """Yield CPU seconds and memory of whole processes, start included."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "in.jsonl"
        for name, records in _loads():
            file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
            command = [sys.executable, "-m", "monitor", "detect", file, "--output", os.devnull]
            took = measure(command, folder=ROOT)
            failed = "" if took.code == 0 else f" FAILED ({took.code})"
            yield f"  {name:38} {took.cpu_s:6.2f} s CPU, {took.peak_mb:4.0f} MB{failed}"


def _loads() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    texts = [record for records in sets().values() for record in records if record["text"]]
    spaced = [record for record in texts if record["lang"] not in {"ja", "zh", "ko"}]
    yield (
        f"{_DOCUMENTS} announcements of {_WORDS} words",
        [_of_words(spaced[number % len(spaced)]) for number in range(_DOCUMENTS)],
    )
    english = " ".join(str(record["text"]) for record in texts if record["lang"] == "en")
    hostile = {
        "English text": english,
        "one sentence": english.replace(".", " ").replace("\n", " "),
        "signings without an end": "Ukraine signed an agreement with Germany ",
        "lines of one word": "Ukraine\n",
        "numbers": "12 2024 7, ",
        "Japanese signs": "日本とウクライナは協定に署名",
    }
    for name, text in hostile.items():
        whole = (text * (_TWO_MB // len(text) + 1)).encode()[:_TWO_MB].decode(errors="ignore")
        yield f"2 MB of {name}", [{"id": "x", "title": "Ukraine and Germany sign", "text": whole}]


def _of_words(record: Record) -> dict[str, Any]:
    words = str(record["text"]).split(" ")
    many = (words * (_WORDS // len(words) + 1))[:_WORDS]
    return {**record, "text": " ".join(many)}


@dataclass(frozen=True, slots=True)
class Change:
    """A document on which two versions of the rules differ."""

    was: Scored
    now: Scored

    def __str__(self) -> str:
        stages = "" if self.was.found_stage == self.now.found_stage else self._stages()
        outcomes = f"{self.was.outcome} -> {self.now.outcome}"
        return f"  {outcomes}: {self.now.id} [{self.now.lang}]{stages} {self.now.title[:70]}"

    def _stages(self) -> str:
        return f" {self.was.found_stage} -> {self.now.found_stage} (labelled {self.now.stage})"


def compared(revision: str) -> str:
    """Return what changed since ``revision``, document by document."""
    lines = []
    for name, records in sets().items():
        answers = iter(_answers_of(revision, records))
        before = evaluate(name, records, lambda _, then=answers: next(then), lambda _: ())
        now = evaluate(name, records, _detect, lambda _: ())
        changes = [
            Change(old, new)
            for old, new in zip(before.scored, now.scored, strict=True)
            if (old.outcome, old.found, old.found_stage) != (new.outcome, new.found, new.found_stage)
        ]
        lines.append(
            f"== {name}: F1 {before.f1:.3f} -> {now.f1:.3f}, stages {before.stages.right} -> "
            f"{now.stages.right} of {now.stages.of}; {len(changes)} documents differ"
        )
        lines += [str(change) for change in changes]
    return "\n".join(lines)


def _answers_of(revision: str, records: Sequence[Record]) -> list[dict[str, Any]]:
    """Return what the rules of ``revision`` say; its files are unpacked and run for that."""
    git = ["git", "-C", str(ROOT), "archive", revision, "monitor"]
    packed = subprocess.run(git, check=True, capture_output=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        file, answers = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        command = [sys.executable, "-m", "monitor", "detect", str(file), "--output", str(answers)]
        subprocess.run(command, check=True, cwd=folder)
        return [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
