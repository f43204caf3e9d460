"""What may go and what stays, over histories that nobody thought of, and the log of what went."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.model import Batch
from monitor.store import FileEvidence, check_evidence, disposable, dispose, open_store
from tests.store.samples import T0, document, exchange, finding, later, poll

NOW = later(days=400)
YEAR = timedelta(days=365)


@pytest.fixture
def place(tmp_path):
    """A store in a file, with its evidence."""
    with open_store(tmp_path / "monitor.db", create=True) as store:
        yield store, FileEvidence(tmp_path / "evidence")


def _poll(store, evidence, day, body, *, number=0, quoted=False, source="borduria-mfa", read=True):
    """A poll that brought a body, of which a document was read, which a finding may quote."""
    at = later(days=day, minutes=number)
    sha256 = evidence.put(body)
    came = replace(
        exchange(), source_id=source, slot=at, asked_at=at, body_sha256=sha256, body_bytes=len(body)
    )
    read_from = replace(
        document(), id=f"d-{source}-{day}-{number}", source_id=source, body_sha256=sha256, item_key="k"
    )
    quote = replace(finding(), id=f"f-{source}-{day}-{number}", document_id=read_from.id)
    store.save(
        Batch(
            at=at,
            poll=poll(at, source),
            exchanges=(came,),
            documents=(read_from,) if read or quoted else (),
            findings=(quote,) if quoted else (),
        )
    )
    return sha256


def _dispose(store, evidence, before=NOW - YEAR):
    going = disposable(store.database, before)
    dispose(store.database, evidence, going, by="A. Librarian", at=NOW)
    return {each.sha256 for each in going}


def test_old_bytes_go_and_what_rests_on_bytes_stays(place):
    """A year later the quotation can still be shown; the list of a dull day cannot, and need not."""
    store, evidence = place
    dull = _poll(store, evidence, 0, b"dull")
    quoted = _poll(store, evidence, 1, b"quoted", quoted=True)
    recent = _poll(store, evidence, 390, b"recent")

    assert _dispose(store, evidence) == {dull}
    assert set(evidence.hashes()) == {quoted, recent}
    assert check_evidence(store, evidence) == ()
    assert store.check() == ()


def test_what_a_source_showed_last_stays_however_old(place):
    """A site that has not changed for two years is compared with what it showed then."""
    store, evidence = place
    _poll(store, evidence, 0, b"first")
    last = _poll(store, evidence, 1, b"last")
    _dispose(store, evidence, NOW)

    assert set(evidence.hashes()) == {last}


def test_each_body_that_went_is_logged(place):
    """Who let what go, when: a question that a records officer asks years later."""
    store, evidence = place
    dull = _poll(store, evidence, 0, b"dull")
    _poll(store, evidence, 390, b"recent")
    _dispose(store, evidence)
    entry = store.audit(subject=dull)[0]

    assert (entry.actor, entry.action, entry.at) == ("A. Librarian", "disposed", NOW)
    assert "4 bytes" in entry.detail
    assert f"{T0:%Y-%m-%d}" in entry.detail


def test_texts_and_memory_stay(place):
    """What was read of it, and that it was seen, are not forgotten: nothing is announced twice (D6)."""
    store, evidence = place
    _poll(store, evidence, 0, b"dull")
    _poll(store, evidence, 390, b"recent")
    texts = {each.id: each.text for each in store.documents(["d-borduria-mfa-0-0"])}
    polls = store.polls("borduria-mfa")
    _dispose(store, evidence)
    (after,) = store.documents(["d-borduria-mfa-0-0"])

    assert {after.id: after.text} == texts
    assert (after.body_sha256, after.flags[-1]) == (None, "bytes-disposed")
    assert store.polls("borduria-mfa") == polls
    assert len(store.exchanges("borduria-mfa")) == 2


def test_a_file_that_nothing_cites_goes_too(place):
    """A run that was killed between storing a body and recording it leaves one."""
    store, evidence = place
    _poll(store, evidence, 390, b"recent")
    orphan = evidence.put(b"orphan")
    _dispose(store, evidence)

    assert orphan not in set(evidence.hashes())


def test_a_crash_between_log_and_file_is_made_good(place):
    """First the rows, then the files: what is left over is what nothing cites, and the next run takes it."""
    store, evidence = place
    dull = _poll(store, evidence, 0, b"dull")
    _poll(store, evidence, 390, b"recent")

    class Crashing(FileEvidence):
        def remove(self, sha256):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _dispose(store, Crashing(evidence._folder))
    assert dull in set(evidence.hashes())
    assert store.check() == ()
    _dispose(store, evidence)

    assert check_evidence(store, evidence) == ()
    assert len(store.audit(subject=dull)) == 1


HISTORY = st.lists(
    st.tuples(
        st.integers(0, 399),  # day
        st.sampled_from([b"a", b"b", b"c", b"d"]),  # the same bytes come again and again
        st.booleans(),  # quoted
        st.sampled_from(["borduria-mfa", "syldavia-mfa"]),
        st.booleans(),  # read
    ),
    max_size=12,
)


@pytest.mark.slow
@given(history=HISTORY, keep_days=st.integers(1, 399))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_history_loses_what_something_rests_on(tmp_path_factory, history, keep_days):
    """Whatever came when, and however often: quoted bytes stay, and nothing is cited that is gone (B7)."""
    folder = tmp_path_factory.mktemp("retention")
    with open_store(folder / "monitor.db", create=True) as store:
        evidence = FileEvidence(folder / "evidence")
        quoted, recent = set(), set()
        before = NOW - timedelta(days=keep_days)
        for number, (day, body, is_quoted, source, read) in enumerate(history):
            sha256 = _poll(
                store, evidence, day, body, number=number, quoted=is_quoted, source=source, read=read
            )
            quoted |= {sha256} if is_quoted else set()
            recent |= {sha256} if later(days=day, minutes=number) >= before else set()
        gone = _dispose(store, evidence, before)

        assert not gone & (quoted | recent)
        assert quoted | recent <= set(evidence.hashes())
        assert check_evidence(store, evidence) == ()
        assert store.check() == ()
