"""What goes wrong is one clear message and the right exit code, and nothing is lost."""

import json
import os

import pytest

from monitor.cli.common import print_rows

AT = ("--at", "2024-02-25T18:00")


def _is_clear(finished, code, *words):
    """One message on standard error, with these words, and no traceback."""
    assert "Traceback" not in finished.stdout + finished.stderr
    assert finished.returncode == code, finished.stderr
    assert [word for word in words if word not in finished.stderr + finished.stdout] == []


def test_a_misspelt_key_names_its_line_and_the_nearest(workspace, monitor):
    """The person who edits the file must see where, what, and what to write instead."""
    path = workspace / "sources.yaml"
    path.write_text(
        path.read_text().replace("publisher: Government of Canada", "publishr: Government of Canada")
    )

    _is_clear(monitor("run", *AT), 2, "sources.yaml:", "ca-newsroom", "publishr", "publisher")


def test_a_misspelt_setting_is_refused(workspace, monitor):
    """A key that is ignored is a setting that silently does not hold."""
    (workspace / "monitor.toml").write_text('instanse = "x"\n')

    _is_clear(monitor("status"), 2, "monitor.toml", "instanse", "instance")


def test_no_workspace_says_how_to_make_one(workspace, monitor):
    """The first thing a new user does wrong."""
    (workspace / "sources.yaml").unlink()

    _is_clear(monitor("run"), 2, "no sources.yaml here", "monitor init")


def test_no_network_fails_every_source_and_loses_nothing(workspace, monitor, polled):
    """A cable is pulled: what was known stays, every source says why, the exit code tells cron."""
    before = json.loads(monitor("changes", "list", "--json").stdout)
    path = workspace / "sources.yaml"
    path.write_text(path.read_text().replace("127.0.1.", "127.0.99.").replace("every: ", "every: 1m #"))

    _is_clear(monitor("run", "--at", "2024-02-26T18:00", "--all"), 3, "FAILED", "ca-newsroom")
    assert json.loads(monitor("changes", "list", "--json").stdout) == before


def test_a_corrupt_database_is_refused_and_left_alone(workspace, monitor, polled):
    """Never start empty: a month of decisions may be in there."""
    path = workspace / "state/monitor.db"
    damaged = b"\0" * 4096 + path.read_bytes()[4096:]
    path.write_bytes(damaged)

    _is_clear(monitor("run", *AT), 1, "monitor.db")
    assert path.read_bytes() == damaged


def test_a_lost_database_is_not_begun_anew(workspace, monitor, polled):
    """Evidence without a database means that somebody moved it, not that it is the first day."""
    for path in (workspace / "state").glob("monitor.db*"):
        path.unlink()

    _is_clear(monitor("run", *AT), 1, "monitor.db")
    assert not (workspace / "state/monitor.db").exists()


@pytest.mark.slow
def test_a_briefing_that_does_not_parse_stops_alone(workspace, monitor):
    """The others go on, the fault is said with its line, and the exit code tells."""
    path = workspace / "state/briefings/cbp-9837/briefing.yaml"
    other = workspace / "state/briefings/another"
    other.mkdir()
    (other / "briefing.yaml").write_text(path.read_text().replace("as_of:", "as_off:", 1))

    finished = monitor("run", *AT)

    _is_clear(finished, 3, "another/briefing.yaml", "as_off")
    assert "SIGNED" in finished.stdout


def test_an_unwritable_state_is_said_before_any_source_is_asked(workspace, monitor, web):
    """A wrong owner or a full disk: say it at once."""
    (workspace / "state/evidence").write_text("a file where a folder must be")
    asked = len(web.requests)

    finished = monitor("run", *AT)

    _is_clear(finished, 1, "evidence")
    assert len([path for _, path, _ in web.requests[asked:] if path != "/robots.txt"]) <= 1


