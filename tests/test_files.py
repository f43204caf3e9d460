"""Whole writes, and YAML with line numbers and every fault at once."""

import errno
import hashlib
import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.errors import ConfigError, StateError
from monitor.files import (
    load_cached,
    load_made,
    load_words,
    load_yaml,
    make_directory,
    what_failed,
    write_atomically,
)

SAMPLE = """\
# what is polled
version: 1
sources:
  - id: borduria-mfa
    voice: NO
    verified: 2031-02-17
    expect: {max_drop: 0.3, min_items: 3}
    every: 12:30
    "enabled": false
  - id: "007"
    number: 007
    note: |
      two
      lines
    empty:
"""


@pytest.fixture
def yaml_file(tmp_path):
    """Write a YAML file; a test names only its content."""

    def write(content):
        path = tmp_path / "some.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def problems_of(path, load=load_yaml, **options):
    with pytest.raises(ConfigError) as caught:
        load(path, **options)
    return caught.value.problems


# --- writing


def test_a_written_file_is_private_whatever_the_umask(tmp_path):
    """State holds names and addresses; a lax umask must not publish it."""
    old = os.umask(0)
    try:
        write_atomically(tmp_path / "state", b"x")
    finally:
        os.umask(old)

    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o600


def test_a_strict_umask_does_not_hide_a_file_meant_to_be_read(tmp_path):
    """Reports go to a web server's folder; the mode asked for is the mode that is set."""
    old = os.umask(0o077)
    try:
        write_atomically(tmp_path / "report", b"x", mode=0o644)
    finally:
        os.umask(old)

    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == 0o644


def test_readers_see_the_old_file_or_the_new_one(tmp_path):
    """A digest that is read while it is written must not be half a digest (S7)."""
    path = tmp_path / "digest"
    bodies = {b"a" * 100_000, b"b" * 100_000}
    write_atomically(path, b"a" * 100_000)
    seen, done = set(), threading.Event()

    def read():
        while not done.is_set():
            seen.add(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(40):
        write_atomically(path, sorted(bodies)[number % 2])
    done.set()
    reader.join()

    assert seen <= bodies


WRITE_TOO_MUCH = """
import sys
from pathlib import Path
from monitor.errors import StateError
from monitor.files import write_atomically
try:
    write_atomically(Path(sys.argv[1]), b"x" * 100_000)
except StateError as error:
    sys.exit(str(error))
"""


def _allow_small_files_only():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


def test_a_write_that_does_not_fit_leaves_the_old_file_and_no_rubbish(tmp_path):
    """A full disk must not cost the last good state."""
    path = tmp_path / "state"
    path.write_bytes(b"old")

    run = subprocess.run(
        [sys.executable, "-c", WRITE_TOO_MUCH, str(path)],
        capture_output=True,
        text=True,
        preexec_fn=_allow_small_files_only,
        check=False,
    )

    assert run.returncode == 1
    assert str(path) in run.stderr
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["state"]


def test_a_missing_folder_is_named(tmp_path):
    """The user must learn which path to mend."""
    with pytest.raises(StateError, match="no such file or folder") as caught:
        write_atomically(tmp_path / "gone" / "state", b"x")

    assert caught.value.path == str(tmp_path / "gone" / "state")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(errno.ENOSPC, "disk is full", id="full"),
        pytest.param(errno.EACCES, "permission denied", id="denied"),
        pytest.param(errno.EROFS, "read-only", id="read-only"),
        pytest.param(errno.ELOOP, "the system says: too many links", id="anything-else"),
    ],
)
def test_a_failure_of_the_system_is_said_in_plain_words(number, words):
    """An errno helps nobody; what to do about it does."""
    assert words in what_failed(OSError(number, "too many links"))


def test_folders_are_private_and_made_with_their_parents(tmp_path):
    """The evidence folder holds pages that must not leave the server."""
    old = os.umask(0)
    try:
        make_directory(tmp_path / "a" / "b")
        make_directory(tmp_path / "a" / "b")
    finally:
        os.umask(old)

    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a", tmp_path / "a/b")] == [0o700] * 2


def test_a_file_in_the_way_of_a_folder_is_said(tmp_path):
    """Nothing of the user's is ever removed to make room."""
    (tmp_path / "a").write_text("mine")

    with pytest.raises(StateError, match="a file stands where a folder is needed"):
        make_directory(tmp_path / "a")
    assert (tmp_path / "a").read_text() == "mine"


