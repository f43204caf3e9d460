"""P1: whatever a body does to its reader, it costs that body alone, and the next one is read."""

import contextlib
import os
import signal

import pytest

from monitor.errors import ExtractError
from monitor.workers import InlineReader, Limits, WorkerReader
from tests.workers.readers import behave, broken_preload, document, items, job

LIMITS = Limits(cpu_s=1, memory_bytes=160 * 1024 * 1024, wall_s=20, start_s=30)


@pytest.fixture(scope="module")
def reader():
    """One child for all tests of this module: each leaves it able to read on."""
    with WorkerReader(behave, LIMITS) as shared:
        yield shared


def read(reader, body, **fields):
    return reader.read(job(body, **fields))


def refusal(reader, body, **fields):
    with pytest.raises(ExtractError) as error:
        read(reader, body, **fields)
    return str(error.value)


DEATHS = [
    pytest.param(b"loop", "mfa: parse refused: took more than 1 s of CPU", id="endless-loop"),
    pytest.param(b"hog", "mfa: parse refused: needed more than 160 MB of memory", id="memory-hog"),
    pytest.param(b"segfault", "mfa: parse refused: the parser crashed (Segmentation fault)", id="crash"),
    pytest.param(b"abort", "mfa: parse refused: the parser gave up, most likely at its limit", id="abort"),
    pytest.param(b"killed", "mfa: parse refused: the reading process was killed", id="killed"),
    pytest.param(b"exit 3", "mfa: parse refused: the parser ended its process (code 3)", id="exit"),
    pytest.param(b"exit 0", "mfa: parse refused: the parser ended its process (code 0)", id="quiet-exit"),
    pytest.param(b"deep", "mfa: could not be read (RecursionError: ", id="endless-recursion"),
    pytest.param(b"fail x", "mfa: could not be read (KeyError: 'x')", id="fault-of-ours"),
    pytest.param(
        b"evil", "mfa: parse refused: the reading process gave back something else", id="taken-over"
    ),
    pytest.param(
        b"wrong", "mfa: parse refused: the reading process gave back something else", id="wrong-type"
    ),
]


@pytest.mark.parametrize(("body", "words"), DEATHS)
def test_a_body_that_breaks_a_limit_is_refused_and_the_next_one_read(reader, body, words):
    """One hostile page among a thousand sources must not cost the other 999."""
    assert refusal(reader, body).startswith(words)
    assert read(reader, b"echo next") == items("next")


def test_a_reader_that_waits_is_ended_by_the_wall_clock():
    """Waiting takes no CPU, so that limit never ends it."""
    with WorkerReader(behave, Limits(wall_s=0.5)) as reader:
        assert refusal(reader, b"wait") == "mfa: parse refused: took more than 0.5 seconds"
        assert read(reader, b"echo next") == items("next")


def test_a_refusal_by_the_reader_comes_through_whole(reader):
    """What the reader says is for the digest; permanence decides on retrying."""
    with pytest.raises(ExtractError, match="mfa: no rows under 'items'") as error:
        read(reader, b"refuse no rows under 'items'")

    assert error.value.permanent


