"""The process that waits outlives a bad tick, and does not pretend to be well."""

import threading

from monitor.scheduling.serve import serve


def test_a_tick_that_fails_once_does_not_end_the_process():
    """One bad source, template or recipient cannot stop the loop."""
    stop, calls = threading.Event(), []

    def tick():
        calls.append(len(calls))
        if len(calls) == 2:
            raise RuntimeError("a bad tick")
        if len(calls) == 4:
            stop.set()

    assert serve(tick, every_s=0.02, stop=stop) == 0
    assert len(calls) == 4


def test_a_process_that_always_fails_ends_with_an_error():
    """Whatever supervises it must see that it is unwell."""

    def tick():
        raise RuntimeError("the database is gone")

    assert serve(tick, every_s=0.01, stop=threading.Event()) == 1


def test_a_long_tick_is_not_started_twice():
    """Two cycles at once would send the same mails."""
    stop, running, most, done = threading.Event(), [], [], threading.Event()

    def tick():
        running.append(1)
        most.append(len(running))
        done.wait(0.05)
        running.pop()
        if len(most) == 3:
            stop.set()

    serve(tick, every_s=0.01, stop=stop)

    assert max(most) == 1
