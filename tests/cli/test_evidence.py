"""The bytes behind a claim, from the command line: shown, listed, handed on, read again, let go."""

import hashlib
import json
import subprocess
import sys

import pytest

from monitor.app.evidence import disposal_line
from monitor.store import open_store, read_warc

AT = ("--at", "2024-02-25T18:00")
LATER = ("--at", "2026-02-25T18:00")


@pytest.fixture
def found(workspace, polled):
    """A finding of the first run, with its document."""
    with open_store(workspace / "state/monitor.db") as store:
        finding = next(f for f in store.findings() if f.source_id == "ca-newsroom")
        (document,) = store.documents([finding.document_id])
    return finding, document


def _shown(workspace, *words):
    """What `monitor evidence` writes to standard output, as bytes."""
    command = [sys.executable, "-m", "monitor", "evidence", *words, "--workspace", str(workspace)]
    return subprocess.run(command, check=True, capture_output=True)


def test_the_exact_bytes_behind_a_finding_are_shown(workspace, found):
    """They go into a pipe as they came, and how they came is said beside."""
    finding, document = found
    shown = _shown(workspace, finding.id)

    assert hashlib.sha256(shown.stdout).hexdigest() == document.body_sha256
    assert finding.quote.split()[0].encode() in shown.stdout
    assert document.body_sha256 in shown.stderr.decode()
    assert "status 200" in shown.stderr.decode()


def test_they_can_be_written_to_a_file(monitor, found, tmp_path):
    """A terminal is no place for a PDF."""
    _, document = found
    target = tmp_path / "page.html"
    done = monitor("evidence", document.id, "--output", str(target))

    assert done.returncode == 0
    assert hashlib.sha256(target.read_bytes()).hexdigest() == document.body_sha256


def test_an_agreements_bodies_are_listed(workspace, monitor, found):
    """Several announcements stand behind most agreements; each is named with its address and quotation."""
    finding, document = found
    with open_store(workspace / "state/monitor.db") as store:
        agreement = next(a for a in store.agreements() if finding.id in a.findings)
        change = next(c for c in store.changes() if c.agreement_id == agreement.id)
    by_agreement = json.loads(monitor("evidence", "list", agreement.id, "--json").stdout)
    by_change = json.loads(monitor("evidence", "list", change.id, "--json").stdout)

    assert {row["finding"] for row in by_agreement} == set(agreement.findings)
    assert by_agreement == by_change
    assert document.body_sha256 in {row["sha256"] for row in by_agreement}


@pytest.mark.parametrize("thing", ["f-nothing", "0" * 64, "d-", "../monitor.db"])
def test_what_does_not_exist_is_said(monitor, found, thing):
    """A mistyped id must not end in a traceback, nor lead out of the evidence."""
    done = monitor("evidence", thing)

    assert done.returncode == 2
    assert thing in done.stderr


def test_several_bodies_are_not_run_together(workspace, monitor, found, tmp_path):
    """One stream can hold one body; the message names each by its hash."""
    finding, document = found
    saved = tmp_path / "saved.html"
    saved.write_text(
        "<html lang=en><title>Canada and Ukraine sign agreement on security cooperation</title><main>"
        "<p>On 24 February 2024 in Kyiv, Canada and Ukraine signed an Agreement on Security Cooperation.</p>"
    )
    monitor("ingest", "--source", "example-wire", str(saved), *AT)
    with open_store(workspace / "state/monitor.db") as store:
        agreement = next(each for each in store.agreements() if finding.id in each.findings)
    done = monitor("evidence", agreement.id)

    assert done.returncode == 2
    assert "name one by its hash" in done.stderr
    assert document.body_sha256 in done.stderr