@pytest.mark.parametrize("size", [0, 1, 65_536, 1_000_000])
def test_bodies_and_answers_of_any_size_pass(reader, size):
    """Pipes hold 64 KB; beyond that both ends must write and read by turns."""
    assert read(reader, b"size " + b"a" * size) == items(str(size))
    assert len(read(reader, b"large %d" % (size // 100)).items) == size // 100


def test_values_come_back_equal(reader):
    """Dates, enums and slots cross the process boundary."""
    given = read(reader, b"dated").items[0]

    assert given.published.words == "1 February 2031"
    assert given == InlineReader(behave).read(job(b"dated")).items[0]


def test_what_a_parser_prints_is_no_message(reader):
    """A library that prints must not be taken for an answer."""
    assert read(reader, b"print " + b"x" * 100_000) == items("printed")


def test_the_environment_of_a_parser_holds_no_secret(reader, monkeypatch):
    """Passwords of the mail server stand in the environment."""
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "s3cret")
    with WorkerReader(behave) as fresh:
        names = {item.title for item in read(fresh, b"environment").items}

    assert "PATH" in names
    assert "MONITOR_SMTP_PASSWORD" not in names


def pid_of(reader, body=b"pid"):
    return int(read(reader, body).items[0].title)


def test_one_worker_reads_many_bodies(reader):
    """A process a body would cost more than the reading."""
    assert pid_of(reader) == pid_of(reader)


def test_a_worker_is_replaced_after_so_many_bodies():
    """What parsers leak is given back with the process."""
    with WorkerReader(behave, Limits(bodies=2)) as reader:
        pids = [pid_of(reader) for _ in range(6)]

    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("body", "replaced"),
    [
        pytest.param(b"%PDF-1.7 " + b"a" * 100, False, id="small-pdf"),
        pytest.param(b"%PDF-1.7 " + b"a" * 1_000_000, True, id="large-pdf", marks=pytest.mark.slow),
        pytest.param(b"%PDF-1.6 broken", True, id="failed-pdf"),
        pytest.param(b"refuse not a PDF", False, id="failed-page"),
    ],
)
def test_a_worker_is_replaced_after_a_pdf_that_may_have_harmed_it(reader, body, replaced):
    """The PDF library is native code that keeps memory, and a broken PDF may break it."""
    before = pid_of(reader)
    with contextlib.suppress(ExtractError):
        read(reader, body)

    assert (pid_of(reader) != before) == replaced


HTML = b"<!doctype html><html>" + b"a" * 100


@pytest.mark.parametrize(
    ("body", "content_type", "refused"),
    [
        pytest.param(HTML, "text/html; charset=utf-8", True, id="html"),
        pytest.param(b"\xef\xbb\xbf\n <HTML>" + b"a" * 100, "", True, id="html-by-its-looks"),
        pytest.param(b"echo " + b"a" * 100, "application/xhtml+xml", True, id="xhtml-by-its-type"),
        pytest.param(b"echo " + b"a" * 100, "text/plain", False, id="text"),
        pytest.param(
            b'echo <?xml version="1.0"?><rss>' + b"a" * 100, "application/rss+xml", False, id="feed"
        ),
        pytest.param(b"echo %PDF-1.7" + b"a" * 100, "text/html", False, id="pdf-said-to-be-html"),
        pytest.param(HTML[:60], "text/html", False, id="short-html"),
    ],
)
def test_html_that_is_too_large_is_refused_unread(body, content_type, refused):
    """Five megabytes of HTML take eleven seconds to parse, and no news page is that long."""
    words = refusal(InlineReader(document, Limits(html_bytes=60)), body, content_type=content_type)

    expected = (
        f"the page has {len(body)} bytes and HTML is read up to 60" if refused else "document was called"
    )
    assert expected in words


def test_html_that_is_too_large_starts_no_child():
    """It is refused before anything is paid for it."""
    reader = WorkerReader(document, Limits(html_bytes=60))

    assert "parse refused" in refusal(reader, HTML, content_type="text/html")
    assert reader._places[0]._process is None


def test_a_child_that_cannot_start_says_why():
    """A library that is missing must not look like a hundred broken sources."""
    with WorkerReader(behave, LIMITS, preload=broken_preload) as reader:
        words = refusal(reader, b"echo x")

    assert (
        words
        == "mfa: could not be read: the reading process cannot start: ImportError: no module named parser"
    )


def test_a_child_that_was_killed_is_started_again(reader):
    """The kernel kills what it likes when memory runs out."""
    read(reader, b"echo x")
    os.kill(reader._places[0]._process._keeper.pid, signal.SIGKILL)
    reader._places[0]._process._keeper.wait()

    assert read(reader, b"echo next") == items("next")


def test_a_worker_that_died_idle_costs_no_body(reader):
    """Nobody's body was being read, so nobody's is refused."""
    os.kill(pid_of(reader), signal.SIGKILL)
    reader._places[0]._process._selector.select(5)

    assert read(reader, b"echo next") == items("next")


def test_a_closed_reader_can_be_used_again():
    """Closing ends the child, not the reader."""
    reader = WorkerReader(behave)
    first = pid_of(reader)
    reader.close()
    second = pid_of(reader)
    reader.close()

    assert first != second


def test_the_inline_reader_gives_the_same_words():
    """Tests that read inline must see what a run would see."""
    reader = InlineReader(behave)

    assert read(reader, b"echo x") == items("x")
    assert refusal(reader, b"fail x").startswith("mfa: could not be read (KeyError: 'x')")
    assert refusal(reader, b"refuse shape") == "mfa: shape"
