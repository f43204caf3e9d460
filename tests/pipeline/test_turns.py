"""Waiting for many hosts at once, while one source at a time is worked on."""

import threading

import pytest

from monitor.errors import StateError
from monitor.pipeline.turns import Turn, TurnsEndedError, in_turns


def _nothing():
    """What is done meanwhile where a test is about something else."""


def test_a_queue_is_worked_on_in_its_order():
    """What a host is asked, it is asked one after the other."""
    done = []
    in_turns([[1, 2, 3]], done.append, Turn(), at_once=8, meanwhile=_nothing)

    assert done == [1, 2, 3]


def test_one_queue_that_waits_holds_up_no_other():
    """A site that drips its answer must not delay what forty others have published."""
    turn, others_are_done = Turn(), threading.Event()
    done = []

    def work(entry):
        if entry == "slow":
            with turn.given_up():
                assert others_are_done.wait(20)
        done.append(entry)
        if len(done) == 5:
            others_are_done.set()

    in_turns([["slow"], *([number] for number in range(5))], work, turn, at_once=2, meanwhile=_nothing)

    assert done == [0, 1, 2, 3, 4, "slow"]


def test_as_many_hosts_as_may_are_waited_for_where_all_are_slow():
    """The run begins with few threads: forty slow sites must not take their time one after the other."""
    turn, all_wait = Turn(), threading.Barrier(12, timeout=20)

    def work(_entry):
        with turn.given_up():
            all_wait.wait()

    in_turns([[number] for number in range(12)], work, turn, at_once=12, meanwhile=_nothing)

    assert not all_wait.broken


def test_between_two_waits_nobody_else_is_at_work():
    """Two polls that look things up and record them by turns would overwrite each other."""
    turn, at_work, most = Turn(), [], []

    def work(entry):
        for _ in range(3):
            at_work.append(entry)
            most.append(len(at_work))
            at_work.remove(entry)
            with turn.given_up():
                pass

    in_turns([[number] for number in range(20)], work, turn, at_once=20, meanwhile=_nothing)

    assert max(most) == 1


def test_a_fault_ends_the_run_and_is_told():
    """A full disk: what was not begun is not begun any more."""
    begun = []

    def work(entry):
        begun.append(entry)
        if entry == 3:
            raise StateError("disk", "full")

    with pytest.raises(StateError, match="full"):
        in_turns([list(range(10))], work, Turn(), at_once=4, meanwhile=_nothing)

    assert begun == [0, 1, 2, 3]


def test_who_waits_while_the_run_ends_records_nothing():
    """A reply that comes after the end finds the store closed, and must not be worked on."""
    turn, waits, ended = Turn(), threading.Event(), threading.Event()
    went_on = []

    def wait():
        with turn.held():
            try:
                with turn.given_up():
                    waits.set()
                    assert ended.wait(20)
            except TurnsEndedError:
                return
            went_on.append(1)

    thread = threading.Thread(target=wait)
    thread.start()
    assert waits.wait(20)
    turn.end()
    ended.set()
    thread.join(20)

    assert went_on == []
    with pytest.raises(TurnsEndedError), turn.held():
        pass


def test_something_is_done_meanwhile():
    """Polls that wait to be recorded together must not wait for the slowest site."""
    turn, flushed = Turn(), threading.Event()

    def work(_):
        with turn.given_up():
            assert flushed.wait(20)

    in_turns([["slow"]], work, turn, at_once=2, meanwhile=flushed.set)

    assert flushed.is_set()


def test_an_interrupted_run_leaves_nobody_in_the_middle():
    """Ctrl-C while sites are waited for: what is being recorded is finished, nothing else begins."""
    turn, release = Turn(), threading.Event()
    begun = []

    def work(entry):
        begun.append(entry)
        with turn.given_up():
            assert release.wait(20)
        begun.append(f"{entry} again")

    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_turns([["a", "b"]], work, turn, at_once=2, meanwhile=interrupt)
    release.set()

    assert begun == ["a"]