def test_the_export_is_a_warc_that_reads_back(workspace, monitor, found, tmp_path):
    """Every body behind every claim is in it, byte for byte."""
    path = tmp_path / "evidence.warc.gz"
    done = monitor("evidence", "export", str(path), "--cited", *AT)
    bodies = {
        hashlib.sha256(content).hexdigest() for kind, _, content in read_warc(path) if kind == "response"
    }
    with open_store(workspace / "state/monitor.db") as store:
        quoted = {d.body_sha256 for d in store.documents({f.document_id for f in store.findings()})}

    assert done.returncode == 0
    assert quoted <= bodies
    assert "read back and verified" in done.stdout


def test_a_body_that_is_lost_stops_the_export(workspace, monitor, found, tmp_path):
    """An archive with a hole in it must not look whole."""
    _, document = found
    sha256 = document.body_sha256
    (workspace / "state/evidence" / sha256[:2] / f"{sha256}.gz").unlink()
    path = tmp_path / "evidence.warc.gz"
    done = monitor("evidence", "export", str(path), *AT)

    assert done.returncode == 1
    assert "restore it from a backup" in done.stderr
    assert not path.exists()


def test_reading_again_finds_the_same(monitor, found):
    """The program that made the claims makes them again, from the stored bytes alone."""
    done = monitor("reread", "--json", *AT)
    told = json.loads(done.stdout)

    assert done.returncode == 0
    assert told["found_late"] == told["not_found"] == told["not_read"] == []
    assert told["technical"] == {"quotations": 0, "scores_or_reasons": 0, "texts": 0}
    assert told["same_findings"] > 0


def test_recording_needs_a_name(monitor, found):
    """It changes what is known; the audit says who asked for it."""
    assert monitor("reread", "--record").returncode == 2


@pytest.mark.slow
def test_letting_go_is_listed_first_and_logged(workspace, monitor, found):
    """Nothing goes unasked, nothing goes that a claim rests on, and what went can be looked up."""
    finding, _ = found
    unsaid = monitor("evidence", "dispose", *LATER)
    listed = json.loads(
        monitor("evidence", "dispose", "--older-than", "30", "--dry-run", "--json", *LATER).stdout
    )
    before = monitor("evidence", "disposals").stdout
    gone = json.loads(
        monitor("evidence", "dispose", "--older-than", "30", "--by", "A. Librarian", "--json", *LATER).stdout
    )
    log = json.loads(monitor("evidence", "disposals", "--json").stdout)

    assert unsaid.returncode == 2
    assert "retention.evidence_days" in unsaid.stderr
    assert listed == gone
    assert before.strip() == "nothing was let go"
    assert [row["sha256"] for row in log] == [row["sha256"] for row in gone]
    assert {row["by"] for row in log} <= {"A. Librarian"}
    assert _shown(workspace, finding.id).stdout
    assert json.loads(monitor("reread", "--json", *LATER).stdout)["not_read"] == []


def test_the_settings_say_how_long(workspace, monitor, found):
    """A schedule in the settings, not in somebody's head."""
    settings = workspace / "monitor.toml"
    settings.write_text(settings.read_text() + "\n[retention]\nevidence_days = 30\n")

    assert monitor("evidence", "dispose", *LATER).returncode == 0


def test_damage_is_found_before_it_is_needed(workspace, monitor, found):
    """A body that is gone is noticed when a claim is doubted, years later, unless somebody looks."""
    _, document = found
    whole = monitor("check")
    stored = workspace / "state/evidence" / document.body_sha256[:2] / f"{document.body_sha256}.gz"
    stored.unlink()
    damaged = monitor("check")

    assert (whole.returncode, whole.stdout) == (0, "the database and every stored body are whole\n")
    assert damaged.returncode == 1
    assert damaged.stdout == f"the body {document.body_sha256} is cited, but not stored\n"


def test_a_dry_run_says_that_it_was_one():
    """The two lists look alike; who lets go of bytes must know which it was."""
    rows = [{"bytes": 1_000}, {"bytes": 500}]
    would, did = (disposal_line(rows, dry_run=dry_run) for dry_run in (True, False))

    assert would == "would let go of 2 stored bodies of 1500 bytes unpacked; nothing was changed"
    assert did == "let go of 2 stored bodies of 1500 bytes unpacked"