# --- YAML


def test_plain_text_means_what_yaml_1_2_says(yaml_file):
    """Norway must not become False, a time no number, an id no octal."""
    first, second = load_yaml(yaml_file(SAMPLE)).data["sources"]

    assert first == {
        "id": "borduria-mfa",
        "voice": "NO",
        "verified": date(2031, 2, 17),
        "expect": {"max_drop": 0.3, "min_items": 3},
        "every": "12:30",
        "enabled": False,
    }
    assert second == {"id": "007", "number": "007", "note": "two\nlines\n", "empty": None}


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        pytest.param((), 1, id="file"),
        pytest.param(("version",), 2, id="top-key"),
        pytest.param(("sources",), 3, id="list"),
        pytest.param(("sources", 1), 10, id="entry"),
        pytest.param(("sources", 0, "expect", "min_items"), 7, id="inside-flow"),
        pytest.param(("sources", 1, "note"), 12, id="block-text"),
        pytest.param(("sources", 2), None, id="no-such-entry"),
        pytest.param(("sources", 0, "id", "deeper"), None, id="below-a-scalar"),
        pytest.param(("nothing",), None, id="no-such-key"),
    ],
)
def test_every_entry_knows_its_line(yaml_file, keys, line):
    """A fault in 10,000 lines is found by its number."""
    assert load_yaml(yaml_file(SAMPLE)).line_of(*keys) == line


