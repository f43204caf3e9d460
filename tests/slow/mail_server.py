"""A mail server that records what it takes in, and that can end its client's process at any step."""

import os
import signal
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.publishing import Security, SmtpChannel, SmtpSettings, deliver_due
from monitor.store import open_store
from tests.fakes import FixedClock


class Step(StrEnum):
    """Where in the talk of client and server the client dies."""

    CONNECT = "connected, before the greeting"
    EHLO = "EHLO"
    MAIL = "MAIL FROM"
    RCPT = "RCPT TO"
    DATA = "DATA"
    BODY = "within the message"
    DOT = "after the final dot, before 250; the server takes the message all the same"
    ACCEPTED = "250 sent, not read"
    QUIT = "250 read, before the outcome is recorded"


@dataclass
class Recorder:
    """Takes in mail; ``kill`` ends the client at a step of its n-th connection, once.

    ``answers`` are replies to RCPT TO by recipient, one a try, the last for ever; ``slow_s`` are seconds to
    wait before each answer of a talk with that recipient.
    """

    kill: tuple[Step, int] | None = None
    answers: dict[str, list[str]] = field(default_factory=dict)
    slow_s: dict[str, float] = field(default_factory=dict)
    got: list[tuple[str, bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    client: int = 0

    def __enter__(self) -> "Recorder":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._connections = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections += 1
            with connection, suppress(OSError):
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        recipient, wait_s = "", 0.0

        def say(text: str) -> None:
            time.sleep(wait_s)
            connection.sendall(f"{text}\r\n".encode())

        self._die_at(Step.CONNECT)
        say("220 recorder")
        while line := lines.readline():
            verb = line[:4].upper().decode()
            if verb in ("EHLO", "MAIL", "RCPT", "DATA", "QUIT"):
                self._die_at(Step[verb])
            if verb == "RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
                wait_s = self.slow_s.get(recipient, 0.0)
                say(self._answer(recipient))
            elif verb == "DATA":
                say("354 go on")
                self._take(lines, connection, recipient)
            else:
                say("221 bye" if verb == "QUIT" else "250 fine")

    def _answer(self, recipient: str) -> str:
        self.asked.append(recipient)
        replies = self.answers.get(recipient, ["250 fine"])
        return replies.pop(0) if len(replies) > 1 else replies[0]

    def _take(self, lines, connection: socket.socket, recipient: str) -> None:
        taken = []
        while (line := lines.readline()) not in (b".\r\n", b""):
            taken.append(line[1:] if line.startswith(b".") else line)
            if len(taken) == 3 and self._is_due(Step.BODY):
                self._die_at(Step.BODY)
                return  # what is still on the way is no message
        if line == b"":
            return  # cut off: nothing was accepted
        self._die_at(Step.DOT)
        self.got.append((recipient, b"".join(taken)))
        if self._is_due(Step.ACCEPTED):
            os.kill(self.client, signal.SIGSTOP)  # it does not read what is answered now
        connection.sendall(b"250 taken\r\n")
        self._die_at(Step.ACCEPTED)

    def _is_due(self, step: Step) -> bool:
        return self.kill == (step, self._connections)

    def _die_at(self, step: Step) -> None:
        if self._is_due(step):
            self.kill = None
            os.kill(self.client, signal.SIGKILL)


def deliver(database: str, port: int, now: datetime) -> None:
    """What a process of its own does: try what is due at ``now``."""
    settings = SmtpSettings("127.0.0.1", port, "monitor@monitor.example", Security.NONE, deadline_s=20)
    with open_store(database) as store:
        deliver_due(store, {"smtp": SmtpChannel(settings, "monitor.example")}, FixedClock(now))