def test_a_path_that_the_system_refuses_is_no_riddle(monitor, workspace, polled):
    """Whatever part of the program meets it: the path, and what the system says of it."""
    (workspace / "state/briefings").rename(workspace / "away")
    (workspace / "state/briefings").symlink_to("x" * 300)

    finished = monitor("status")

    _is_clear(finished, 1, "error: ", "briefings: the system says: File name too long")
    assert "unexpected" not in finished.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_not_called_damage(workspace, monitor, polled):
    """Who restores a backup over a sound database loses a week."""
    state = workspace / "state"
    state.chmod(0o500)
    try:
        finished = monitor("status")
    finally:
        state.chmod(0o700)

    _is_clear(finished, 1, "monitor.db", "give the user that runs the monitor the right")
    assert "damaged" not in finished.stderr


@pytest.mark.slow
def test_a_workspace_without_a_briefing_says_so(workspace, monitor, polled):
    """A folder that a merge took away must not look like a week without news."""
    (workspace / "state/briefings").rename(workspace / "away")

    for command in (("status",), ("run", "--at", "2024-02-26T18:00")):
        assert "state/briefings holds no briefing" in monitor(*command).stdout


def test_a_second_run_exits_with_its_own_code(workspace, monitor):
    """Two cycles at once would ask every site twice and mail twice."""
    from datetime import UTC, datetime

    from monitor.store import RunLock

    with RunLock(workspace / "state/run.lock", datetime(2024, 2, 25, tzinfo=UTC)):
        finished = monitor("run", *AT)

    _is_clear(finished, 5, "another run holds the lock")


@pytest.mark.parametrize("command", [("changes", "show", "c-none"), ("agreements", "show", "none")])
def test_an_unknown_id_says_where_ids_are_listed(monitor, command, polled):
    """Ids are copied by hand; a wrong one must not look like an empty answer."""

    _is_clear(monitor(*command), 2, command[-1], "list")


def test_the_time_cannot_be_pretended_in_a_real_workspace(workspace, monitor):
    """A digest dated by a slip of the keyboard would be a false one."""
    (workspace / "monitor.toml").write_text("[network]\nallow_loopback = true\n")

    _is_clear(monitor("run", *AT), 2, "simulated_time")


@pytest.mark.slow
def test_a_digest_that_cannot_be_written_is_said_and_kept(workspace, monitor):
    """A workspace's own template is broken: the exit code tells, and the next run tells the changes."""
    templates = workspace / "templates"
    templates.mkdir()
    (templates / "digest.md.j2").write_text("{{ digest.no_such_thing.at_all }}")
    broken = monitor("run", *AT)
    (templates / "digest.md.j2").unlink()
    mended = monitor("run", "--at", "2024-02-25T18:30")

    assert broken.returncode in (2, 4), broken.stderr
    assert "digest" in broken.stdout + broken.stderr
    assert "Canada" in mended.stdout


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("coverage",),
        ("changes", "list"),
        ("review", "list"),
        ("agreements", "list"),
        ("sources", "list"),
        ("briefing", "statements"),
    ],
    ids=" ".join,
)
def test_everything_works_in_a_workspace_of_a_minute_ago(tmp_path, capsys, command):
    """`init`, then any command: nothing is known yet, and that is no fault. The path is a hard one."""
    from monitor.cli import main

    root = tmp_path / "Їжак und Söhne"
    with pytest.raises(SystemExit) as made:
        main(["init", str(root)])
    with pytest.raises(SystemExit) as ended:
        main([*command, "--workspace", str(root)])

    assert not made.value.code
    assert not ended.value.code, capsys.readouterr().err
    assert f"--workspace '{root}'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("party_a,party_b\n".encode("utf-16"), ("known.csv", "UTF-8"), id="utf-16"),
        pytest.param(
            b"party_a,party_b,title,kind,evidence\nUA,CA," + b"t" * 200_000 + b",security,x\n",
            ("known.csv:2", "CSV", "131072"),
            id="endless-cell",
        ),
        pytest.param(
            b"party_a,party_b,title,kind,evidence\nUA,UK,A title,security,x\n",
            ("known.csv:2", "did you mean `GB`"),
            id="not-a-code",
        ),
    ],
)
def test_a_file_that_cannot_be_imported_says_what_to_do(monitor, tmp_path, content, words):
    """Spreadsheets write many things; nothing of a faulty file is recorded."""
    file = tmp_path / "known.csv"
    file.write_bytes(content)

    _is_clear(monitor("agreements", "import", str(file), "--by", "A. Librarian", *AT), 2, *words)


