"""P4: files made to break PDF readers, by the monitor's own reader in its limited process."""

import time
from functools import partial

import pytest

from monitor.errors import ExtractError
from monitor.reading import preload, read
from monitor.workers import Limits, WorkerReader
from tests.reading.hostile_pdfs import HOSTILE
from tests.reading.jobs import make_item, make_job
from tests.reading.pdfs import make_pdf

pytestmark = pytest.mark.slow
URL = "https://mfa.example/a.pdf"
SOUND = make_pdf(["Ruritania and Borduria signed an agreement on defence."])


def _job(body):
    return make_job(body, url=URL, item=make_item(URL))


@pytest.fixture(scope="module")
def reader():
    """The reader of a run, with its parsers ready."""
    with WorkerReader(read, preload=partial(preload, ["pdf"])) as made:
        made.read(_job(SOUND))
        yield made


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_read_or_refused_and_harms_no_other(reader, make):
    """It ends within the limits, with words for a person, and the next file is read."""
    job, began = _job(make()), time.monotonic()
    try:
        said = reader.read(job).document.text
    except ExtractError as refusal:
        said = str(refusal)
    took = time.monotonic() - began

    assert took < Limits().wall_s / 2
    assert len(said) < 2_000_000
    assert "report this" not in said  # which would be a fault of ours
    assert "root:" not in said
    assert "agreement on defence" in reader.read(_job(SOUND)).document.text


def test_there_are_enough_tricks_to_speak_of():
    """One a line that the changelogs of PDF libraries are full of."""
    assert len(HOSTILE) >= 25
