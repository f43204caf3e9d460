"""A connection to a mail server that ends at a deadline, whatever the server does.

smtplib's timeout is for each read; a server that sends a byte now and then holds it for ever. Here a timer
ends the connection itself, so that whoever reads or writes it fails at once.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer

from monitor.publishing.smtp.settings import Security, SmtpSettings


@contextmanager
def session(settings: SmtpSettings, name: str) -> Iterator[smtplib.SMTP]:
    """Give a greeted, encrypted, logged-in connection; ``name`` is how it introduces itself.

    Raises:
        SMTPException, OSError: of smtplib; TimeoutError once the deadline has passed.
    """
    deadline = _Deadline(settings.deadline_s)
    try:
        with _Client(settings, name, deadline) as client:
            if settings.security is Security.STARTTLS:
                client.starttls(context=_context(settings))
            if settings.username:
                client.login(settings.username, settings.password)
            yield client
    except (smtplib.SMTPException, OSError) as error:
        if deadline.passed or isinstance(error, TimeoutError):  # whichever of the two timers is first
            raise TimeoutError(f"it took more than {settings.deadline_s:g} s") from error
        raise
    finally:
        deadline.cancel()


class _Deadline:
    """Ends a connection after some seconds, through a second handle on it that TLS leaves alone."""

    def __init__(self, seconds: float) -> None:
        self._passed = Event()
        self._handle: socket.socket | None = None
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True

    @property
    def passed(self) -> bool:
        """Whether it has passed."""
        return self._passed.is_set()

    def watch(self, connection: socket.socket) -> None:
        """Begin to count for ``connection``."""
        self._handle = connection.dup()
        self._timer.start()

    def cancel(self) -> None:
        """Stop counting."""
        self._timer.cancel()
        if self._handle is not None:
            self._handle.close()

    def _end(self) -> None:
        self._passed.set()
        if self._handle is not None:
            with suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)


class _Client(smtplib.SMTP):
    """smtplib's client, watched from its first byte; with TLS from the start where that is asked for."""

    def __init__(self, settings: SmtpSettings, name: str, deadline: _Deadline) -> None:
        self._settings = settings
        self._deadline = deadline
        super().__init__(settings.host, settings.port, name, timeout=settings.deadline_s)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """Where smtplib makes its socket; its own TLS client overrides the same method."""
        connection = socket.create_connection((host, port), timeout)
        self._deadline.watch(connection)
        if self._settings.security is Security.TLS:
            return _context(self._settings).wrap_socket(connection, server_hostname=host)
        return connection

    def __exit__(self, *_: object) -> None:
        """Say goodbye. The message was accepted or not before; a lost goodbye changes nothing."""
        with suppress(smtplib.SMTPException, OSError):
            self.quit()
        self.close()


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.ca_bundle)