@pytest.mark.parametrize(
    ("content", "line", "where", "words"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", 3, "", "`a` stands here twice (first on line 1)", id="duplicate"),
        pytest.param(
            "s:\n- x: 1\n- {id: 1, id: 2}\n", 3, "s[1]", "`id` stands here twice", id="duplicate-in-flow"
        ),
        pytest.param("a: &x 1\nb: 2\n", 1, "", "anchor &x", id="anchor"),
        pytest.param("a: 1\nb: *x\n", 2, "", "alias *x", id="alias"),
        pytest.param("a: 1\nb: !!python/object:os.system x\n", 2, "", "tag", id="tag"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "", "second document", id="two-documents"),
        pytest.param("- a\n- b\n", 1, "", "not a list", id="list-on-top"),
        pytest.param("just words\n", 1, "", "not a single value", id="scalar-on-top"),
        pytest.param("", 1, "", "empty", id="empty"),
        pytest.param("# only words\n", 1, "", "empty", id="only-a-comment"),
        pytest.param("a: 1\n? [b, c]\n: 2\n", 2, "", "a key must be plain text", id="list-as-key"),
        pytest.param("a: 1\nb:\n\tc: 2\n", 3, "", "with spaces, not with tabs", id="tab"),
        pytest.param("a: 1\nb: 'x\n", 3, "", "not YAML", id="open-quote"),
        pytest.param("a: [1, 2\nb: 3\n", 2, "a", "begins on line 1", id="open-bracket"),
        pytest.param("a: 1\nsince: 2031-02-30\n", 2, "", "no such day: 2031-02-30", id="no-such-day"),
        pytest.param(b"a: 1\nb: \xcf\xf0\xe8\n", 2, "", "not UTF-8", id="windows-1251"),
        pytest.param("a: 1\nb: \x07\n", 2, "", "a control character", id="control-character"),
        pytest.param("a: " + "[" * 60 + "]" * 60, 1, "a" + "[0]" * 38, "nested more than 40", id="deep"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_its_line(yaml_file, content, line, where, words):
    """A key that stands twice would win or lose by chance; an alias bomb would fill the memory (P13)."""
    path = yaml_file(content)
    (problem,) = problems_of(path)

    assert (problem.file, problem.line, problem.where) == (str(path), line, where)
    assert words in problem.message


def test_all_faults_are_listed_in_one_go(yaml_file):
    """Mending one fault a run wastes a morning."""
    found = problems_of(yaml_file("a: 1\na: 2\nb: &x 3\nc: *x\nd: !tag 4\ne: 2031-13-01\nf: [\n"))

    assert [problem.line for problem in found] == [2, 3, 4, 5, 6, 8]


def test_a_byte_order_mark_is_no_fault(yaml_file):
    """Editors on Windows write one."""
    assert load_yaml(yaml_file(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")).data == {"a": 1, "b": 2}


@pytest.mark.parametrize("load", [load_yaml, lambda path, **o: load_cached(path, path.parent / "c", **o)])
def test_an_oversized_file_is_refused(yaml_file, load):
    """A file of gigabytes must not be read into memory to find out."""
    (problem,) = problems_of(yaml_file("a: 1\n" * 10), load, max_bytes=20)

    assert "larger than 20 bytes" in problem.message


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda path: None, "no such file", id="missing"),
        pytest.param(lambda path: path.mkdir(), "a folder stands where a file is needed", id="folder"),
    ],
)
def test_a_file_that_is_not_there_is_a_fault_of_the_configuration(tmp_path, make, words):
    """The user named it; the message must name it back."""
    path = tmp_path / "x.yaml"
    make(path)
    (problem,) = problems_of(path)

    assert problem.file == str(path)
    assert words in problem.message


@pytest.mark.timeout(20)
def test_a_bomb_of_brackets_is_refused_at_once(yaml_file):
    """Nesting must not buy an attacker time or stack."""
    (problem,) = problems_of(yaml_file("[" * 1_500_000))

    assert "not a list" in problem.message


# --- files of word lists

LINES = """a|b: x|  b: x, y*|  c: >-|    text, more|    # no|   odd|e: >-|  text: here|# c|  # c|  |f:
g: 'q'|h: 12
i: null|j: a: b|k: a #c|l: *x|m: x:|  n:|    o: p|- x|p q: r|---|  text
q: x |s: ~3|u: a, c<3|v: No|"NO": x|"-": x
ll: 2024-01-01|NO: >-|  "NO": >-|dd: x\\y|y: -x|z: ^Us|\tx: y"""


@given(st.lists(st.sampled_from(re.split(r"[|\n]", LINES)), max_size=6), st.sampled_from(["", "\n", "\n\n"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_word_lists_are_read_as_any_yaml(tmp_path, lines, end):
    """A quicker way must not mean something else; what it does not understand is left to YAML."""
    path = tmp_path / "words.yaml"
    path.write_text("\n".join(lines) + end)

    assert _said_by(load_words, path) == _said_by(lambda given: load_yaml(given).data, path)


def _said_by(load, path):
    try:
        return load(path)
    except ConfigError as error:
        return error.problems


@pytest.mark.slow
@pytest.mark.parametrize("room", ["detection/lexicon", "language/names"])
def test_every_shipped_word_list_is_read_as_any_yaml(room):
    """A pattern that is lost is an agreement that is missed."""
    import monitor

    for path in (Path(monitor.__file__).parent / room).glob("*.yaml"):
        assert load_words(path) == load_yaml(path).data


# --- the cache


def load_twice(path, cache):
    return load_cached(path, cache), load_cached(path, cache)


def test_a_cached_file_says_the_same(yaml_file, tmp_path):
    """Dates, lines and odd keys included: nobody may notice the cache."""
    path = yaml_file(SAMPLE + "odd: {day: 2031-01-01, deep: [[2031-01-02]]}\n")
    first, second = load_twice(path, tmp_path / "cache")

    assert first == second == load_yaml(path)
    assert second.lines == load_yaml(path).lines
    assert second.line_of("sources", 1, "note") == 12


def test_the_second_reading_does_not_parse(yaml_file, tmp_path):
    """10,000 sources take seconds as YAML; a poll every few minutes cannot pay that."""
    path = yaml_file(SAMPLE)
    load_cached(path, tmp_path / "cache")
    (cached,) = (tmp_path / "cache").iterdir()
    payload = cached.read_bytes().partition(b"\n")[2].replace(b"borduria", b"ruritania")
    cached.write_bytes(hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload)

    assert load_cached(path, tmp_path / "cache").data["sources"][0]["id"] == "ruritania-mfa"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda raw: b"", id="empty"),
        pytest.param(lambda raw: raw[: len(raw) // 2], id="cut"),
        pytest.param(lambda raw: raw.replace(b"borduria", b"ruritani"), id="other-words"),
        pytest.param(lambda raw: b"\x00" * len(raw), id="zeros"),
    ],
)
def test_a_damaged_cache_is_rebuilt(yaml_file, tmp_path, damage):
    """A cache may cost time, never an answer."""
    path, cache = yaml_file(SAMPLE), tmp_path / "cache"
    right = load_cached(path, cache)
    (cached,) = cache.iterdir()
    whole = cached.read_bytes()
    cached.write_bytes(damage(whole))

    assert load_cached(path, cache) == right
    assert cached.read_bytes() == whole


def test_an_edited_file_is_read_anew_and_its_old_state_forgotten(yaml_file, tmp_path):
    """An edit must count at once, and years of edits must not pile up."""
    load_cached(yaml_file("a: 1\n"), tmp_path / "cache")
    edited = load_cached(yaml_file("a: 2\n"), tmp_path / "cache")

    assert edited.data == {"a": 2}
    assert len(os.listdir(tmp_path / "cache")) == 1


def test_what_was_made_of_a_file_is_made_once(yaml_file, tmp_path):
    """Checking 10,000 entries takes seconds; the same bytes by the same rules give the same."""
    path, asked = yaml_file("a: 1\nday: 2031-01-01\n"), []

    def make(file):
        asked.append(file.data)
        return {"made": file.data["a"], "day": file.data["day"]}

    made = [load_made(path, tmp_path / "cache", make, rules=rules) for rules in ("old", "old", "new", "new")]

    assert made == [{"made": 1, "day": date(2031, 1, 1)}] * 4
    assert len(asked) == 2


def test_what_cannot_be_made_is_not_kept(yaml_file, tmp_path):
    """A fault is said at each start until the file is mended, and then no more."""

    def refuse(file):
        raise ConfigError([])

    for _ in range(2):
        with pytest.raises(ConfigError):
            load_made(yaml_file("a: 1\n"), tmp_path / "cache", refuse, rules="")

    assert load_made(yaml_file("a: 1\n"), tmp_path / "cache", lambda file: file.data, rules="") == {"a": 1}


def test_a_cache_that_cannot_be_written_is_done_without(yaml_file, tmp_path):
    """A read-only workspace can still be looked at."""
    (tmp_path / "cache").write_text("a file in the way")

    assert load_cached(yaml_file("a: 1\n"), tmp_path / "cache").data == {"a": 1}


def test_a_faulty_file_is_not_cached(yaml_file, tmp_path):
    """Its faults are told each time."""
    path = yaml_file("a: 1\na: 2\n")
    for _ in range(2):
        assert len(problems_of(path, lambda p: load_cached(p, tmp_path / "cache"))) == 1


def test_reading_the_cache_does_not_load_the_parser(yaml_file, tmp_path):
    """It costs a third of the start of a command."""
    path = yaml_file(SAMPLE)
    load_cached(path, tmp_path / "cache")
    code = (
        "import sys; from pathlib import Path; from monitor.files import load_cached;"
        "load_cached(Path(sys.argv[1]), Path(sys.argv[2])); sys.exit('ruamel.yaml' in sys.modules)"
    )

    run = subprocess.run([sys.executable, "-c", code, str(path), str(tmp_path / "cache")], check=False)

    assert run.returncode == 0


# --- under faults of the system

WRITE = """
import sys
from pathlib import Path
from monitor.errors import StateError
from monitor.files import write_atomically
try:
    write_atomically(Path(sys.argv[1]), b"new")
except StateError as error:
    sys.exit(str(error))
"""


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace, which injects the fault, is not installed"
)
@pytest.mark.parametrize(
    ("fault", "left"),
    [
        pytest.param("write:error=ENOSPC:when=1", b"old", id="no-space"),
        pytest.param("fsync:error=EIO:when=1", b"old", id="file-not-synced"),
        pytest.param("rename:error=EACCES:when=1", b"old", id="not-renamed"),
        pytest.param("fsync:error=EIO:when=2", b"new", id="folder-not-synced"),
    ],
)
def test_a_write_that_the_system_fails_is_never_taken_for_done(tmp_path, fault, left):
    """After a failed fsync the pages may be gone: to go on would be to lie (S4)."""
    path = tmp_path / "state"
    path.write_bytes(b"old")
    trace = ["strace", "-f", "-o", "/dev/null", "-e", f"inject={fault}"]

    command = [*trace, sys.executable, "-B", "-c", WRITE, str(path)]  # -B: no other file is written
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    if "ptrace" in run.stderr and "not permitted" in run.stderr:
        pytest.skip("tracing is not allowed here")
    assert run.returncode == 1
    assert run.stderr.startswith(f"{path}: ")
    assert path.read_bytes() == left
    assert os.listdir(tmp_path) == ["state"]