def test_a_slip_in_what_a_person_enters_is_pointed_out(monitor):
    """A year mistyped, or a series that no briefing has, would be told as it stands."""
    entered = ("agreements", "add", "--title", "A title", "--evidence", "x", "--by", "A. Librarian")
    late = monitor(*entered, "--parties", "UA,CA", "--signed", "2042-02-24", "--series", "vilnus-2023", *AT)

    assert late.returncode == 0
    assert "24 February 2042 has not come yet" in late.stdout
    assert "no briefing follows a series 'vilnus-2023'" in late.stdout
    _is_clear(monitor(*entered, "--parties", "UA", "--signed", "2024-02-24", *AT), 2, "--parties", "UA,CA")


def test_a_date_that_is_none_is_no_riddle(monitor, polled):
    """Typed by hand."""

    _is_clear(monitor("agreements", "list", "--since", "2024-13"), 2, "--since")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b'{"id": "a"}\n' + '{"id": "b"}\n'.encode("utf-16"), (":2", "UTF-8"), id="utf-16"),
        pytest.param(b'{"id": "a"}\n{"id": "\xff"}\n', (":2", "UTF-8"), id="latin-1"),
        pytest.param(b'[1]\n{"id": "a"}\n', (":1", "one JSON object"), id="a-list"),
        pytest.param(b'{"id": "a"}\n' + b"[" * 100_000, (":2", "no JSON"), id="nested-without-end"),
    ],
)
def test_what_detect_cannot_read_names_its_line_and_loses_no_other(tmp_path, capsys, content, words):
    """One faulty line of a thousand must neither pass unnoticed nor cost the rest."""
    from monitor.cli import main

    (tmp_path / "in.jsonl").write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        main(["detect", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl")])

    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert [word for word in words if word not in said] == []
    assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == ["a"]


def test_detect_reads_what_windows_writes(tmp_path, capsys):
    """A mark at the start, line ends of its own, a blank line at the end."""
    from monitor.cli import main

    (tmp_path / "in.jsonl").write_bytes(b'\xef\xbb\xbf{"id": "a", "title": "T", "text": "x"}\r\n\r\n')
    with pytest.raises(SystemExit) as ended:
        main(["detect", str(tmp_path / "in.jsonl")])

    assert not ended.value.code
    assert json.loads(capsys.readouterr().out)["id"] == "a"


def test_nothing_new_is_not_said_where_nothing_was_read(workspace, monitor):
    """Without a network the digest must not read like a quiet day."""
    path = workspace / "sources.yaml"
    path.write_text(path.read_text().replace("127.0.1.", "127.0.99."))

    finished = monitor("run", *AT)

    assert "nothing new" not in finished.stdout
    assert "nothing could be checked" in finished.stdout


def test_a_table_fits_a_screen(capsys):
    """What a cell lists stands one below the other; a title of three lines hides no column behind it."""
    row = {
        "id": "c-" + "0" * 95,
        "seen": ["one site", "another"],
        "title": "pact of " * 20,
        "word": "x " * 99,
    }
    print_rows([row], as_json=False)
    first, second = capsys.readouterr().out.splitlines()[1:]

    assert first.startswith(f"{row['id']}  one site  pact of pact")
    assert "…  x x" in first
    assert len(first) <= len(row["id"]) + len("  one site  ") + 90 + len("  ") + 2 * 99
    assert second.split() == ["another"]


@pytest.mark.parametrize("every", ["0", "-5", "nan"])
def test_a_wait_that_is_none_is_refused(monitor, every):
    """A process that never waits asks every site as fast as it can."""
    assert monitor("serve", "--every", every).returncode == 2


def test_a_briefing_that_nobody_knows_is_said(monitor, polled):
    """A misspelt name must not look like a briefing without changes."""
    finished = monitor("changes", "list", "--briefing", "cbp-9873")

    assert (finished.returncode, "known are: cbp-9837" in finished.stderr) == (2, True)
