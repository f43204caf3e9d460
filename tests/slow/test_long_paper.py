"""A made-up paper of 100 pages and 600 notes: as long as papers get, and still a matter of seconds."""

import random
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PARAGRAPHS, SENTENCES, NOTES, A_PAGE = 504, 6, 600, 5
WORDS = ["agreement", "council", "allies", "support", "training", "committee", "budget", "treaty"]
WORDS += ["partners", "defence", "industry", "aid", "framework", "talks", "government", "declaration"]
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# From a small process of its own: on Linux a child's peak begins with that of whoever forked it.
MEASURING = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
IMPORT_S, REDLINE_S, MEMORY_MB = 10, 5, 300


def _paper():
    """As a PDF's text is copied: page numbers, and footnotes at the foot of their page."""
    chance = random.Random(4)
    lines = ["Research Briefing", "20 February 2024", "Number 9999", "", "Pacts of Ruritania", ""]
    lines += ["Summary", "", "Norway negotiates.", ""]
    number, waiting = 0, []
    for at in range(PARAGRAPHS):
        if at % 42 == 0:
            lines += [f"{at // 42 + 1} Section about {WORDS[at // 42]} in Norway", ""]
        sentences = []
        for _ in range(SENTENCES):
            words = " ".join(chance.choices(WORDS, k=chance.randint(12, 30))).capitalize()
            mark = ""
            if number < NOTES and chance.random() < 0.25:
                number += 1
                mark = str(number).translate(SUPERSCRIPT)
                waiting += [f"{mark} Ministry of Defence, Release {number}, 5 January 2024", ""]
            sentences.append(f"{words}.{mark}")
        lines += [" ".join(sentences), ""]
        if at % A_PAGE == A_PAGE - 1:
            lines += [*waiting, str(at // A_PAGE + 1), ""]
            waiting = []
    return "\n".join([*lines, *waiting])


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Run a command in a workspace with the paper; return seconds of processor time, and the peak in MB."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "paper.txt").write_text(_paper(), encoding="utf-8")
    monitor = [sys.executable, "-m", "monitor"]
    subprocess.run([*monitor, "init", str(folder / "w")], check=True, capture_output=True)

    def run(*arguments):
        command = [sys.executable, "-c", MEASURING, *monitor, *arguments, "-w", str(folder / "w")]
        told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
        seconds, peak = map(float, told.splitlines()[-1].split())
        unit = 1_000_000 if sys.platform == "darwin" else 1_000  # bytes on macOS, KB on Linux
        return seconds, peak / unit

    run.folder = folder
    run.imported = run("briefing", "import", "paper.txt", "--id", "long")
    return run


def test_it_is_imported_in_seconds(measured):
    """And every note of it has its mark."""
    seconds, megabytes = measured.imported
    yaml = (measured.folder / "w/state/briefings/long/briefing.yaml").read_text(encoding="utf-8")

    assert seconds < IMPORT_S
    assert megabytes < MEMORY_MB
    assert f"note: {NOTES}" in yaml


@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_its_redline_is_written_in_seconds(measured, form):
    """A researcher waits for it."""
    output = str(measured.folder / f"redline.{form}")
    options = ("--briefing", "long", "--format", form, "--output", output)
    seconds, megabytes = measured("briefing", "redline", *options)

    assert seconds < REDLINE_S
    assert megabytes < MEMORY_MB
